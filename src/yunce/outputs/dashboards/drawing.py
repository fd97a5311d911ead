"""What a goal's chart draws: its days, its values, how high and from where its axis goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property

from yunce.kit.months import Month
from yunce.kit.numbers import Unit
from yunce.loop.goals.rules import accumulates, expected_by
from yunce.outputs.dashboards.fan import Fan
from yunce.outputs.dashboards.goal_rows import GoalRow, running

HEADROOM = Decimal("1.12")
NEAR = Decimal("1.005")  # of a cut axis, whose lines need less room
STEPS = 4
CUT_FROM = Decimal("0.4")  # lowest ÷ highest above which an axis from 0 would hide everything


@dataclass(frozen=True)
class Axis:
    """A value axis that does not begin at 0."""

    bottom: float
    top: float
    step: float


@dataclass(frozen=True)
class Drawing:
    """A goal's month. ``track``: a level's or a rate's month so far, instead of single days."""

    row: GoalRow
    month: Month
    as_of: date
    fan: Fan = field(default_factory=Fan)
    track: Mapping[date, Decimal] | None = None

    @cached_property
    def days(self) -> list[date]:
        return list(self.month.days())

    @property
    def accumulates(self) -> bool:
        return self.row.progress.accumulates

    @property
    def is_tracked(self) -> bool:
        return self.track is not None and not self.accumulates

    def values(self, days: Sequence[date]) -> list[Decimal | None]:
        if self.accumulates:
            return running(self.row.progress, days)
        held = self.track if self.track is not None else self.row.progress.series
        return [held.get(day) for day in days]

    def expected(self, day: date) -> Decimal:
        """What the plan's curve wants by the end of a day."""
        progress = self.row.progress
        if progress.curve is not None and accumulates(progress.metric.kind):
            return progress.curve.expected_by(day)
        return expected_by(
            progress.goal.must,
            elapsed=day.day,
            days=self.month.day_count,
            kind=progress.metric.kind,
        )

    def plain(self, value: Decimal) -> float:
        return float(self.row.amounts.rounded(value))

    @cached_property
    def _heights(self) -> list[Decimal]:
        goal, progress = self.row.progress.goal, self.row.progress
        heights = [goal.must, goal.stretch or goal.must, progress.actual or Decimal(0)]
        if not self.accumulates:
            shown = [day for day in self.days if day <= self.as_of]
            heights += [value for value in self.values(shown) if value is not None]
        return heights

    @cached_property
    def top(self) -> float:
        """Room above the highest line; daily values may stand higher than any target."""
        if self.axis is not None:
            return self.axis.top
        highest = max(*self._heights, self.fan.top)
        top = _rounded_up(highest * HEADROOM) if highest > 0 else 1.0
        is_share = self.row.progress.metric.unit is Unit.PERCENT and highest <= 1
        return min(top, 1.0) if is_share else top

    @cached_property
    def axis(self) -> Axis | None:
        """A cut axis, where one from 0 would hide everything; what accumulates has none."""
        if not self.is_tracked:
            return None
        told = [value for value in self._heights if value > 0]
        told += [self.fan.bottom] if self.fan.bottom is not None else []
        lowest, highest = min(told, default=Decimal(0)), max([*told, self.fan.top])
        if lowest <= 0 or lowest < CUT_FROM * highest:
            return None
        return _cut(lowest, highest)


def _cut(lowest: Decimal, highest: Decimal) -> Axis | None:
    """Whole steps of 1, 2 or 5 below and above; None when that reaches 0 anyway."""
    span = (highest - lowest) or lowest / 10
    rough = span / STEPS
    unit = Decimal(10) ** rough.adjusted()
    step = next(unit * size for size in (1, 2, 5, 10) if unit * size >= rough)
    bottom = (lowest / step).to_integral_value(rounding=ROUND_FLOOR) * step
    if bottom == lowest:
        bottom -= step
    top = ((highest * NEAR) / step).to_integral_value(rounding=ROUND_CEILING) * step
    return Axis(float(bottom), float(top), float(step)) if bottom > 0 else None


def _rounded_up(value: Decimal) -> float:
    """A plain first digit or half of it: 16,800 → 20,000; 0.103 → 0.15."""
    step = Decimal(10) ** value.adjusted() / 2
    return float((value / step).to_integral_value(rounding=ROUND_CEILING) * step)
