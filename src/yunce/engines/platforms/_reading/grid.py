"""Rows of any length → an even grid without empty edges on the right and below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from yunce.engines.platforms._tables import ByColumn, Cell, Row

_HELD = 5_000  # rows; up to here they become tuples
_AS_THEY_ARE = {float, int, bool, datetime, date, time}


def even_grid(rows: Sequence[Sequence[Any]]) -> Sequence[Row]:
    """Empty texts become None; the top and left edges stay, so row 1 is the sheet's row 1.

    Column by column: most columns hold one kind of value and need no look at each cell. A long
    grid stays by column, and a row is made when it is looked at.
    """
    return trimmed([_column(cells) for cells in zip_longest(*rows)], len(rows))


def trimmed(columns: list[Row], height: int) -> Sequence[Row]:
    """Columns of so many cells, without the empty ones on the right and below."""
    while columns and columns[-1].count(None) == height:
        columns.pop()
    height = height if columns else 0
    while height and all(column[height - 1] is None for column in columns):
        height -= 1
    grid = ByColumn(columns, range(height))
    return grid if height > _HELD else tuple(grid)


def _column(cells: tuple[Any, ...]) -> Row:
    kinds = set(map(type, cells))
    if kinds <= _AS_THEY_ARE or (kinds == {str} and all(map(str.strip, cells))):
        return cells
    return tuple([as_cell(cell) for cell in cells])


def as_cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, timedelta):  # a duration: written out, as the sheet shows it
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return value  # type: ignore[no-any-return]  # calamine yields nothing but cells
