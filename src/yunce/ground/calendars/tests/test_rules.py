"""Spans and hours, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yunce.ground.calendars.rules import Away, Terms, hours_by_day, span_problem, terms_problem

MONDAY, TUESDAY, WEDNESDAY = date(2025, 5, 12), date(2025, 5, 13), date(2025, 5, 14)
DAYS = (MONDAY, TUESDAY, WEDNESDAY)


def test_hours_are_days_times_hours_times_share() -> None:
    hours = hours_by_day(DAYS, Terms(Decimal("7.5"), Decimal("0.8")), [])
    assert hours == dict.fromkeys(DAYS, Decimal("6.00"))


def test_leave_takes_the_whole_day_or_half_of_it() -> None:
    leaves = [Away(MONDAY, MONDAY), Away(TUESDAY, TUESDAY, is_half=True)]
    assert [*hours_by_day(DAYS, Terms(), leaves).values()] == [0, 4, 8]


def test_two_halves_make_a_whole_and_never_more() -> None:
    leaves = [Away(MONDAY, TUESDAY, is_half=True), Away(MONDAY, MONDAY, is_half=True)]
    assert [*hours_by_day(DAYS, Terms(), [*leaves, Away(MONDAY, MONDAY)]).values()] == [0, 4, 8]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (TUESDAY, MONDAY, "早于"),
        (date(1999, 1, 1), MONDAY, "2009"),
        (date(2025, 1, 1), date(2026, 3, 1), "366"),
        (MONDAY, MONDAY, ""),
    ],
)
def test_a_span_is_checked(first: date, last: date, words: str) -> None:
    problem = span_problem(first, last)
    assert words in problem
    assert bool(problem) == bool(words)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(Decimal(25)), "24"),
        (Terms(Decimal(-1)), "24"),
        (Terms(share=Decimal("1.2")), "100%"),
        (Terms(), ""),
    ],
)
def test_terms_are_checked(terms: Terms, words: str) -> None:
    assert words in terms_problem(terms)
    assert bool(terms_problem(terms)) == bool(words)
