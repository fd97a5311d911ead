"""Rows of any length → an even grid without empty edges on the right and below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from yunce.engines.platforms._tables import Cell

Rows = tuple[tuple[Cell, ...], ...]


def even_grid(rows: Iterable[Sequence[Any]]) -> Rows:
    """Empty texts become None; the top and left edges stay, so row 1 is the sheet's row 1."""
    cells = [tuple(_cell(value) for value in row) for row in rows]
    width = max((_length(row) for row in cells), default=0)
    while cells and not _length(cells[-1]):
        cells.pop()
    return tuple(row[:width] + (None,) * (width - len(row)) for row in cells)


def _length(row: tuple[Cell, ...]) -> int:
    """Up to the last cell that holds something."""
    return next((n for n in range(len(row), 0, -1) if row[n - 1] is not None), 0)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, timedelta):  # a duration: written out, as the sheet shows it
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return value  # type: ignore[no-any-return]  # calamine yields nothing but cells
