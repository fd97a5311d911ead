"""One workbook read twice: its sheets by column where they are plain, and all by calamine."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

from yunce.engines.platforms import Table, UnreadableFileError
from yunce.engines.platforms._reading import long_sheets
from yunce.engines.platforms._reading.package import checked_package
from yunce.engines.platforms._reading.signs import NotPlainError
from yunce.engines.platforms._reading.workbook import read_package

Grid = list[tuple[str, list[tuple[object, ...]]]]


def by_column(content: bytes) -> Grid | str:
    """However short its sheets are; what is refused is its class of error."""
    with patch.object(long_sheets, "_LONG", 0):
        return _read(content)


def by_calamine(content: bytes) -> Grid | str:
    with patch.object(long_sheets, "_LONG", len(content) * 2_000):
        return _read(content)


def taken_out(content: bytes) -> int:
    """How many sheets are read by column when none is too short for it."""
    with patch.object(long_sheets, "_LONG", 0):
        try:
            return len(checked_package(content, "x").taken)
        except (UnreadableFileError, NotPlainError):
            return 0


def _read(content: bytes) -> Grid | str:
    try:
        return _shown(read_package(content, "x"))
    except UnreadableFileError as error:
        return type(error).__name__


def _shown(tables: Sequence[Table]) -> Grid:
    """Cells with their types: 1, 1.0 and True are three things."""
    return [
        (table.sheet, [tuple((type(cell), repr(cell)) for cell in row) for row in table.rows])
        for table in tables
    ]
