"""How likely must was, day by day: the line, its bands, and the days an alert began or ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yunce.engines.forecasts import Level
from yunce.engines.forecasts.pace import RECOVERED, RED, YELLOW
from yunce.kit.months import Month
from yunce.kit.wording import gettext as _
from yunce.loop.goals.rules.chances import chance_shown
from yunce.outputs.dashboards.chart_series import INK_2, INK_3, LINE, PRIMARY

WORDS = {
    Level.CALM: _("稳"),
    Level.YELLOW: _("关注"),
    Level.RED: _("落后"),
    Level.UNKNOWN: _("没有预测"),
}
STATUS = {Level.CALM: "steady", Level.YELLOW: "watch", Level.RED: "behind"}


@dataclass(frozen=True)
class Turn:
    """A day the level changed."""

    day: date
    status: str  # of web.statuses
    chance: str


@dataclass(frozen=True)
class PaceLine:
    """A day of the data table."""

    day: date
    chance: str
    word: str


@dataclass(frozen=True)
class PaceChart:
    """The card: since when things are as they are, and how they came there."""

    option: dict[str, Any]
    summary: str
    turns: tuple[Turn, ...]  # newest first
    lines: tuple[PaceLine, ...]

    @property
    def now(self) -> Turn | None:
        return self.turns[0] if self.turns else None


def pace_chart(
    days: Sequence[date], chances: Sequence[float | None], told: Sequence[Level], month: Month
) -> PaceChart:
    turns = _turns(days, chances, told)
    lines = [
        PaceLine(day, chance_shown(p), WORDS[level])
        for day, p, level in zip(days, chances, told, strict=True)
    ]
    summary = _summary(turns, lines)
    return PaceChart(_option(chances, month, summary), summary, tuple(turns), tuple(lines))


def _turns(
    days: Sequence[date], chances: Sequence[float | None], told: Sequence[Level]
) -> list[Turn]:
    found: list[Turn] = []
    before: Level | None = None
    for day, p, level in zip(days, chances, told, strict=True):
        if level is not before and level in STATUS:
            found.insert(0, Turn(day, STATUS[level], chance_shown(p)))
        before = level
    return found


def _summary(turns: Sequence[Turn], lines: Sequence[PaceLine]) -> str:
    newest = lines[-1]
    words = {
        "day": f"{newest.day.month}/{newest.day.day}",
        "chance": newest.chance,
        "word": newest.word,
    }
    text = _("达成必达的把握：到 {day} 是 {chance}，{word}").format(**words)
    if turns:
        since = turns[0].day
        text += _("，从 {day} 起").format(day=f"{since.month}/{since.day}")
    return text


def _option(chances: Sequence[float | None], month: Month, summary: str) -> dict[str, Any]:
    days = list(month.days())
    data: list[Any] = [None if p is None else round(p, 4) for p in chances]
    return {
        "animation": False,
        "aria": {"enabled": True, "label": {"description": summary}},
        "textStyle": {"color": INK_2, "fontSize": 12},
        "grid": {"left": 44, "right": 44, "top": 10, "bottom": 24},
        "tooltip": {"trigger": "axis", "valueFormatter": "format:percent"},
        "xAxis": {
            "type": "category",
            "data": [f"{day.month}/{day.day}" for day in days],
            "boundaryGap": False,
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": "token:line-2"}},
            "axisLabel": {"color": INK_3, "interval": 4, "showMaxLabel": True},
        },
        "yAxis": {
            "type": "value",
            "min": 0,
            "max": 1,
            "interval": 0.25,
            "axisLabel": {"color": INK_3, "formatter": "format:percent"},
            "splitLine": {"lineStyle": {"color": LINE}},
        },
        "series": [
            {
                "type": "line",
                "name": _("把握"),
                "data": data + [None] * (len(days) - len(data)),
                "symbol": "circle",
                "symbolSize": 4,
                "lineStyle": {"color": PRIMARY, "width": 2},
                "itemStyle": {"color": PRIMARY},
                "markArea": {
                    "silent": True,
                    "data": [_area(0, RED, "bad"), _area(RED, YELLOW, "warn")],
                },
                "markLine": {
                    "symbol": "none",
                    "silent": True,
                    "data": [
                        _line(RED, _("红"), "bad"),
                        _line(YELLOW, _("黄"), "warn"),
                        _line(RECOVERED, _("恢复"), "ink-3"),
                    ],
                },
            }
        ],
    }


def _area(low: float, high: float, tone: str) -> list[dict[str, Any]]:
    style = {"color": f"token:{tone}-weak", "opacity": 0.7}
    return [{"yAxis": low, "itemStyle": style}, {"yAxis": high}]


def _line(at: float, word: str, tone: str) -> dict[str, Any]:
    label = {"formatter": word, "position": "end", "color": f"token:{tone}", "fontSize": 12}
    return {
        "yAxis": at,
        "lineStyle": {"color": f"token:{tone}", "type": "dotted", "width": 1},
        "label": label,
    }
