"""The first rows of a sheet's XML, and the shared strings they use: for a quick first look."""

from __future__ import annotations

import re

_ROW_END = re.compile(rb"</(?:[\w.-]+:)?row\s*>|<(?:[\w.-]+:)?row\b[^>]*/>")
_DATA_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
_USED = re.compile(rb"\bt\s*=\s*[\"']s[\"'][^>]*>\s*<(?:[\w.-]+:)?v\b[^>]*>\s*([0-9]{1,9})\s*<")
_STRING_END = re.compile(rb"</(?:[\w.-]+:)?si\s*>|<(?:[\w.-]+:)?si\s*/>")
_STRINGS_END = re.compile(rb"</(?:[\w.-]+:)?sst\s*>\s*\Z")


def head_of_sheet(sheet: bytes, rows: int) -> bytes:
    """Everything but the rows after so many."""
    ends = _ROW_END.finditer(sheet)
    last = next((end for number, end in enumerate(ends, start=1) if number == rows), None)
    after = _DATA_END.search(sheet, sheet.rfind(b"sheetData") - 20) if last else None
    if last is None or after is None or after.start() < last.end():
        return sheet
    return sheet[: last.end()] + sheet[after.start() :]


def strings_used(sheet: bytes) -> int:
    """So many shared strings are enough for this sheet."""
    return max((int(use[1]) + 1 for use in _USED.finditer(sheet)), default=0)


def first_strings(shared: bytes, count: int) -> bytes:
    """Everything but the strings after so many."""
    ends = _STRING_END.finditer(shared)
    last = next((end for number, end in enumerate(ends, start=1) if number >= count), None)
    after = _STRINGS_END.search(shared, max(0, len(shared) - 100)) if last else None
    if last is None or after is None or after.start() < last.end():
        return shared
    return shared[: last.end()] + shared[after.start() :]
