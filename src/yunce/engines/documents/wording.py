"""Text made safe for a file: legal in XML, short enough for a cell, never taken for a formula."""

from __future__ import annotations

import re

from yunce.kit.wording import gettext as _

CELL_LIMIT = 32_767  # UTF-16 units Excel keeps in one cell
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def clean(text: str) -> str:
    """Without what XML forbids; every kind of line break becomes one newline.

    >>> clean("一\\x00行\\r\\n二行")
    '一行\\n二行'
    """
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate this if somebody typed it (or re-typed it) in.

    >>> looks_like_formula(" =1+1"), looks_like_formula("第 1 周 = 启动")
    (True, False)
    """
    return text.lstrip().startswith(_FORMULA_STARTS) or text[:1] in {"\t", "\n", "\r"}


def utf16_length(text: str) -> int:
    """Length as Excel counts it: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def cut_utf16(text: str, limit: int) -> str:
    """The beginning of a text; half an emoji is left out."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", errors="ignore")


def cut_for_cell(text: str) -> str:
    """The text, or its beginning and a note saying how much there was."""
    if utf16_length(text) <= CELL_LIMIT:
        return text
    note = _("……（全文共 {count} 字，超出单元格上限，此处截断）").format(count=f"{len(text):,}")
    return cut_utf16(text, CELL_LIMIT - utf16_length(note)) + note


def text_for_cell(text: str) -> str:
    """Text as a spreadsheet cell takes it."""
    ready = cut_for_cell(clean(text))
    # XlsxWriter takes such a string for its own rich-text markup and writes it unescaped.
    is_markup = ready.startswith("<r>") and ready.endswith("</r>")
    return f"{ready} " if is_markup else ready


def prompt_lines(what: str, who: str, example: str) -> list[tuple[str, str]]:
    """A prompt as labelled lines, the way every format shows it."""
    told = ((_("待填写"), what), (_("谁来写"), who), (_("例如"), example))
    return [(label, clean(text)) for label, text in told if text]
