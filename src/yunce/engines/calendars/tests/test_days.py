"""Working days: statutory holidays, days worked in exchange, the team's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yunce.engines.calendars import Calendar, DayKind, OwnDay, is_announced
from yunce.engines.calendars.statutory import _by_law, statutory


@pytest.mark.parametrize(
    ("day", "kind", "holiday"),
    [
        (date(2025, 4, 27), DayKind.MAKEUP, "劳动节"),  # a Sunday worked for May Day
        (date(2025, 5, 1), DayKind.HOLIDAY, "劳动节"),
        (date(2025, 5, 5), DayKind.HOLIDAY, "劳动节"),
        (date(2025, 5, 6), DayKind.WORKDAY, ""),
        (date(2025, 5, 10), DayKind.WEEKEND, ""),
        (date(2025, 5, 31), DayKind.HOLIDAY, "端午"),
    ],
)
def test_may_2025_is_as_announced(day: date, kind: DayKind, holiday: str) -> None:
    found = Calendar().day(day)
    assert (found.kind, found.holiday) == (kind, holiday)


def test_may_2025_has_nineteen_workdays() -> None:
    # 31 days − 9 weekend days − 1, 2 and 5 May; 31 May is a Saturday already
    assert len(Calendar().workdays(date(2025, 5, 1), date(2025, 5, 31))) == 19


def test_a_year_not_announced_yet_keeps_to_the_law() -> None:
    assert not is_announced(2031)
    assert statutory(date(2031, 10, 3)).holiday == "国庆节"
    assert Calendar().day(date(2031, 10, 4)).kind is DayKind.WEEKEND  # a Saturday
    assert Calendar().day(date(2031, 10, 6)).kind is DayKind.WORKDAY  # nobody knows of an exchange
    assert not Calendar().day(date(2031, 10, 6)).is_announced


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_law_agrees_with_what_was_announced(year: int) -> None:
    assert all(statutory(day).is_rest for day in _by_law(year))
    assert {statutory(day).holiday for day in _by_law(year)} >= {"春节", "清明", "端午", "国庆节"}


def test_the_teams_own_days_come_first() -> None:
    own = [
        OwnDay(date(2025, 5, 3), date(2025, 5, 4), "值班", works=True),
        OwnDay(date(2025, 5, 8), date(2025, 5, 8), "团建", works=False),
        OwnDay(date(2025, 5, 9), date(2025, 5, 9), "新品发布"),
    ]
    calendar = Calendar(own)
    kinds = [day.kind for day in calendar.days(date(2025, 5, 3), date(2025, 5, 9))]
    assert kinds == [
        DayKind.MAKEUP,
        DayKind.MAKEUP,
        DayKind.HOLIDAY,
        DayKind.WORKDAY,
        DayKind.WORKDAY,
        DayKind.HOLIDAY,
        DayKind.WORKDAY,
    ]
    assert [mark.name for mark in calendar.day(date(2025, 5, 9)).marks] == ["新品发布"]


def test_a_span_that_ends_before_it_starts_has_no_days() -> None:
    today = date(2025, 5, 1)
    assert Calendar().workdays(today, today - timedelta(days=3)) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2025, 8, 29), "初七"), (date(2025, 5, 27), "五月"), (date(2025, 8, 7), "立秋")],
)
def test_a_day_carries_its_lunar_words(day: date, words: str) -> None:
    assert Calendar().day(day).lunar == words
