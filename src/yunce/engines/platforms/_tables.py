"""A raw grid of cells, as found in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

Cell = str | float | int | bool | date | datetime | time | None


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook, or one delimited text file."""

    file: str  # the file's name as uploaded
    sheet: str  # the sheet's name; empty for text files
    rows: tuple[tuple[Cell, ...], ...]  # all equally wide; row 1 is the sheet's row 1
    created: date | None = None  # day the workbook says it was written, Asia/Shanghai
