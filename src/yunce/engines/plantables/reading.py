"""A file's bytes → the plan it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yunce.engines.plantables.days import month_guessed, month_told
from yunce.engines.plantables.docx_file import read_docx
from yunce.engines.plantables.errors import locked, no_table, too_large, wrong_kind
from yunce.engines.plantables.grids import Grid, PlanFile
from yunce.engines.plantables.headings import Column, Heads, find_heads
from yunce.engines.plantables.plan import PlanTable
from yunce.engines.plantables.rows import TableReader
from yunce.engines.plantables.xlsx_file import read_xlsx
from yunce.kit.months import Month

MOST_BYTES = 20 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"


def read_plan_file(
    content: bytes, name: str, *, month: Month | None = None, today: date
) -> PlanTable:
    """PlanFileError says why there is no plan in it. ``today`` only chooses a year nobody wrote."""
    found = _opened(content, name)
    tables = [(grid, heads) for grid in found.grids if (heads := find_heads(grid))]
    if not tables:
        raise no_table(name)
    month = month or _month_of(found, tables, today)
    reader = TableReader(month)
    for grid, heads in tables:
        reader.take(grid, heads)
    columns = frozenset(column for _grid, heads in tables for column in heads.columns)
    return PlanTable(
        file=name,
        month=month,
        goals=tuple(reader.goals),
        tasks=tuple(reader.tasks),
        unread=tuple(reader.unread),
        columns=columns,
    )


def _opened(content: bytes, name: str) -> PlanFile:
    if len(content) > MOST_BYTES:
        raise too_large(name)
    if content.startswith(_OLE) and name.lower().endswith((".docx", ".xlsx")):
        raise locked(name)  # a password wraps the file into the old container
    if not content.startswith(_ZIP):
        raise wrong_kind(name)
    if b"word/document.xml" in content:
        return read_docx(content, name)
    if b"xl/workbook.xml" in content:
        return read_xlsx(content, name)
    raise wrong_kind(name)


def _month_of(found: PlanFile, tables: list[tuple[Grid, Heads]], today: date) -> Month | None:
    banners = [
        cell.text for grid, heads in tables for row in grid.rows[: heads.row] for cell in row
    ]
    titles = [found.name, *banners, *found.texts]
    return month_told(titles) or month_guessed(list(_timings(tables)), titles, today)


def _timings(tables: list[tuple[Grid, Heads]]) -> Iterator[str]:
    for grid, heads in tables:
        for column in (Column.TIMING, Column.TASK):
            at = heads.columns.get(column)
            if at is not None and (column is Column.TIMING or Column.TIMING not in heads.columns):
                yield from (row[at].text for row in grid.rows[heads.row + 1 :])
