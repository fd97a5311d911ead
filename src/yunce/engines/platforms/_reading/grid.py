"""Rows of any length → an even grid without empty edges on the right and below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from yunce.engines.platforms._tables import Cell, Row

_AS_THEY_ARE = {float, int, bool, datetime, date, time}


def even_grid(rows: Sequence[Sequence[Any]]) -> tuple[Row, ...]:
    """Empty texts become None; the top and left edges stay, so row 1 is the sheet's row 1.

    Column by column: most columns hold one kind of value and need no look at each cell.
    """
    found = [*zip_longest(*rows)]
    columns = [_column(cells) for cells in found]
    width = len(columns)
    while width and columns[width - 1].count(None) == len(rows):
        width -= 1
    as_found = width == len(columns) and all(a is b for a, b in zip(columns, found, strict=True))
    grid = [*map(tuple, rows)] if as_found else [*zip(*columns[:width], strict=True)]
    while grid and grid[-1].count(None) == len(grid[-1]):
        grid.pop()
    return tuple(grid)


def _column(cells: Sequence[Any]) -> Sequence[Cell]:
    kinds = set(map(type, cells))
    if kinds <= _AS_THEY_ARE or (kinds == {str} and all(map(str.strip, cells))):
        return cells
    return [_cell(cell) for cell in cells]


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, timedelta):  # a duration: written out, as the sheet shows it
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return value  # type: ignore[no-any-return]  # calamine yields nothing but cells
