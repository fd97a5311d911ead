"""The cells of one row → values of their metrics, and the part of the whole they are of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from yunce.engines.platforms._cells import (
    CellError,
    is_missing,
    is_total_label,
    read_value,
    shown,
)
from yunce.engines.platforms._findings import Findings
from yunce.engines.platforms._headers import PlacedColumn, header_key, placed_column
from yunce.engines.platforms._layout import Layout, Row
from yunce.engines.platforms._tables import Cell
from yunce.kit.wording import gettext as _

_NO_SEGMENT = frozenset(("", "-", "--", "—"))  # NA is a country
ROUNDED = ("万", "亿", "w", "W", "+")


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """What the values of a row are about."""

    day: date
    post: str | None
    segment: str = ""


def read_values(
    layout: Layout, findings: Findings, number: int, row: Row, about: Belonging
) -> dict[str, float]:
    """Keep every value of a row; the ones kept, by metric."""
    values: dict[str, float] = {}
    for column in layout.metrics:
        cell = row[column.index]
        if is_missing(cell):
            continue
        if column.instead:
            column, cell = _instead(column, cell)
        try:
            value = read_checked(column, cell)
        except CellError as error:
            findings.unusable(number, column, cell, error)
            continue
        if isinstance(cell, str) and cell.strip().endswith(ROUNDED):
            findings.rounded.add(column.metric)
        values[column.metric] = value
        findings.add_fact(
            number, column, value, day=about.day, post=about.post, segment=about.segment
        )
    return values


def read_checked(column: PlacedColumn, cell: Cell) -> float:
    """What a cell tells of its column's metric; CellError when it can tell nothing."""
    value = read_value(cell, column.scale) * column.factor
    if value < 0 and not column.signed:
        raise CellError(_("这个数不会小于 0"), _("请核对后改正。"))
    return value


def is_something_else(column: PlacedColumn, cell: Cell) -> bool:
    """Does it tell of another metric than its column's?"""
    return bool(column.instead) and shown(cell).endswith(tuple(end for end, _m in column.instead))


def _instead(column: PlacedColumn, cell: Cell) -> tuple[PlacedColumn, Cell]:
    """3.5星 in a column of rates is no rate, but a number of another metric."""
    text = shown(cell)
    for ending, metric in column.instead:
        if text.endswith(ending):
            return replace(column, metric=metric, scale="number"), text.removesuffix(ending)
    return column, cell


def read_named(layout: Layout, findings: Findings, number: int, row: Row, about: Belonging) -> None:
    """A row 指标 | 数值: the first cell names the metric, the second tells it."""
    name, value = layout.column("name"), layout.column("value")
    assert name is not None and value is not None  # noqa: S101 - such exports require both
    label = shown(row[name.index])
    column = layout.names.get(header_key(label))
    if column is None or column.role != "metric":
        findings.ignored += 1
        if column is None and label:
            message = _("没见过的指标名「{name}」，没有读").format(name=label)
            hint = _("其他指标已照常导入。如果需要它，请手工录入。")
            findings.problem(number, name, label, message, hint, severity="warning")
        return
    only = replace(layout, columns=(placed_column(column, value.index, label),))
    read_values(only, findings, number, row, about)


def segment_of(layout: Layout, row: Row, moment: datetime | None) -> str | None:
    """channel=朋友圈; empty for the whole, None when the row does not say which part it is."""
    name, text = layout.segment.partition("=")[::2]
    parts = [(name, text)] if name else []
    for column in layout.segments:
        part = _part(row[column.index])
        if part is None:
            return None
        if part:
            parts.append((column.segment, part))
    date_column = layout.column("date")
    if date_column and date_column.segment and moment and _tells_hour(layout.cell(row, "date")):
        parts.append((date_column.segment, f"{moment.hour:02}"))
    if not parts:
        return ""
    return "×".join(name for name, _text in parts) + "=" + "×".join(text for _name, text in parts)


@lru_cache(4096, typed=True)  # long tables name few parts many times
def _part(cell: Cell) -> str | None:
    """What a part is called; empty for the whole, None when it has no name."""
    text = shown(cell)
    if text in _NO_SEGMENT:
        return None
    return "" if is_total_label(text) else text


def _tells_hour(cell: Cell) -> bool:
    return isinstance(cell, str) and ("时" in cell or ":" in cell)
