"""The chart of a trial: what came, what was to be expected, and the days in question shaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yunce.ground.facts.queries.effects import DayPoint, Trial
from yunce.kit.numbers import Unit, format_value
from yunce.kit.wording import gettext as _

INK_2, INK_3, LINE, PRIMARY = "token:ink-2", "token:ink-3", "token:line", "token:primary"
FORMATS = {Unit.PERCENT: "format:percent", Unit.COUNT: "format:prose", Unit.YUAN: "format:prose"}


def option(trial: Trial) -> dict[str, Any]:
    days = trial.days
    shown = FORMATS.get(trial.metric.unit, "format:plain")
    inside = [_short(point) for point in days if point.is_inside]
    return {
        "animation": False,
        "textStyle": {"color": INK_2, "fontSize": 12},
        "grid": {"left": 56, "right": 20, "top": 28, "bottom": 26},
        "tooltip": {"trigger": "axis", "valueFormatter": shown},
        "legend": {"top": 0, "right": 0, "textStyle": {"color": INK_2}, "itemWidth": 22},
        "xAxis": {
            "type": "category",
            "data": [_short(point) for point in days],
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "token:line-2"}},
            "axisLabel": {"color": INK_3},
        },
        "yAxis": {
            "type": "value",
            "axisLabel": {"color": INK_3, "formatter": shown},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "series": [_actual(days, inside), _expected(days)],
    }


def _actual(days: Sequence[DayPoint], inside: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "line",
        "name": _("实际"),
        "data": [point.actual for point in days],
        "symbol": "circle",
        "symbolSize": 4,
        "lineStyle": {"color": PRIMARY, "width": 2.5},
        "itemStyle": {"color": PRIMARY},
        "markArea": {
            "silent": True,
            "itemStyle": {"color": INK_3, "opacity": 0.12},
            "label": {"color": INK_2, "fontSize": 12, "position": "insideTop"},
            "data": [[{"name": _("这几天"), "xAxis": inside[0]}, {"xAxis": inside[-1]}]],
        },
    }


def _expected(days: Sequence[DayPoint]) -> dict[str, Any]:
    return {
        "type": "line",
        "name": _("没有它时该有的"),
        "data": [point.expected for point in days],
        "symbol": "none",
        "lineStyle": {"color": INK_3, "width": 1.5, "type": [4, 3]},
        "itemStyle": {"color": INK_3},
    }


def summary(trial: Trial) -> str:
    """The chart in words."""
    known = [
        p for p in trial.days if p.is_inside and p.actual is not None and p.expected is not None
    ]
    if not known:
        return _("%(name)s每天的折线，这几天没有完整的数。") % {"name": trial.metric.name}
    words = {
        "name": trial.metric.name,
        "days": len(known),
        "actual": _mean(trial, [point.actual for point in known]),
        "expected": _mean(trial, [point.expected for point in known]),
    }
    return (
        _("%(name)s每天的折线：这 %(days)d 天平均每天 %(actual)s，没有它时该有 %(expected)s。")
        % words
    )


def _mean(trial: Trial, values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    mean = sum(known) / len(known)
    digits = None if trial.metric.unit is Unit.PERCENT or mean < 10 else 0
    return format_value(mean, trial.metric.unit, digits=digits)


def _short(point: DayPoint) -> str:
    return f"{point.day.month}/{point.day.day}"
