"""Guards before an .xls is opened for good: is it locked, and how far do its sheets reach.

A reader that meets one value in the last corner builds the whole grid, 65,536 columns wide if
the file says so, and takes the process down with it. Record numbers after [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from yunce.engines.platforms._reading.errors import (
    CorruptFileError,
    LockedWorkbookError,
    NotATableError,
    TooLargeFileError,
)
from yunce.engines.platforms._reading.limits import MAX_SHEETS, MAX_TEXT, check_grid
from yunce.engines.platforms._reading.ole import BrokenOleError, OleFile
from yunce.engines.platforms._reading.shared import BrokenStringsError, string_lengths
from yunce.kit.wording import gettext as _

_BOUND_SHEET, _FILE_PASS, _DIMENSIONS, _END = 0x0085, 0x002F, 0x0200, 0x000A
_SHARED, _CONTINUE, _SHARED_TEXT = 0x00FC, 0x003C, 0x00FD
_DIMENSIONS_SIZE = 10  # of older books; 14 since Excel 97
_MANY_NUMBERS = 0x00BD  # one record, several cells in a row
# formula, label, number, text, yes/no or error, shared text, rich text, compact number
_ONE_CELL = frozenset((0x0006, 0x0204, 0x0203, 0x0207, 0x0205, 0x00FD, 0x00D6, 0x027E))


def check_old_workbook(content: bytes, file: str) -> None:
    """Refuse what must not be opened."""
    try:
        container = OleFile(content)
        if container.stream("EncryptedPackage") is not None:
            raise LockedWorkbookError(file)
        book = container.stream("Workbook", "Book")
    except BrokenOleError as error:
        raise CorruptFileError(file) from error
    if book is None:
        raise NotATableError(file, detail=_("它是别的 Office 文档"))
    _check_book(book, file)


def _check_book(book: bytes, file: str) -> None:
    starts: list[int] = []
    shared: list[bytes] = []
    before = 0
    for kind, data in _records(book, 0):
        if kind == _FILE_PASS:
            raise LockedWorkbookError(file)
        if kind == _BOUND_SHEET and len(data) >= 4:
            starts.append(struct.unpack_from("<I", data)[0])
        goes_on = kind == _CONTINUE and before == _SHARED
        if kind == _SHARED or goes_on:
            shared.append(data)
        before = _SHARED if goes_on else kind
    try:
        lengths = string_lengths(shared)
    except BrokenStringsError as error:
        raise CorruptFileError(file) from error
    if len(starts) > MAX_SHEETS:
        detail = _("有 {count} 个工作表，最多 {limit} 个")
        raise TooLargeFileError(file, detail=detail.format(count=len(starts), limit=MAX_SHEETS))
    try:
        letters = sum(_check_sheet(book, start, lengths, file) for start in starts)
    except BrokenOleError as error:
        raise CorruptFileError(file) from error
    if letters > MAX_TEXT:
        raise TooLargeFileError(file, detail=_("单元格里的文字过长"))


def _check_sheet(book: bytes, start: int, lengths: list[int], file: str) -> int:
    """The letters in all its cells."""
    if start >= len(book):
        raise CorruptFileError(file)
    rows = columns = letters = 0
    for kind, data in _records(book, start):
        row, column = _reach(kind, data)
        rows, columns = max(rows, row), max(columns, column)
        if kind == _SHARED_TEXT and len(data) >= 10:
            used = struct.unpack_from("<I", data, 6)[0]
            letters += lengths[used] if used < len(lengths) else 0
    check_grid(file, "", rows=rows, columns=columns)
    return letters


def _reach(kind: int, data: bytes) -> tuple[int, int]:
    """How many rows and columns a sheet must have to hold this record."""
    if kind == _DIMENSIONS and len(data) >= _DIMENSIONS_SIZE:
        shape = "<4H" if len(data) == _DIMENSIONS_SIZE else "<IIHH"
        first_row, last_row, first_column, last_column = struct.unpack_from(shape, data.ljust(14))
        if last_row < first_row or last_column < first_column:
            raise BrokenOleError("a sheet that ends before it begins")  # calamine counts below zero
        return last_row, last_column
    if kind in _ONE_CELL and len(data) >= 4:
        row, column = struct.unpack_from("<HH", data)
        return row + 1, column + 1
    if kind == _MANY_NUMBERS and len(data) >= 6:
        row, first = struct.unpack_from("<HH", data)
        return row + 1, first + 1 + len(data) // 6
    return 0, 0


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """From a place in the stream to the end of the part that begins there."""
    while start + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, start)
        if kind == _END:
            return
        yield kind, book[start + 4 : start + 4 + length]
        start += 4 + length
