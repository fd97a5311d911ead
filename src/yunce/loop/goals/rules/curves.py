"""A goal's plan curve: what each day should bring, and what should be there by a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from yunce.engines.calendars import Day, MarkKind
from yunce.engines.targets import by_week, shared_out, spread
from yunce.engines.targets import expected_by as expected_of
from yunce.kit.numbers import Unit, format_value
from yunce.kit.wording import gettext as _

EVEN, CALENDAR, HAND = "even", "calendar", "hand"
REST_DAY = Decimal("0.5")  # against 1 for a working day
BIG_DAY = Decimal("1.5")  # 大促 and the team's own marks, on top
BIG = (MarkKind.PROMOTION, MarkKind.TEAM)


def weight_of(day: Day) -> Decimal:
    """A rest day counts half, a promotion or a day the team marked half as much again."""
    base = Decimal(1) if day.is_work else REST_DAY
    return base * BIG_DAY if any(mark.kind in BIG for mark in day.marks) else base


@dataclass(frozen=True)
class Curve:
    """A month's target over its days; fixed days keep what was written, the others share the rest.

    >>> days = {date(2025, 5, number): Decimal(1) for number in (1, 2, 3)}
    >>> curve = Curve(Decimal(900), days, {date(2025, 5, 1): Decimal(500)})
    >>> curve.expected_by(date(2025, 5, 2))
    Decimal('700')
    """

    whole: Decimal
    weights: Mapping[date, Decimal]
    fixed: Mapping[date, Decimal]

    @cached_property
    def free(self) -> dict[date, Decimal]:
        return {day: weight for day, weight in self.weights.items() if day not in self.fixed}

    @property
    def written(self) -> Decimal:
        return sum(self.fixed.values(), Decimal(0))

    @property
    def rest(self) -> Decimal:
        """What the free days share; never below nothing, when must was lowered afterwards."""
        return max(self.whole - self.written, Decimal(0))

    @property
    def is_open(self) -> bool:
        return sum(self.free.values(), Decimal(0)) > 0

    def days(self, step: Decimal) -> dict[date, Decimal]:
        shared = spread(self.rest, self.free, step=step) if self.is_open else {}
        return {day: self.fixed.get(day, shared.get(day, Decimal(0))) for day in self.weights}

    def weeks(self, step: Decimal) -> dict[date, Decimal]:
        return by_week(self.days(step))

    def expected_by(self, until: date) -> Decimal:
        """Not rounded, for pace."""
        sure = sum((amount for day, amount in self.fixed.items() if day <= until), Decimal(0))
        return sure + (expected_of(self.rest, self.free, until) if self.is_open else Decimal(0))


def week_days(
    curve: Curve, days: Iterable[date], amount: Decimal, step: Decimal
) -> dict[date, Decimal]:
    """A week's amount over its days as they weigh; evenly where they weigh nothing."""
    weights = {day: curve.weights[day] for day in days}
    if not any(weights.values()):
        weights = dict.fromkeys(weights, Decimal(1))
    return shared_out(amount, weights, step=step)


def curve_problem(curve: Curve, fixed: Mapping[date, Decimal], unit: Unit) -> str:
    """Why these days cannot be fixed so, in a sentence; empty when they can."""
    if any(amount < 0 for amount in fixed.values()):
        return _("一天的计划不能是负数。")
    written = sum(fixed.values(), Decimal(0))
    if written > curve.whole:
        return _("写定的几天加起来 {written}，超过必达 {whole}。请先改小，或先改目标。").format(
            written=format_value(written, unit), whole=format_value(curve.whole, unit)
        )
    if written < curve.whole and not set(curve.weights) - set(fixed):
        return _("每天都写定了，合计 {written}，不到必达 {whole}。请留一天由系统分。").format(
            written=format_value(written, unit), whole=format_value(curve.whole, unit)
        )
    return ""
