"""The chart of one goal's month: an ECharts option, its summary in words and its data table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yunce.kit.numbers import MISSING, Unit
from yunce.kit.wording import gettext as _
from yunce.outputs.dashboards.chart_series import (
    INK_2,
    INK_3,
    LINE,
    actual_line,
    bridges,
    plan_line,
)
from yunce.outputs.dashboards.drawing import Drawing
from yunce.outputs.dashboards.fan import fan_lines


@dataclass(frozen=True)
class TableLine:
    """A day of the data table."""

    day: date
    value: str  # that day's number
    total: str  # up to that day, of a target that accumulates
    expected: str
    forecast: str = ""  # of a day to come: median and 80 % interval


@dataclass(frozen=True)
class MonthChart:
    """Everything the chart card needs."""

    title: str
    summary: str
    option: dict[str, Any]
    lines: tuple[TableLine, ...]
    accumulates: bool
    has_fan: bool = False
    axis_note: str = ""  # where a cut axis begins


def month_chart(drawing: Drawing) -> MonthChart:
    return MonthChart(
        title=_title(drawing) % {"name": drawing.row.name},
        summary=_summary(drawing),
        option=_option(drawing),
        lines=tuple(_lines(drawing)),
        accumulates=drawing.accumulates,
        has_fan=bool(drawing.fan.days),
        axis_note=_axis_note(drawing),
    )


def _title(drawing: Drawing) -> str:
    if drawing.fan.days:
        return _("%(name)s · 累计与预测") if drawing.accumulates else _("%(name)s · 走势与预测")
    if drawing.is_tracked:
        return _("%(name)s · 走势")
    return _("%(name)s · 累计") if drawing.accumulates else _("%(name)s · 每天")


def _summary(drawing: Drawing) -> str:
    row = drawing.row
    words = {
        "name": row.name,
        "day": _short(drawing.as_of),
        "actual": row.actual,
        "compared": row.compared_words,
        "must": row.must,
    }
    text = _("%(name)s折线：到 %(day)s 实际 %(actual)s，%(compared)s；必达 %(must)s") % words
    stretch = row.progress.goal.stretch
    if stretch is not None:
        text += _("，挑战 %(stretch)s") % {"stretch": row.amounts.worded(stretch)}
    if drawing.fan.days and row.band:
        told = {"middle": row.forecast, "band": row.band}
        text += _("；月末预测 %(middle)s，八成会在 %(band)s") % told
    return text


def _axis_note(drawing: Drawing) -> str:
    if drawing.axis is None:
        return ""
    bottom = drawing.axis.bottom
    shown = f"{bottom * 100:g}%" if _is_percent(drawing) else f"{bottom:,.10g}"
    return _("纵轴自 %(value)s 起") % {"value": shown}


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"


def _option(drawing: Drawing) -> dict[str, Any]:
    row = drawing.row
    end = _("预测 %(value)s") % {"value": row.forecast}
    return {
        "animation": False,
        "aria": {"enabled": True, "label": {"description": _summary(drawing)}},
        "textStyle": {"color": INK_2, "fontSize": 12},
        "grid": {"left": 52, "right": 40, "top": 14, "bottom": 26},
        "tooltip": {"trigger": "axis", "valueFormatter": _format(drawing)},
        "xAxis": {
            "type": "category",
            "data": [_short(day) for day in drawing.days],
            "boundaryGap": False,
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "token:line-2"}},
            "axisLabel": {"color": INK_3, "interval": 4, "showMaxLabel": True},
        },
        "yAxis": {
            "type": "value",
            "axisLabel": {"color": INK_3, "formatter": _axis_format(drawing)},
            "splitLine": {"lineStyle": {"color": LINE}},
            "max": drawing.top,
            **_cut(drawing),
        },
        "series": [
            *fan_lines(drawing.fan, drawing.days, label=end, tone=row.tone),
            *plan_line(drawing),
            *bridges(drawing),
            actual_line(drawing),
        ],
    }


def _cut(drawing: Drawing) -> dict[str, float]:
    axis = drawing.axis
    return {} if axis is None else {"min": axis.bottom, "interval": axis.step}


def _format(drawing: Drawing) -> str:
    formats = {
        Unit.PERCENT: "format:percent",
        Unit.COUNT: "format:prose",
        Unit.YUAN: "format:prose",
    }
    return formats.get(drawing.row.progress.metric.unit, "format:plain")


def _is_percent(drawing: Drawing) -> bool:
    return drawing.row.progress.metric.unit is Unit.PERCENT


def _axis_format(drawing: Drawing) -> str:
    """One unit along the whole axis: 0.5万 beside 1万, not 5,000."""
    shown = _format(drawing)
    return "format:wan" if shown == "format:prose" and drawing.top >= 10_000 else shown


def _lines(drawing: Drawing) -> list[TableLine]:
    """The days gone by; with a fan the days to come, too."""
    row = drawing.row
    days = [day for day in drawing.days if day <= drawing.as_of or day in drawing.fan.days]
    totals = drawing.values(days)
    return [
        TableLine(
            day=day,
            value=row.amounts.plain(row.progress.series.get(day)),
            total=row.amounts.plain(total)
            if drawing.accumulates or drawing.is_tracked
            else MISSING,
            expected=row.amounts.plain(drawing.expected(day)),
            forecast=_told(drawing, day),
        )
        for day, total in zip(days, totals, strict=True)
    ]


def _told(drawing: Drawing, day: date) -> str:
    held = drawing.fan.days.get(day)
    if held is None or day <= drawing.as_of:
        return ""
    low, middle, high = (
        drawing.row.amounts.plain(held[each]) for each in ("low", "middle", "high")
    )
    return f"{middle}（{low} – {high}）"
