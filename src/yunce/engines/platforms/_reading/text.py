"""Bytes → UTF-8 text, from the encodings Chinese tools write."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder

from yunce.engines.platforms._reading.errors import NotATableError
from yunce.kit.wording import gettext as _

_CHUNK = 1 << 20  # decoded at a time: a text of 200 MB is never held twice over
_CONTROLS = bytes({*range(32), 127} - {9, 10, 11, 12, 13})  # none of them in any readable text


def as_utf8(content: bytes, file: str, *, whole: bool = True) -> bytes:
    """The same text in UTF-8 without its mark. Not ``whole``: it may break off mid-letter."""
    for encoding in _encodings(content):
        try:
            text = _recoded(content, encoding, whole=whole)
        except UnicodeError:
            continue
        if not _has_controls(text):
            return text.removeprefix(BOM_UTF8)
    raise NotATableError(file, detail=_("认不出里面的内容"))


def _encodings(content: bytes) -> tuple[str, ...]:
    """UTF-8 before GB18030: Chinese text in the one is almost never valid in the other."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    if content.startswith(BOM_UTF8):
        return ("utf-8",)
    if b"\0" in content[:1000]:  # UTF-16 without its mark: where ASCII's empty half stands
        first = content[:1000:2].count(0) > content[1:1000:2].count(0)
        return ("utf-16-be", "utf-16-le") if first else ("utf-16-le", "utf-16-be")
    return ("utf-8", "gb18030")


def _recoded(content: bytes, encoding: str, *, whole: bool) -> bytes:
    decoder = getincrementaldecoder(encoding)()
    same = whole and encoding == "utf-8"  # then it is only to be proven
    parts = []
    for start in range(0, len(content), _CHUNK):
        last = whole and start + _CHUNK >= len(content)
        text = decoder.decode(content[start : start + _CHUNK], final=last)
        if not same:
            parts.append(text.encode())
    return content if same else b"".join(parts)


def _has_controls(text: bytes) -> bool:
    chunks = (text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK))
    return any(len(chunk) != len(chunk.translate(None, _CONTROLS)) for chunk in chunks)
