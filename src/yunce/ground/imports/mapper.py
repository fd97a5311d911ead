"""The column mapper: what is shown of each column, and what a person chose for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import cast, get_args

from django.utils.translation import gettext as _

from yunce.engines.metrics import Dimension, Grain, Metric
from yunce.engines.platforms import (
    Cell,
    ColumnMapping,
    ColumnUse,
    MappedRole,
    Scale,
    Table,
    suggest_mapping,
)
from yunce.ground.imports.previewing import Incoming, saved_mapping
from yunce.ground.imports.rules import SheetMapping, known_names, stored_metrics, table_named
from yunce.kit.numbers import Unit
from yunce.kit.text import tidy

EXAMPLES = 3
MAX_COLUMNS = 60
ROLES: dict[str, MappedRole] = {"date": "date", "title": "title", "published": "published"}


@dataclass(frozen=True)
class MappedColumn:
    """One column as the page shows it."""

    index: int
    letter: str  # as a spreadsheet names it
    header: str
    examples: tuple[str, ...]
    choice: str  # ignore, date, title, published or metric:<code>
    scale: str


@dataclass(frozen=True)
class MetricGroup:
    label: str
    metrics: tuple[Metric, ...]


def columns_of(table: Table, mapping: ColumnMapping) -> list[MappedColumn]:
    uses = {use.index: use for use in mapping.columns}
    header = table.rows[mapping.header_row - 1]
    below = table.rows[mapping.header_row : mapping.header_row + EXAMPLES]
    return [
        MappedColumn(
            index=index,
            letter=letter_of(index),
            header=_shown(cell),
            examples=tuple(_shown(row[index]) for row in below),
            choice=_choice(uses.get(index)),
            scale=uses[index].scale if index in uses else "number",
        )
        for index, cell in enumerate(header[:MAX_COLUMNS])
    ]


def _choice(use: ColumnUse | None) -> str:
    if use is None:
        return "ignore"
    return f"metric:{use.metric}" if use.role == "metric" else use.role


def _shown(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else tidy(str(cell))[:60]


def letter_of(index: int) -> str:
    """
    >>> letter_of(0), letter_of(25), letter_of(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(index, 26)
    return (letter_of(before - 1) if before else "") + ascii_uppercase[last]


def metric_groups() -> list[MetricGroup]:
    """What a column may be, account and single posts apart, in the order of the catalogue."""
    words = {
        Dimension.CONTENT: _("内容运营"),
        Dimension.USER: _("用户增长"),
        Dimension.INTERACTION: _("互动提升"),
        Dimension.CONVERSION: _("转化优化"),
    }
    metrics = list(stored_metrics().values())
    groups = [
        MetricGroup(
            _("账号 · %(dimension)s") % {"dimension": label},
            tuple(m for m in metrics if m.dimension is dimension and m.grain is not Grain.POST),
        )
        for dimension, label in words.items()
    ]
    posts = MetricGroup(_("单篇内容"), tuple(m for m in metrics if m.grain is Grain.POST))
    return [group for group in (*groups, posts) if group.metrics]


def starting_mapping(incoming: Incoming, asked: Mapping[str, str]) -> SheetMapping:
    """What was chosen or taught before; else our guess for the sheet and header row asked for."""
    if not asked:
        known = incoming.mapping or saved_mapping(incoming.team, incoming.tables)
        if known:
            return known
    fullest = max(incoming.tables, key=lambda table: len(table.rows))
    table = table_named(incoming.tables, asked.get("sheet", fullest.sheet))
    return SheetMapping(table.sheet, _suggested(table, asked.get("header_row", "")))


def _suggested(table: Table, row: str) -> ColumnMapping:
    if not row.isdecimal() or not 1 <= int(row) <= len(table.rows):
        return suggest_mapping(table, known=known_names())
    below = Table(table.file, table.sheet, table.rows[int(row) - 1 :])
    guess = suggest_mapping(below, known=known_names())
    uses = guess.columns if guess.header_row == 1 else ()
    return ColumnMapping(header_row=int(row), columns=uses)


def chosen_mapping(table: Table, posted: Mapping[str, str]) -> SheetMapping:
    """The form's answers; what makes no sense counts as «ignore»."""
    row = posted.get("header_row", "1")
    header_row = int(row) if row.isdecimal() and 1 <= int(row) <= len(table.rows) else 1
    header = table.rows[header_row - 1]
    uses = tuple(
        _use(index, _shown(cell), posted.get(f"use-{index}", ""), posted.get(f"scale-{index}", ""))
        for index, cell in enumerate(header[:MAX_COLUMNS])
    )
    return SheetMapping(table.sheet, ColumnMapping(header_row=header_row, columns=uses))


def _use(index: int, header: str, choice: str, scale: str) -> ColumnUse:
    metric = stored_metrics().get(choice.removeprefix("metric:"))
    if metric and choice.startswith("metric:"):
        known = cast(Scale, scale) if scale in get_args(Scale) else "number"
        if known == "number" and metric.unit is Unit.SECOND:
            known = "seconds"  # a number of seconds reads the same, 1分20秒 only so
        return ColumnUse(index, "metric", metric.code, known, header)
    if choice in ROLES:
        return ColumnUse(index=index, role=ROLES[choice], header=header)
    return ColumnUse(index=index, role="ignore", header=header)
