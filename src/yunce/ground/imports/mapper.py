"""The column mapper: what is shown of each column, and what a person chose for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from yunce.ground.channels.models import Account
from yunce.ground.imports.models import SavedMapping
from yunce.ground.imports.previewing import Incoming, saved_mapping
from yunce.ground.imports.rules import (
    HEADER_DEPTH,
    SheetMapping,
    header_texts,
    known_names,
    owner_named,
    stored_metrics,
    table_named,
)
from yunce.ground.imports.vocabulary import OWNER_WORDS
from yunce.kit.numbers import Unit
from yunce.kit.text import comparable, tidy

EXAMPLES = 3
MAX_COLUMNS = 60
MAX_OWNERS = 50
OWNER = "account"  # the choice of the column that names each row's account
ROLES: dict[str, MappedRole] = {
    role: role for role in get_args(MappedRole) if role not in ("metric", "ignore")
}


@dataclass(frozen=True)
class MappedColumn:
    """One column as the page shows it."""

    index: int
    letter: str  # as a spreadsheet names it
    header: str
    examples: tuple[str, ...]
    choice: str  # ignore, account, date, title, published … or metric:<code>
    scale: str
    is_guessed: bool  # suggested by us, not said by a person


@dataclass(frozen=True)
class MetricGroup:
    label: str
    metrics: tuple[Metric, ...]


@dataclass(frozen=True)
class HeaderRow:
    """One of the first rows, which could be the header."""

    number: int
    cells: tuple[str, ...]
    is_chosen: bool


@dataclass(frozen=True)
class OwnerRow:
    """A name in the account column and whose it is."""

    number: int  # its input is named by it
    name: str
    account: int | None  # None: nobody has said, and no account is called so; 0: left out


@dataclass(frozen=True)
class SavedRow:
    """A saved layout as the list shows it."""

    saved: SavedMapping
    header: str
    columns: int
    has_owners: bool


def role_labels() -> dict[str, str]:
    """What a column may be besides a metric, in the words of the interface."""
    words = {
        "date": _("日期"),
        "title": _("标题"),
        "published": _("发布时间"),
        "segment": _("分组（渠道、地区等）"),
        "form": _("体裁"),
        "id": _("平台编号"),
        "url": _("链接"),
        OWNER: _("账号"),
    }
    return {role: words[role] for role in (*ROLES, OWNER) if role in words}


def columns_of(
    table: Table, mapping: SheetMapping, *, is_guessed: bool = False
) -> list[MappedColumn]:
    columns = mapping.columns
    uses = {use.index: use for use in columns.columns}
    header = table.rows[columns.header_row - 1]
    below = table.rows[columns.header_row : columns.header_row + EXAMPLES]
    return [
        MappedColumn(
            index=index,
            letter=letter_of(index),
            header=_shown(cell),
            examples=tuple(_shown(row[index]) for row in below),
            choice=OWNER if index == mapping.owner_column else _choice(uses.get(index)),
            scale=uses[index].scale if index in uses else "number",
            is_guessed=is_guessed and _choice(uses.get(index)) != "ignore",
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


def header_rows_of(table: Table, chosen: int) -> list[HeaderRow]:
    return [
        HeaderRow(number, tuple(_shown(cell) for cell in row[:MAX_COLUMNS]), number == chosen)
        for number, row in enumerate(table.rows[:HEADER_DEPTH], start=1)
    ]


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


def starting_mapping(incoming: Incoming, asked: Mapping[str, str]) -> tuple[SheetMapping, bool]:
    """What was chosen or taught before; else our guess for the sheet and header row asked for.

    With it: is it a guess?
    """
    if not asked:
        known = incoming.mapping or saved_mapping(incoming.team, incoming.tables)
        if known:
            return known, False
    fullest = max(incoming.tables, key=lambda table: len(table.rows))
    table = table_named(incoming.tables, asked.get("sheet", fullest.sheet))
    columns = _suggested(table, asked.get("header_row", ""))
    return _with_owner(SheetMapping(table.sheet, columns), table), True


def _suggested(table: Table, row: str) -> ColumnMapping:
    if not row.isdecimal() or not 1 <= int(row) <= len(table.rows):
        return suggest_mapping(table, known=known_names())
    below = replace(table, rows=table.rows[int(row) - 1 :])
    guess = suggest_mapping(below, known=known_names())
    uses = guess.columns if guess.header_row == 1 else ()
    return ColumnMapping(header_row=int(row), columns=uses)


def _with_owner(mapping: SheetMapping, table: Table) -> SheetMapping:
    """A column headed 账号 names each row's account, unless every row names the same."""
    start = mapping.columns.header_row
    for index, cell in enumerate(table.rows[start - 1][:MAX_COLUMNS]):
        if comparable(_shown(cell)) in OWNER_WORDS:
            names = {owner_named(row[index]) for row in table.rows[start:]} - {""}
            if len(names) > 1:
                return replace(mapping, owner_column=index)
    return mapping


def chosen_mapping(
    table: Table, posted: Mapping[str, str], owners: Sequence[str] = ()
) -> SheetMapping:
    """The form's answers; what makes no sense counts as «ignore»."""
    row = posted.get("header_row", "1")
    header_row = int(row) if row.isdecimal() and 1 <= int(row) <= len(table.rows) else 1
    header = table.rows[header_row - 1]
    uses = tuple(
        _use(index, _shown(cell), posted.get(f"use-{index}", ""), posted.get(f"scale-{index}", ""))
        for index, cell in enumerate(header[:MAX_COLUMNS])
    )
    owner_columns = (i for i in range(len(uses)) if posted.get(f"use-{i}") == OWNER)
    mapping = SheetMapping(
        table.sheet,
        ColumnMapping(header_row=header_row, columns=uses),
        owner_column=next(owner_columns, None),
    )
    return replace(mapping, owners=_said_owners(table, mapping, posted))


def _said_owners(table: Table, mapping: SheetMapping, posted: Mapping[str, str]) -> dict[str, int]:
    said: dict[str, int] = {}
    for number, name in enumerate(owner_names(table, mapping)):
        value = posted.get(f"owner-{number}", "")
        if value.isdecimal():
            said[name] = int(value[:18])
    return said


def owner_names(table: Table, mapping: SheetMapping) -> list[str]:
    """The names in the account column, in the order of the file."""
    column, start = mapping.owner_column, mapping.columns.header_row
    if column is None or not table.rows or column >= len(table.rows[0]):
        return []
    names = dict.fromkeys(owner_named(row[column]) for row in table.rows[start:])
    return [name for name in names if name][:MAX_OWNERS]


def owner_rows(table: Table, mapping: SheetMapping, accounts: Iterable[Account]) -> list[OwnerRow]:
    known = {comparable(account.name): account.pk for account in accounts}
    return [
        OwnerRow(number, name, mapping.owners.get(name, known.get(comparable(name))))
        for number, name in enumerate(owner_names(table, mapping))
    ]


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


def saved_rows(saved: Iterable[SavedMapping]) -> list[SavedRow]:
    return [_saved_row(each) for each in saved]


def _saved_row(saved: SavedMapping) -> SavedRow:
    mapping = SheetMapping.from_json(saved.mapping)
    uses = [use for use in mapping.columns.columns if use.role != "ignore"]
    header = saved.mapping.get("header") or header_texts([use.header for use in uses])
    return SavedRow(
        saved=saved,
        header="、".join(text for text in header if text),
        columns=len(uses),
        has_owners=mapping.owner_column is not None,
    )
