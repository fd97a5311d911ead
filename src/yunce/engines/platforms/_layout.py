"""A table whose columns are known: what its cells are for, and which rows are not data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from yunce.engines.platforms._base import Role
from yunce.engines.platforms._cells import is_missing, is_total_label, shown
from yunce.engines.platforms._headers import PlacedColumn, header_key
from yunce.engines.platforms._tables import Cell

Row = Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand in a table, and the days its values may belong to."""

    columns: tuple[PlacedColumn, ...]
    captured_on: date  # the day posts' numbers were taken
    today: date  # nothing lies further ahead than the day after

    @cached_property
    def metrics(self) -> tuple[PlacedColumn, ...]:
        return tuple(column for column in self.columns if column.role == "metric")

    @cached_property
    def has_posts(self) -> bool:
        return any(column.role in ("title", "published") for column in self.columns)

    @cached_property
    def has_days(self) -> bool:
        return any(column.role == "date" for column in self.columns)

    @cached_property
    def _by_role(self) -> dict[Role, PlacedColumn]:
        """Of two columns for one thing the first counts."""
        return {column.role: column for column in reversed(self.columns)}

    def column(self, role: Role) -> PlacedColumn | None:
        return self._by_role.get(role)

    def cell(self, row: Row, role: Role) -> Cell:
        column = self.column(role)
        return row[column.index] if column else None

    def text(self, row: Row, role: Role) -> str:
        return shown(self.cell(row, role))


def is_left_out(layout: Layout, row: Row) -> bool:
    """Rows that are no data: totals, the header once more, a remark under the table."""
    return _is_total(layout, row) or _is_header(layout, row) or _is_remark(row)


def _is_total(layout: Layout, row: Row) -> bool:
    """A post may be titled 全部; a total has no moment of its own."""
    moments = layout.cell(row, "date"), layout.cell(row, "published")
    if any(is_total_label(cell) for cell in moments):
        return True
    return all(is_missing(cell) for cell in moments) and any(is_total_label(cell) for cell in row)


def _is_header(layout: Layout, row: Row) -> bool:
    """Two downloads pasted under each other bring the header along."""
    return all(header_key(shown(row[c.index])) == header_key(c.header) for c in layout.columns)


def _is_remark(row: Row) -> bool:
    """One cell of words, nothing else. A lone broken date starts with a digit and is no remark."""
    filled = [cell for cell in row if not is_missing(cell)]
    return len(filled) == 1 and isinstance(filled[0], str) and not filled[0].strip()[:1].isdigit()
