"""What earlier months say of a target: best, median, how often it would have been hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from yunce.engines.metrics import Direction
from yunce.kit.months import Month
from yunce.kit.numbers import Unit, format_value, round_half_up
from yunce.kit.wording import gettext as _
from yunce.loop.goals.rules import reaches

MONTHS = 12
ENOUGH = 3  # months with numbers; fewer say nothing about how far is far
REACH = Decimal("1.2")  # beyond the best month by more than this is out of reach
UPPER = Decimal("0.75")  # the better quarter of months


@dataclass(frozen=True)
class PastMonth:
    """A month as the metric's own rule counts it: flows summed, levels last, rates Σ ÷ Σ."""

    month: Month
    value: Decimal | None  # None: no numbers
    covered: int = 0  # days with numbers
    days: int = 31
    is_running: bool = False  # not over yet: no month to compare with

    @property
    def lacking(self) -> int:
        return max(self.days - self.covered, 0)


@dataclass(frozen=True)
class History:
    """The twelve months before a goal's, the oldest first."""

    months: tuple[PastMonth, ...]
    direction: Direction = Direction.HIGHER

    @property
    def known(self) -> tuple[Decimal, ...]:
        return tuple(
            each.value for each in self.months if each.value is not None and not each.is_running
        )

    @property
    def missing(self) -> tuple[Month, ...]:
        return tuple(each.month for each in self.months if each.value is None)

    @property
    def last(self) -> Decimal | None:
        """The month before; of a month still running nothing."""
        newest = self.months[-1] if self.months else None
        return None if newest is None or newest.is_running else newest.value

    @property
    def last_year(self) -> Decimal | None:
        """The same month a year ago: the oldest of twelve."""
        return self.months[0].value if len(self.months) == MONTHS else None

    @property
    def best(self) -> Decimal | None:
        pick = max if self.direction is Direction.HIGHER else min
        return pick(self.known) if self.known else None

    @property
    def median(self) -> Decimal | None:
        return median(self.known) if self.known else None

    def hits(self, target: Decimal) -> int:
        """How many of the months with numbers would have reached the target."""
        return sum(reaches(value, target, self.direction) for value in self.known)


def upper(values: Sequence[Decimal], direction: Direction) -> Decimal:
    """What the better quarter of months reached, between two months in proportion.

    >>> upper([Decimal(8), Decimal(10), Decimal(12), Decimal(14)], Direction.HIGHER)
    Decimal('12.50')
    """
    ordered = sorted(values, reverse=direction is Direction.LOWER)
    place = UPPER * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def reach_words(history: History, must: Decimal, unit: Unit) -> str:
    """「跳一跳够得着」: is the target too low, within reach, or out of reach?"""
    if len(history.known) < ENOUGH:
        return _("有数的月份不到 {few} 个，还看不出够不够得着。").format(few=ENOUGH)
    best, middle = history.best, history.median
    assert best is not None  # noqa: S101  there are months
    assert middle is not None  # noqa: S101
    tries = upper(history.known, history.direction)
    shown = format_value(round_half_up(tries, 4 if unit is Unit.PERCENT else 0), unit)
    if is_out_of_reach(history, must):
        return _("比最好的一个月（{best}）还难不少，可能够不着。可以先定 {near}。").format(
            best=format_value(best, unit), near=shown
        )
    if reaches(middle, must, history.direction):
        return _("一半以上的月份都达到过，可以再跳高一点，例如 {near}。").format(near=shown)
    if reaches(best, must, history.direction):
        return _("高于一般月份，没有超过最好成绩：跳一跳够得着。")
    return _("比最好的一个月略高：要用力跳，够得着也不轻松。")


def is_out_of_reach(history: History, must: Decimal) -> bool:
    best = history.best
    if best is None or len(history.known) < ENOUGH:
        return False
    limit = best * REACH if history.direction is Direction.HIGHER else best / REACH
    return not reaches(limit, must, history.direction)
