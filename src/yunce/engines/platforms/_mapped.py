"""A table read through a column mapping → posts, facts and problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from yunce.engines.platforms._base import Column
from yunce.engines.platforms._cells import shown
from yunce.engines.platforms._findings import Findings
from yunce.engines.platforms._headers import PlacedColumn
from yunce.engines.platforms._layout import Layout
from yunce.engines.platforms._mapping import ColumnMapping, ColumnUse
from yunce.engines.platforms._parsed import Parsed
from yunce.engines.platforms._registry import platforms
from yunce.engines.platforms._suggesting import rate_scale, segment_name
from yunce.engines.platforms._tables import Table
from yunce.engines.platforms._wholesale import read_table
from yunce.kit.wording import gettext as _


def parse_mapped(
    table: Table,
    mapping: ColumnMapping,
    *,
    captured_on: date,
    today: date,
    percent_metrics: frozenset[str],
) -> Parsed:
    """Read a table as a person said. ``percent_metrics``: the codes whose values are rates.

    A rate mapped without a scale gets one from all values of its column together.
    """
    checks = Findings(table.sheet)
    columns = tuple(_usable(table, mapping, percent_metrics, checks))
    layout = Layout(columns=columns, captured_on=captured_on, today=today)
    if not layout.metrics and not layout.has_posts:
        message, hint = _("没有一列对应到指标"), _("请至少为一列选择指标。")
        checks.problem(None, None, "", message, hint)
        return checks.parsed(platform=None, export="")
    if not layout.has_posts and not layout.has_days:
        message = _("没有选择日期列，也没有选择标题列")
        checks.problem(
            None, None, "", message, _("请选择哪一列是日期（按天的数据）或标题（作品列表）。")
        )
        return checks.parsed(platform=None, export="")
    start = mapping.header_row
    findings = read_table(layout, table, start=start, end=len(table.rows))
    findings.problems[:0] = checks.problems
    return findings.parsed(platform=None, export="")


def _usable(
    table: Table, mapping: ColumnMapping, percent_metrics: frozenset[str], checks: Findings
) -> Iterator[PlacedColumn]:
    taken: set[str] = set()
    for use in mapping.columns:
        if use.role == "ignore":
            continue
        column = _placed(table, mapping, use)
        if problem := _mismatch(table, use, taken, percent_metrics):
            checks.problem(None, column, "", *problem)
            continue
        taken.add(_meaning(use))
        if use.metric in percent_metrics and use.scale == "number":
            values = [row[use.index] for row in table.rows[mapping.header_row :]]
            column = replace(column, scale=rate_scale(values))
        yield column


def _mismatch(
    table: Table, use: ColumnUse, taken: set[str], percent_metrics: frozenset[str]
) -> tuple[str, str] | None:
    """Why a column cannot be read as the mapping says: what is wrong, what to do."""
    width = len(table.rows[0]) if table.rows else 0
    if use.index >= width:
        return (
            _("设置里用到第 {number} 列，但表格只有 {width} 列").format(
                number=use.index + 1, width=width
            ),
            _("请重新选择每一列的含义。"),
        )
    if _meaning(use) in taken:
        return _("这一列和前面一列的含义相同"), _("请保留其中一列，另一列选「不导入」。")
    if use.scale in ("percent", "fraction") and use.metric not in percent_metrics:
        return _("这一列选成了比例，但对应的指标不是比例"), _(
            "请把写法改成「数量」，或换一个指标。"
        )
    return None


def _placed(table: Table, mapping: ColumnMapping, use: ColumnUse) -> PlacedColumn:
    in_header = 0 < mapping.header_row <= len(table.rows)
    header = table.rows[mapping.header_row - 1] if in_header else ()
    text = shown(header[use.index]) if use.index < len(header) else ""
    return PlacedColumn(
        index=use.index,
        header=text or use.header or _("第 {number} 列").format(number=use.index + 1),
        role=use.role,
        metric=use.metric,
        scale=use.scale,
        segment=segment_name(use.segment or text or use.header) if use.role == "segment" else "",
        signed=use.metric not in _never_negative(),
    )


def _meaning(use: ColumnUse) -> str:
    """What only one column may be; several may tell parts apart."""
    if use.role == "segment":
        return f"segment {use.segment or use.header or use.index}"
    return use.metric or use.role


def _never_negative() -> frozenset[str]:
    """What no export lets fall below zero; of a team's own metrics nothing is known."""
    exports = (export for platform in platforms().values() for export in platform.exports)
    columns: Iterator[Column] = (column for export in exports for column in export.stating)
    return frozenset(column.metric for column in columns if column.metric and not column.signed)
