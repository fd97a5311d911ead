"""The texts of a workbook, those its cells share and others, where they are nothing but texts."""

from __future__ import annotations

import re
from functools import cache

from yunce.engines.platforms._reading.signs import NotPlainError

KEPT = "\0"  # marks a text whose outer spaces count; no XML holds this sign itself
_HEAD = re.compile(rb"\s*(?:<\?xml[^<>]*\?>)?\s*<sst\b[^<>]*[^/<>]>\s*\Z")
_TAIL = re.compile(rb"\s*</sst>\s*\Z")
_OPENS, _CLOSES = b"<si><t>", b"</t></si>"
_TAGS = 4  # of a string: it opens and closes, and so does its text
_SPELLINGS = {b'<t xml:space="preserve">': f"<t>{KEPT}".encode(), b"<t/>": b"<t></t>"}
_SOUNDS = re.compile(rb"<phoneticPr\b[^<>]*/>")  # how to read it aloud, as Excel adds
_ESCAPED = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_CODED = re.compile(r"_x[0-9A-Fa-f]{4}_")  # a sign that XML cannot hold, as Excel writes it


def plain_strings(shared: bytes) -> list[str | None]:
    """Shared strings in their order; NotPlainError when one is more than its text."""
    start, end = shared.find(b"<si>"), shared.rfind(b"</si>") + len(b"</si>")
    if start < 0 or not _HEAD.match(shared[:start]) or not _TAIL.match(shared[end:]):
        raise NotPlainError("no plain table of strings")
    if KEPT.encode() in shared:
        raise NotPlainError("a sign no XML can hold")
    text = _one_spelling(shared[start:end])
    inner = text[len(_OPENS) : -len(_CLOSES)].replace(_CLOSES + _OPENS, b"<")
    many = inner.count(b"<") + 1
    is_framed = text.startswith(_OPENS) and text.endswith(_CLOSES)
    if not is_framed or text.count(b"<") != _TAGS * many:
        raise NotPlainError("a string that is more than its text")
    return plain_texts(inner)


def plain_texts(joined: bytes) -> list[str | None]:
    """Texts joined by ``<``, as they stand in the XML; None where there are only spaces."""
    text = _decoded(joined)
    texts = text.split("<")
    if "&" in text:
        texts = [_unescaped(each) if "&" in each else each for each in texts]
    if "" not in texts and KEPT not in text and [*map(str.strip, texts)] == texts:
        return texts  # type: ignore[return-value]  # none of them is to become None
    return [*map(_spaced, texts)]


def _spaced(text: str) -> str | None:
    if text.startswith(KEPT):
        text = text[1:]
    elif text != text.strip():
        raise NotPlainError("spaces that readers leave out")
    return text if text.strip() else None


def _decoded(texts: bytes) -> str:
    try:
        text = texts.decode()
    except UnicodeDecodeError as error:
        raise NotPlainError(str(error)) from error
    if "\r" in text or ("_x" in text and _CODED.search(text)):
        raise NotPlainError("signs that readers take in two ways")
    return text


def _one_spelling(shared: bytes) -> bytes:
    for spelling, plain in _SPELLINGS.items():
        shared = shared.replace(spelling, plain)
    return _SOUNDS.sub(b"", shared) if b"<phoneticPr" in shared else shared


def _unescaped(text: str) -> str:
    plain, count = _ESCAPED.subn(_meant, text)
    if count != text.count("&"):
        raise NotPlainError("an entity nobody knows")
    return plain


def _meant(escaped: re.Match[str]) -> str:
    if escaped[1]:
        return _NAMED[escaped[1]]
    return _numbered(int(escaped[2]) if escaped[2] else int(escaped[3], 16))


@cache
def _numbered(number: int) -> str:
    if number < ord(" ") or not (number < 0xD800 or 0xE000 <= number < 0x110000):
        raise NotPlainError("no sign a text can hold")
    return chr(number)
