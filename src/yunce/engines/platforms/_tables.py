"""A raw grid of cells, as found in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

Cell = str | float | int | bool | date | datetime | time | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook, or one delimited text file."""

    file: str  # the file's name as uploaded
    sheet: str  # the sheet's name; empty for text files
    rows: Sequence[Row]  # all equally wide; row 1 is the sheet's row 1; may be read as it is asked
    created: date | None = None  # day the workbook says it was written, Asia/Shanghai

    def rows_at(self, places: Sequence[int]) -> Iterator[Row]:
        """Single rows, by ascending 0-based places: a long text is gone through once."""
        if isinstance(self.rows, tuple | list):
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
        rows = iter(self.rows[start:end])
        while block := tuple(islice(rows, size)):
            yield start, tuple(zip(*block, strict=True))
            start += len(block)
