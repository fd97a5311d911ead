"""The lines of a goal's chart, as ECharts series: the plan, what came, where the targets stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from yunce.kit.wording import gettext as _
from yunce.outputs.dashboards.drawing import Drawing

# "token:x" becomes the theme's colour --x when the chart is drawn (islands/chart.js).
INK, INK_2, INK_3, LINE = "token:ink", "token:ink-2", "token:ink-3", "token:line"
PRIMARY = "token:primary"
NEAR_TOP = 0.08  # of the axis: a label above the point would be cut off


def plan_line(drawing: Drawing) -> list[dict[str, Any]]:
    """The plan's curve; what does not accumulate has none."""
    if not drawing.accumulates:
        return []
    return [
        {
            "type": "line",
            "name": _("应到"),
            "data": [drawing.plain(drawing.expected(day)) for day in drawing.days],
            "symbol": "none",
            "lineStyle": {"color": INK_3, "width": 1.2, "type": [3, 3]},
            "itemStyle": {"color": INK_3},
        }
    ]


def bridges(drawing: Drawing) -> list[dict[str, Any]]:
    """Over days without numbers the line is dotted: nothing is known there."""
    values = drawing.values(_shown(drawing))
    known = [n for n, value in enumerate(values) if value is not None]
    if not known or None not in values[known[0] : known[-1]]:
        return []
    return [
        {
            "type": "line",
            "data": [None if value is None else drawing.plain(value) for value in values],
            "connectNulls": True,
            "symbol": "none",
            "silent": True,
            "tooltip": {"show": False},
            "lineStyle": {"color": PRIMARY, "width": 1.2, "type": "dotted"},
        }
    ]


def actual_line(drawing: Drawing) -> dict[str, Any]:
    shown = _shown(drawing)
    values = drawing.values(shown)
    last = max((n for n, value in enumerate(values) if value is not None), default=-1)
    data: list[Any] = [
        _last_point(drawing, value)
        if n == last
        else None
        if value is None
        else drawing.plain(value)
        for n, value in enumerate(values)
    ]
    is_line = drawing.accumulates or drawing.is_tracked
    return {
        "type": "line",
        "name": _("实际"),
        "data": data + [None] * (len(drawing.days) - len(shown)),
        "symbol": "none" if is_line else "circle",
        "symbolSize": 4,
        "lineStyle": {"color": PRIMARY, "width": 2.5},
        "itemStyle": {"color": PRIMARY},
        "markLine": {"symbol": "none", "silent": True, "precision": 8, "data": _targets(drawing)},
    }


def _shown(drawing: Drawing) -> list[date]:
    return [day for day in drawing.days if day <= drawing.as_of]


def _last_point(drawing: Drawing, value: Decimal | None) -> dict[str, Any]:
    assert value is not None  # noqa: S101 - the caller picked a day with a number
    words = _("实际 %(value)s") % {"value": drawing.row.amounts.plain(value)}
    return {
        "value": drawing.plain(value),
        "symbol": "circle",
        "symbolSize": 8,
        "label": {
            "show": True,
            "formatter": words,
            "position": "bottom" if _belongs_below(drawing, value) else "top",
            "color": PRIMARY,
            "fontWeight": 600,
            "distance": 8,
            "textBorderColor": "token:surface",
            "textBorderWidth": 3,
        },
    }


def _belongs_below(drawing: Drawing, value: Decimal) -> bool:
    """Where a label stays clear of the axis and the targets, and inside the picture."""
    bottom = drawing.axis.bottom if drawing.axis else 0.0
    if float(value) > drawing.top - NEAR_TOP * (drawing.top - bottom):
        return True
    goal = drawing.row.progress.goal
    targets = max(goal.must, goal.stretch or 0)
    return drawing.accumulates and 0.2 * drawing.top < float(value) < targets


def _targets(drawing: Drawing) -> list[dict[str, Any]]:
    goal = drawing.row.progress.goal
    stretch = goal.stretch
    if stretch is None or stretch == goal.must:
        return [_target(drawing, _("必达"), goal.must, "solid", above=True)]
    return [
        _target(drawing, _("必达"), goal.must, "solid", above=goal.must > stretch),
        _target(drawing, _("挑战"), stretch, "dotted", above=stretch > goal.must),
    ]


def _target(
    drawing: Drawing, word: str, value: Decimal, kind: str, *, above: bool
) -> dict[str, Any]:
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
            "formatter": f"{word} {drawing.row.amounts.plain(value)}",
            "position": "insideStartTop" if above else "insideStartBottom",
            "color": INK_2,
            "fontSize": 12,
            "distance": 3,
        },
    }
