"""Delimited text: CSV and TSV, small ones as tuples, large ones read again row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import overload

from yunce.engines.platforms._reading.errors import (
    EmptyFileError,
    NotATableError,
    TooLargeFileError,
)
from yunce.engines.platforms._reading.limits import (
    MAX_LINE,
    MAX_LINES,
    MAX_TEXT_CELLS,
    MEGABYTE,
    check_grid,
)
from yunce.engines.platforms._tables import Row, Table
from yunce.kit.wording import gettext as _

_DELIMITERS = (b",", b"\t", b";")
_SNIFFED_BYTES, _SNIFFED_LINES = 100_000, 20
_HELD = 4 * MEGABYTE  # texts up to here become tuples: some 40 MB of cells
_BLOCK = 5_000  # rows between two places where reading can start


def read_delimited(text: bytes, file: str, *, rows: int | None = None) -> list[Table]:
    """``text`` is UTF-8; ``rows``: only so many of the first."""
    if not text.strip():
        raise EmptyFileError(file, detail=_("里面没有任何内容"))
    if text.count(b"\r") != text.count(b"\r\n"):  # old Mac line ends
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if text.count(b"\n") > MAX_LINES:
        detail = _("超过 {limit} 万行").format(limit=MAX_LINES // 10_000)
        raise TooLargeFileError(file, detail=detail)
    delimiter = _delimiter(text)
    if delimiter is None:
        raise NotATableError(file, detail=_("只有一列文字，找不到分隔的列"))
    found = _measured(text, delimiter, file, stop=rows)
    return [Table(file=file, sheet="", rows=tuple(found) if len(text) <= _HELD else found)]


def _delimiter(text: bytes) -> str | None:
    """The one that splits most of the first lines into most columns."""
    lines = text[:_SNIFFED_BYTES].split(b"\n", _SNIFFED_LINES)[:_SNIFFED_LINES]
    counts = {mark: sum(min(line.count(mark), 50) for line in lines) for mark in _DELIMITERS}
    best = max(counts, key=lambda mark: counts[mark])
    return best.decode() if counts[best] else None


class TextRows(Sequence[Row]):
    """The rows of a long text, none of them kept: a million rows cost what the text costs.

    Going through them in order is quick; every ``_BLOCK`` rows there is a place to start from.
    """

    def __init__(
        self, text: bytes, delimiter: str, *, width: int, marks: Sequence[int], span: range
    ) -> None:
        self._text, self._delimiter, self._width = text, delimiter, width
        self._marks = marks  # where each block begins, in bytes
        self._span = span  # the rows of the text that these are

    def __len__(self) -> int:
        return len(self._span)

    def __iter__(self) -> Iterator[Row]:
        block, skipped = divmod(self._span.start, _BLOCK)
        if not self._span:
            return
        source = BytesIO(self._text)
        source.seek(self._marks[block])
        reader = csv.reader(map(bytes.decode, source), delimiter=self._delimiter)
        width, blank = self._width, (None,) * self._width
        for row in islice(reader, skipped, skipped + len(self._span)):
            cells = tuple([cell if cell.strip() else None for cell in row[:width]])
            yield cells if len(cells) == width else cells + blank[len(cells) :]

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        part = self._span[index]
        if isinstance(part, int):
            return next(iter(self._of(range(part, part + 1))))
        return self._of(part) if part.step == 1 else tuple(self)[index]

    def _of(self, span: range) -> TextRows:
        return TextRows(
            self._text, self._delimiter, width=self._width, marks=self._marks, span=span
        )


def _measured(text: bytes, delimiter: str, file: str, *, stop: int | None) -> TextRows:
    """Go through the rows once: how wide, how many, where a block begins."""
    lines = _Lines(text, file)
    reader = csv.reader(lines, delimiter=delimiter)
    marks, width, height, filled = [0], 0, 0, 0
    try:
        for row in islice(reader, stop):
            height += 1
            if height % _BLOCK == 0:
                marks.append(lines.place)
            if len(row) > width:
                check_grid(file, "", rows=1, columns=len(row), limit=MAX_TEXT_CELLS)
            if length := _length(row):
                filled, width = height, max(width, length)
    except csv.Error as error:
        detail = _("第 {row} 行的引号没有配对，或一格里的文字过长").format(row=height + 1)
        raise NotATableError(file, detail=detail) from error
    check_grid(file, "", rows=filled, columns=width, limit=MAX_TEXT_CELLS)
    return TextRows(text, delimiter, width=width, marks=marks, span=range(filled))


class _Lines(Iterable[str]):
    """The lines of a text, and how far they have been handed out."""

    def __init__(self, text: bytes, file: str) -> None:
        self._text, self._file, self.place = text, file, 0

    def __iter__(self) -> Iterator[str]:
        source = BytesIO(self._text)
        while line := source.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE:
                detail = _("有一行超过 {limit} MB").format(limit=MAX_LINE // MEGABYTE)
                raise TooLargeFileError(self._file, detail=detail)
            self.place += len(line)
            yield line.decode()


def _length(row: list[str]) -> int:
    """Up to the last cell that holds something."""
    return next((n for n in range(len(row), 0, -1) if row[n - 1].strip()), 0)
