"""Delimited text: CSV and TSV in the encodings Chinese tools write."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import StringIO

from yunce.engines.platforms._reading.errors import EmptyFileError, NotATableError
from yunce.engines.platforms._reading.grid import even_grid
from yunce.engines.platforms._reading.limits import check_grid
from yunce.engines.platforms._tables import Table
from yunce.kit.wording import gettext as _

_DELIMITERS = (",", "\t", ";")
_SNIFFED_LINES = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_MARKUP = re.compile(r"\s*<(!doctype|html|table|\?xml|meta|head|body|div)\b", re.IGNORECASE)


def read_delimited(content: bytes, file: str) -> list[Table]:
    text = _decode(content, file)
    if not text.strip():
        raise EmptyFileError(file, detail=_("里面没有任何内容"))
    if _MARKUP.match(text):
        detail = _("内容其实是网页，请用 Excel 或 WPS 打开后另存为 .xlsx")
        raise NotATableError(file, detail=detail)
    delimiter = _delimiter(text)
    if delimiter is None:
        raise NotATableError(file, detail=_("只有一列文字，找不到分隔的列"))
    return [Table(file=file, sheet="", rows=even_grid(_rows(text, delimiter, file)))]


def _decode(content: bytes, file: str) -> str:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise NotATableError(file, detail=_("认不出里面的内容"))


def _encodings(content: bytes) -> tuple[str, ...]:
    """UTF-8 before GB18030: Chinese text in the one is almost never valid in the other."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    if content.startswith(BOM_UTF8):
        return ("utf-8-sig",)
    if b"\0" in content[:1000]:  # UTF-16 without its mark: the low half of ASCII shows which
        return ("utf-16-le", "utf-16-be")
    return ("utf-8", "gb18030")


def _delimiter(text: str) -> str | None:
    """The one that splits most of the first lines into most columns."""
    lines = [line for line in text.split("\n", _SNIFFED_LINES)[:_SNIFFED_LINES] if line.strip()]
    counts = {mark: sum(min(line.count(mark), 50) for line in lines) for mark in _DELIMITERS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else None


def _rows(text: str, delimiter: str, file: str) -> Iterator[list[str]]:
    widest, height = 0, 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            widest, height = max(widest, len(row)), height + 1
            check_grid(file, "", rows=height, columns=widest)
            yield row
    except csv.Error as error:
        raise NotATableError(
            file, detail=_("第 {row} 行的引号没有配对").format(row=height + 1)
        ) from error
