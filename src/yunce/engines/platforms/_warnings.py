"""What looks wrong in a table although every cell can be read: taken, but worth a look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from yunce.engines.platforms._cells import CellError, is_missing, is_total_label, read_value, shown
from yunce.engines.platforms._findings import Findings
from yunce.engines.platforms._headers import PlacedColumn
from yunce.engines.platforms._layout import Layout, Row
from yunce.kit.numbers import format_value
from yunce.kit.wording import gettext as _

# Metrics of one row that cannot outgrow another: (the smaller, the larger).
BOUNDS = (("post_likes", "post_views"), ("likes", "reads"))
# Metrics that come a day late: while the first is 0 and the second is not, it is not known yet.
LAGGING = (("post_impressions", "post_views"), ("impressions", "reads"))
_FINISH_RATES = ("post_finish_rate",)


def warn_of_row(
    layout: Layout, findings: Findings, number: int, values: Mapping[str, float]
) -> None:
    """More likes than reads; 曝光 0 beside 观看 126."""
    headers = {column.metric: column for column in layout.metrics}
    for small, large in BOUNDS:
        if small in values and large in values and values[small] > values[large]:
            message = _("「{small}」{a} 大于「{large}」{b}").format(
                small=headers[small].header,
                large=headers[large].header,
                a=shown(values[small]),
                b=shown(values[large]),
            )
            hint = _("数值已按文件导入。请核对这两列有没有对错，或平台数据是否还在更新。")
            _warn(findings, number, headers[small], shown(values[small]), message, hint)
    for late, early in LAGGING:
        if values.get(late) == 0 and values.get(early, 0) > 0:
            message = _("「{late}」是 0，「{early}」已有 {value}：平台还没有算出前者").format(
                late=headers[late].header, early=headers[early].header, value=shown(values[early])
            )
            hint = _("数值已按文件导入。过一天重新导出再上传，数值会更新；之前不要拿它算比率。")
            _warn(findings, number, headers[late], "0", message, hint)


def warn_of_table(layout: Layout, findings: Findings) -> None:
    """What only the whole table shows."""
    _warn_of_forms(layout, findings)
    _warn_of_partial_day(layout, findings)
    for number, row in findings.totals:
        _check_total(layout, findings, number, row)


def _warn_of_forms(layout: Layout, findings: Findings) -> None:
    """A 图文's 完播率 means something else than a video's."""
    column = next((c for c in layout.metrics if c.metric in _FINISH_RATES), None)
    if column is None:
        return
    if {"图文", "视频"} <= findings.forms_with(column.metric):
        message = _("图文和视频的「{header}」含义不同").format(header=column.header)
        hint = _("数值已按文件导入。请分别查看图文和视频，不要放在一起平均。")
        _warn(findings, None, column, "", message, hint)


def _warn_of_partial_day(layout: Layout, findings: Findings) -> None:
    """The back ends close a day at night: what was exported during it is not complete."""
    column = layout.column("date")
    newest = max(findings.days, default=None)
    if column is None or newest is None or newest < layout.captured_on:
        return
    message = _("{day} 是导出当天，这一天的数据还不完整").format(day=newest.isoformat())
    hint = _("数值已按文件导入。请在 {day} 之后重新导出再上传，数值会更新。").format(
        day=(newest + timedelta(days=1)).isoformat()
    )
    _warn(findings, None, column, newest.isoformat(), message, hint)


def _check_total(layout: Layout, findings: Findings, number: int, row: Row) -> None:
    """The platform's own total as a check sum over what was read."""
    labels = (shown(cell) for cell in row if is_total_label(cell))
    label = next(labels, _("合计"))
    broken = {problem.column for problem in findings.problems if problem.severity == "error"}
    for column in layout.metrics:
        cell = row[column.index]
        if not column.adds or is_missing(cell) or column.header in broken:
            continue
        if column.metric in findings.rounded:
            continue
        try:
            told = read_value(cell, column.scale) * column.factor
        except CellError:
            continue
        # Of a table of parts a total adds up the parts.
        counted = findings.sum_of(column.metric, but=layout.segment if layout.segments else None)
        if abs(told - counted) > 0.5 * max(1.0, column.factor):
            _tell_disagreement(findings, number, column, label, (told, counted))


def _tell_disagreement(
    findings: Findings,
    number: int,
    column: PlacedColumn,
    label: str,
    numbers: tuple[float, float],
) -> None:
    told, counted = (value / column.factor for value in numbers)
    message = _("「{label}」这一行写的是 {told}，各行相加是 {counted}，相差 {gap}").format(
        label=label,
        told=format_value(told),
        counted=format_value(counted),
        gap=format_value(abs(told - counted)),
    )
    hint = _("各行已按文件导入。平台的合计常含未列出的部分；如果差得多，请核对文件是否完整。")
    _warn(findings, number, column, format_value(told), message, hint)


def _warn(
    findings: Findings,
    row: int | None,
    column: PlacedColumn,
    value: str,
    message: str,
    hint: str,
) -> None:
    findings.problem(row, column, value, message, hint, severity="warning")
