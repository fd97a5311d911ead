"""The plan of one table: where its columns are and what its rows tell, before a cell is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from yunce.engines.platforms._base import Column, Role
from yunce.engines.platforms._cells import is_missing, is_total_label, shown
from yunce.engines.platforms._headers import PlacedColumn, header_key
from yunce.engines.platforms._parsed import ParsedPost
from yunce.engines.platforms._tables import Cell

Row = Sequence[Cell]
_MOMENTS: tuple[Role, ...] = ("date", "published")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand in a table, and what its values may belong to."""

    columns: tuple[PlacedColumn, ...]
    captured_on: date  # the day posts' and periods' numbers were taken
    today: date  # nothing lies further ahead than the day after
    first: int = 0  # 0-based column of the sheet where the table begins
    end: int | None = None  # the column behind its last; None = to the sheet's edge
    names: Mapping[str, Column] = field(default_factory=dict)  # metrics rows are named after
    segment: str = ""  # what all rows are of, as the file's name tells
    post: ParsedPost | None = None  # the one post the whole file is about

    @cached_property
    def metrics(self) -> tuple[PlacedColumn, ...]:
        return tuple(column for column in self.columns if column.role == "metric")

    @cached_property
    def segments(self) -> tuple[PlacedColumn, ...]:
        return tuple(column for column in self.columns if column.role == "segment")

    @cached_property
    def has_posts(self) -> bool:
        return any(column.role in ("title", "published") for column in self.columns)

    @cached_property
    def has_days(self) -> bool:
        return any(column.role == "date" for column in self.columns)

    @cached_property
    def tells_by_day(self) -> bool:
        """A row whose first look finds a day in it is a row of data, whatever else it holds."""
        return self.has_days and self.column("published") is None and not self.is_dated_header

    @cached_property
    def is_dated_header(self) -> bool:
        """A header that could itself be a day: only a careful look tells it from data."""
        columns = (self.column(role) for role in _MOMENTS)
        return any(header_key(c.header)[:1].isdigit() for c in columns if c)

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

    def cut(self, row: Row) -> Row:
        """The part of a sheet's row that is this table's."""
        whole = self.first == 0 and (self.end is None or self.end >= len(row))
        return row if whole else row[self.first : self.end]


def is_total(layout: Layout, row: Row) -> bool:
    """A post may be titled 全部; a total has no moment of its own."""
    moments = [layout.cell(row, role) for role in _MOMENTS if layout.column(role)]
    if any(is_total_label(cell) for cell in moments):
        return True
    return all(is_missing(cell) for cell in moments) and any(is_total_label(cell) for cell in row)


def is_whole(layout: Layout, row: Row) -> bool:
    """In a table of parts without days the total is the whole of that period: a number we keep."""
    if layout.has_posts or layout.has_days:
        return False
    return any(is_total_label(row[column.index]) for column in layout.segments)


def is_no_data(layout: Layout, row: Row) -> bool:
    """The header once more, or a remark under the table."""
    return _is_header(layout, row) or (not layout.names and _is_remark(row))


def _is_header(layout: Layout, row: Row) -> bool:
    """Two downloads pasted under each other bring the header along."""
    return all(header_key(shown(row[c.index])) == header_key(c.header) for c in layout.columns)


def _is_remark(row: Row) -> bool:
    """One cell of words, nothing else. A lone broken date starts with a digit and is no remark."""
    filled = [cell for cell in row if not is_missing(cell)]
    return len(filled) == 1 and isinstance(filled[0], str) and not filled[0].strip()[:1].isdigit()
