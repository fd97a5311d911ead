"""The chart of one goal's month: an ECharts option, its summary in words and its data table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from yunce.kit.months import Month
from yunce.kit.numbers import MISSING, Unit
from yunce.kit.wording import gettext as _
from yunce.loop.goals.rules import expected_by
from yunce.outputs.dashboards.goal_rows import GoalRow, running

# "token:x" becomes the theme's colour --x when the chart is drawn (islands/chart.js).
INK, INK_2, INK_3, LINE = "token:ink", "token:ink-2", "token:ink-3", "token:line"
PRIMARY = "token:primary"


@dataclass(frozen=True)
class TableLine:
    """A day of the data table."""

    day: date
    value: str  # that day's number
    total: str  # up to that day, of a target that accumulates
    expected: str


@dataclass(frozen=True)
class MonthChart:
    """Everything the chart card needs."""

    title: str
    summary: str
    option: dict[str, Any]
    lines: tuple[TableLine, ...]
    accumulates: bool


def month_chart(row: GoalRow, *, month: Month, as_of: date) -> MonthChart:
    accumulates = row.progress.accumulates
    title = _("%(name)s · 累计") if accumulates else _("%(name)s · 每天")
    return MonthChart(
        title=title % {"name": row.name},
        summary=_summary(row, as_of),
        option=_option(row, month, as_of),
        lines=tuple(_lines(row, month, as_of)),
        accumulates=accumulates,
    )


def _summary(row: GoalRow, as_of: date) -> str:
    words = {
        "name": row.name,
        "day": _short(as_of),
        "actual": row.actual,
        "compared": row.compared_words,
        "must": row.must,
    }
    text = _("%(name)s折线：到 %(day)s 实际 %(actual)s，%(compared)s；必达 %(must)s") % words
    stretch = row.progress.goal.stretch
    if stretch is None:
        return text
    return text + _("，挑战 %(stretch)s") % {"stretch": row.amounts.worded(stretch)}


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"


def _option(row: GoalRow, month: Month, as_of: date) -> dict[str, Any]:
    days = list(month.days())
    return {
        "animation": False,
        "aria": {"enabled": True, "label": {"description": _summary(row, as_of)}},
        "textStyle": {"color": INK_2, "fontSize": 12},
        "grid": {"left": 52, "right": 40, "top": 14, "bottom": 26},
        "tooltip": {"trigger": "axis", "valueFormatter": _format(row)},
        "xAxis": {
            "type": "category",
            "data": [_short(day) for day in days],
            "boundaryGap": False,
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "token:line-2"}},
            "axisLabel": {"color": INK_3, "interval": 4, "showMaxLabel": True},
        },
        "yAxis": {
            "type": "value",
            "axisLabel": {"color": INK_3, "formatter": _axis_format(row)},
            "splitLine": {"lineStyle": {"color": LINE}},
            "max": _top(row),
        },
        "series": [
            *_plan_line(row, month),
            *_bridges(row, days, as_of),
            _actual_line(row, days, as_of),
        ],
    }


def _format(row: GoalRow) -> str:
    formats = {
        Unit.PERCENT: "format:percent",
        Unit.COUNT: "format:prose",
        Unit.YUAN: "format:prose",
    }
    return formats.get(row.progress.metric.unit, "format:plain")


def _axis_format(row: GoalRow) -> str:
    """One unit along the whole axis: 0.5万 beside 1万, not 5,000."""
    shown = _format(row)
    return "format:wan" if shown == "format:prose" and _top(row) >= 10_000 else shown


def _top(row: GoalRow) -> float:
    """Room above the highest line; daily values may stand higher than any target."""
    goal, progress = row.progress.goal, row.progress
    highest = max(goal.must, goal.stretch or 0, progress.actual or 0)
    if not progress.accumulates:
        highest = max(highest, *progress.series.values(), Decimal(0))
    top = _round_up(highest * Decimal("1.12"))
    is_share = progress.metric.unit is Unit.PERCENT and highest <= 1
    return min(top, 1.0) if is_share else top


def _round_up(value: Decimal) -> float:
    """The next number with a plain first digit or a half of it: 16,800 → 20,000; 0.103 → 0.15."""
    if value <= 0:
        return 1.0
    step = Decimal(10) ** value.adjusted() / 2
    return float((value / step).to_integral_value(rounding=ROUND_CEILING) * step)


def _plan_line(row: GoalRow, month: Month) -> list[dict[str, Any]]:
    if not row.progress.accumulates:
        return []
    plan = [_even(row, day, month) for day in range(1, month.day_count + 1)]
    return [
        {
            "type": "line",
            "name": _("应到"),
            "data": [_plain(row, value) for value in plan],
            "symbol": "none",
            "lineStyle": {"color": INK_3, "width": 1.2, "type": [3, 3]},
            "itemStyle": {"color": INK_3},
        }
    ]


def _even(row: GoalRow, day: int, month: Month) -> Decimal:
    return expected_by(
        row.progress.goal.must, elapsed=day, days=month.day_count, kind=row.progress.metric.kind
    )


def _plain(row: GoalRow, value: Decimal) -> float:
    return float(row.amounts.rounded(value))


def _bridges(row: GoalRow, days: list[date], as_of: date) -> list[dict[str, Any]]:
    """Over days without numbers the line is dotted: nothing is known there."""
    values = _values(row, [day for day in days if day <= as_of])
    known = [n for n, value in enumerate(values) if value is not None]
    if not known or None not in values[known[0] : known[-1]]:
        return []
    return [
        {
            "type": "line",
            "data": [None if value is None else _plain(row, value) for value in values],
            "connectNulls": True,
            "symbol": "none",
            "silent": True,
            "tooltip": {"show": False},
            "lineStyle": {"color": PRIMARY, "width": 1.2, "type": "dotted"},
        }
    ]


def _actual_line(row: GoalRow, days: list[date], as_of: date) -> dict[str, Any]:
    shown = [day for day in days if day <= as_of]
    values = _values(row, shown)
    last = max((n for n, value in enumerate(values) if value is not None), default=-1)
    data: list[Any] = [
        _last_point(row, value) if n == last else None if value is None else _plain(row, value)
        for n, value in enumerate(values)
    ]
    return {
        "type": "line",
        "name": _("实际"),
        "data": data + [None] * (len(days) - len(shown)),
        "symbol": "none" if row.progress.accumulates else "circle",
        "symbolSize": 4,
        "lineStyle": {"color": PRIMARY, "width": 2.5},
        "itemStyle": {"color": PRIMARY},
        "markLine": {
            "symbol": "none",
            "silent": True,
            "data": _targets(row),
        },
    }


def _values(row: GoalRow, days: list[date]) -> list[Decimal | None]:
    if row.progress.accumulates:
        return running(row.progress, days)
    return [row.progress.series.get(day) for day in days]


def _last_point(row: GoalRow, value: Decimal | None) -> dict[str, Any]:
    assert value is not None  # noqa: S101 - the caller picked a day with a number
    words = _("实际 %(value)s") % {"value": row.amounts.plain(value)}
    return {
        "value": _plain(row, value),
        "symbol": "circle",
        "symbolSize": 8,
        "label": {
            "show": True,
            "formatter": words,
            "position": "bottom" if _has_room_below(row, value) else "top",
            "color": PRIMARY,
            "fontWeight": 600,
            "distance": 8,
            "textBorderColor": "token:surface",
            "textBorderWidth": 3,
        },
    }


def _has_room_below(row: GoalRow, value: Decimal) -> bool:
    """Between axis and targets, where a label below it stays clear of both."""
    goal = row.progress.goal
    targets = max(goal.must, goal.stretch or 0)
    return row.progress.accumulates and 0.2 * _top(row) < float(value) < targets


def _targets(row: GoalRow) -> list[dict[str, Any]]:
    goal = row.progress.goal
    stretch = goal.stretch
    if stretch is None or stretch == goal.must:
        return [_target(_("必达"), row, goal.must, "solid", above=True)]
    return [
        _target(_("必达"), row, goal.must, "solid", above=goal.must > stretch),
        _target(_("挑战"), row, stretch, "dotted", above=stretch > goal.must),
    ]


def _target(word: str, row: GoalRow, value: Decimal, kind: str, *, above: bool) -> dict[str, Any]:
    is_solid = kind == "solid"
    return {
        "yAxis": float(value),
        "name": word,
        "lineStyle": {
            "color": INK if is_solid else INK_3,
            "type": kind,
            "width": 1 if is_solid else 1.5,
        },
        "label": {
            "formatter": f"{word} {row.amounts.plain(value)}",
            "position": "insideStartTop" if above else "insideStartBottom",
            "color": INK_2,
            "fontSize": 12,
            "distance": 3,
        },
    }


def _lines(row: GoalRow, month: Month, as_of: date) -> list[TableLine]:
    days = [month.first + timedelta(days=n) for n in range(row.progress.elapsed)]
    totals = running(row.progress, days)
    return [
        TableLine(
            day=day,
            value=row.amounts.plain(row.progress.series.get(day)),
            total=row.amounts.plain(total) if row.progress.accumulates else MISSING,
            expected=row.amounts.plain(_even(row, day.day, month)),
        )
        for day, total in zip(days, totals, strict=True)
        if day <= as_of
    ]
