"""A raw grid of cells, as found in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import overload

Cell = str | float | int | bool | date | datetime | time | None
Row = tuple[Cell, ...]


class ByColumn(Sequence[Row]):
    """Rows of cells that are kept by column."""

    def __init__(self, columns: Sequence[Row], span: range) -> None:
        self._columns, self._span = columns, span

    def __len__(self) -> int:
        return len(self._span)

    def __iter__(self) -> Iterator[Row]:
        return zip(*self.columns(), strict=True)

    def columns(self) -> tuple[Row, ...]:
        """The cells of these rows, a sequence a column."""
        span = self._span
        if span.step < 0:  # no more than a slice turned round
            return tuple(tuple([column[n] for n in span]) for column in self._columns)
        return tuple(column[span.start : span.stop : span.step] for column in self._columns)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> ByColumn: ...
    def __getitem__(self, index: int | slice) -> Row | ByColumn:
        part = self._span[index]
        if isinstance(part, int):
            return tuple([column[part] for column in self._columns])
        return ByColumn(self._columns, part)


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook, or one delimited text file."""

    file: str  # the file's name as uploaded
    sheet: str  # the sheet's name; empty for text files
    rows: Sequence[Row]  # all equally wide; row 1 is the sheet's row 1; may be read as it is asked
    created: date | None = None  # day the workbook says it was written, Asia/Shanghai

    @property
    def is_held(self) -> bool:
        """Are its cells in memory anyhow?"""
        return isinstance(self.rows, tuple | list | ByColumn)

    def rows_at(self, places: Sequence[int]) -> Iterator[Row]:
        """Single rows, by ascending 0-based places: a long text is gone through once."""
        if self.is_held:
            yield from map(self.rows.__getitem__, places)
            return
        rows, before = iter(self.rows), 0
        for place in places:
            yield next(islice(rows, place - before, None))
            before = place + 1

    def blocks(
        self, *, start: int, size: int, end: int | None = None
    ) -> Iterator[tuple[int, tuple[Row, ...]]]:
        """Columns, block by block: the 0-based number of its first row, then a tuple a column."""
        if isinstance(self.rows, ByColumn):
            end = len(self.rows) if end is None else min(end, len(self.rows))
            for first in range(start, end, size):
                yield first, self.rows[first : min(end, first + size)].columns()
            return
        rows = iter(self.rows[start:end])
        while block := tuple(islice(rows, size)):
            yield start, tuple(zip(*block, strict=True))
            start += len(block)
