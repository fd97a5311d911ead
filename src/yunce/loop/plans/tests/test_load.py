"""Capacity, load and buffer: the numbers of DOMAIN §3, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from yunce.kit.months import Month
from yunce.kit.timing import Timing
from yunce.loop.plans.load import (
    NOBODY,
    Filled,
    Fullness,
    Work,
    asked_between,
    days_of,
    filled,
    spread,
    tenths,
    weeks_of,
)

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2025, 5, number) for number in range(12, 19))


def is_workday(day: date) -> bool:
    return day.weekday() < 5


def test_minutes_between_two_days_are_those_that_are_spread() -> None:
    works = [
        Work((1, 2), 90, (MON, TUE, SAT)),  # two people × 90 × 2 of 3 days = 120
        Work((), 50, (WED,)),  # nobody's: 50
        Work((1,), 40, (SAT, SUN)),  # outside
        Work((1,), 30, ()),  # no day
    ]
    inside = [m for (_person, day), m in spread(works).items() if MON <= day <= FRI]
    assert asked_between(works, MON, FRI) == sum(inside) == 170


@pytest.mark.parametrize(
    ("planned", "capacity", "percent", "fullness"),
    [
        (802, 912, 12, Fullness.WANTED),  # 1 − 802 ÷ 912 = 12.06 %
        (90, 100, 10, Fullness.WANTED),
        (85, 100, 15, Fullness.WANTED),
        (904, 1000, 9, Fullness.TIGHT),  # 9.6 % is not 10 %
        (80, 100, 20, Fullness.EASY),
        (75, 100, 25, Fullness.EASY),
        (74, 100, 26, Fullness.ROOM),
        (104, 100, -4, Fullness.OVER),
        (0, 40, 100, Fullness.ROOM),
        (4, 0, None, Fullness.OVER),
        (0, 0, None, Fullness.OFF),
    ],
)
def test_buffer_is_what_is_not_planned_of_the_capacity(
    planned: int, capacity: int, percent: int | None, fullness: Fullness
) -> None:
    stretch = Filled(Fraction(planned), Fraction(capacity))
    assert (stretch.percent, stretch.fullness) == (percent, fullness)


def test_a_span_is_worked_on_its_working_days() -> None:
    assert days_of(Timing(FRI, date(2025, 5, 20)), is_workday) == (
        FRI,
        date(2025, 5, 19),
        date(2025, 5, 20),
    )


def test_a_livestream_on_a_saturday_is_worked_on_it() -> None:
    assert days_of(Timing(nodes=(SAT,)), is_workday) == (SAT,)
    assert days_of(Timing(SAT, SUN), is_workday) == (SAT, SUN)


def test_a_deadline_says_nothing_of_the_days_before_it() -> None:
    assert days_of(Timing(None, FRI), is_workday) == ()
    assert days_of(Timing(MON, None), is_workday) == ()


def test_work_is_spread_evenly_for_each_of_its_people() -> None:
    asked = spread(
        [Work((1, 2), 300, (MON, TUE, WED)), Work((1,), 60, (MON,)), Work((), 30, (MON,))]
    )
    assert asked[1, MON] == 160  # 300 ÷ 3 + 60
    assert asked[2, WED] == 100
    assert asked[NOBODY, MON] == 30


def test_thirds_of_hours_add_up_to_the_whole() -> None:
    hours = {1: dict.fromkeys((MON, TUE, WED), Decimal(8))}
    week = filled(
        spread([Work((1,), 1296, (MON, TUE, WED))]), hours, person=1, days=(MON, TUE, WED)
    )
    assert (week.planned, week.capacity) == (
        Fraction(108, 5),
        Fraction(24),
    )  # 21.6 of 24 hours: 10 %
    assert week.fullness is Fullness.WANTED


def test_a_day_of_leave_has_no_capacity() -> None:
    hours = {1: {MON: Decimal(0), TUE: Decimal("7.5")}}
    both = filled(spread([Work((1,), 120, (MON,))]), hours, person=1, days=(MON, TUE))
    assert (both.hours, both.available, both.percent) == (Decimal(2), Decimal("7.5"), 73)


def test_hours_are_shown_half_up() -> None:
    assert (tenths(Fraction(1, 20)), tenths(Fraction(1, 3))) == (Decimal("0.1"), Decimal("0.3"))


def test_weeks_end_with_the_month() -> None:
    assert weeks_of(Month(2025, 6))[0] == (date(2025, 6, 1), date(2025, 6, 1))  # a Sunday
    assert weeks_of(Month(2025, 6))[-1] == (date(2025, 6, 30), date(2025, 6, 30))
