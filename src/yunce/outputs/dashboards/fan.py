"""The fan of a goal's chart: what each day to come may stand at, from the last day known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from yunce.kit.wording import gettext as _
from yunce.loop.goals.queries.prospects import FanDay

OUTER = Decimal("1.3")  # × the inner band, as far as the axis follows the outer one
LEVELS = ("lowest", "low", "middle", "high", "highest")
Range = Mapping[str, Decimal]  # LEVELS → value


@dataclass(frozen=True)
class Fan:
    """Day → its range; the last day known is where it opens."""

    days: Mapping[date, Range] = field(default_factory=dict)

    @property
    def top(self) -> Decimal:
        """Room for the outer band, unless it would press everything else flat."""
        inner = max((told["high"] for told in self.days.values()), default=Decimal(0))
        outer = max((told["highest"] for told in self.days.values()), default=Decimal(0))
        return min(outer, inner * OUTER) if inner > 0 else inner

    @property
    def bottom(self) -> Decimal | None:
        return min((told["low"] for told in self.days.values()), default=None)


def fan_of(told: Sequence[FanDay], known: Mapping[date, Decimal]) -> Fan:
    """Between the days that were forecast straight lines; nothing when nothing was."""
    if not told:
        return Fan()
    before = [day for day in known if day < told[0].day]
    start = _flat(max(before), known) if before else None
    knots = [*([start] if start else []), *((each.day, _range(each)) for each in told)]
    days: dict[date, Range] = {knots[0][0]: knots[0][1]}
    for (first, one), (last, other) in pairwise(knots):
        many = (last - first).days
        for step in range(1, many + 1):
            day = date.fromordinal(first.toordinal() + step)
            share = Decimal(step) / many
            days[day] = {
                level: one[level] + (other[level] - one[level]) * share for level in LEVELS
            }
    return Fan(days)


def _flat(day: date, known: Mapping[date, Decimal]) -> tuple[date, Range]:
    return day, dict.fromkeys(LEVELS, known[day])


def _range(told: FanDay) -> Range:
    return {level: getattr(told, level) for level in LEVELS}


def fan_lines(fan: Fan, days: Sequence[date], *, label: str, tone: str) -> list[dict[str, Any]]:
    """Two bands and the median, as series over the chart's days; ``label`` at the month's end."""
    if not fan.days:
        return []
    color = f"token:{tone or 'primary'}"
    return [
        *_band(fan, days, ("lowest", "highest"), name=_("95% 区间"), color=color, opacity=0.08),
        *_band(fan, days, ("low", "high"), name=_("80% 区间"), color=color, opacity=0.16),
        _middle(fan, days, label=label, color=color),
    ]


def _band(
    fan: Fan,
    days: Sequence[date],
    levels: tuple[str, str],
    *,
    name: str,
    color: str,
    opacity: float,
) -> list[dict[str, Any]]:
    """An unseen line below and the room above it: ECharts stacks the two."""
    low, high = levels
    lower = [_float(fan, day, low) for day in days]
    room = [
        None if day not in fan.days else float(fan.days[day][high] - fan.days[day][low])
        for day in days
    ]
    common = {
        "type": "line",
        "stack": low,
        "stackStrategy": "all",
        "symbol": "none",
        "silent": True,
        "tooltip": {"show": False},
        "lineStyle": {"opacity": 0},
    }
    area = {"color": color, "opacity": opacity}
    return [
        {**common, "data": lower},
        {**common, "name": name, "data": room, "areaStyle": area},
    ]


def _middle(fan: Fan, days: Sequence[date], *, label: str, color: str) -> dict[str, Any]:
    data: list[Any] = [_float(fan, day, "middle") for day in days]
    last = max(at for at, value in enumerate(data) if value is not None)
    data[last] = {
        "value": data[last],
        "symbol": "circle",
        "symbolSize": 7,
        "label": {
            "show": True,
            "formatter": label,
            "position": "left",
            "color": color,
            "fontWeight": 600,
            "distance": 10,
            "textBorderColor": "token:surface",
            "textBorderWidth": 3,
        },
    }
    return {
        "type": "line",
        "name": _("预测"),
        "data": data,
        "symbol": "none",
        "lineStyle": {"color": color, "width": 2, "type": "dashed"},
        "itemStyle": {"color": color},
    }


def _float(fan: Fan, day: date, level: str) -> float | None:
    return float(fan.days[day][level]) if day in fan.days else None
