"""Marketing days fall where wall calendars say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from yunce.engines.calendars import MarkError, marks_between
from yunce.engines.calendars.marks import _rules, place


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("母亲节", date(2025, 5, 11), date(2025, 5, 11)),
        ("父亲节", date(2025, 6, 15), date(2025, 6, 15)),
        ("七夕", date(2025, 8, 29), date(2025, 8, 29)),
        ("中秋", date(2025, 10, 6), date(2025, 10, 6)),
        ("清明", date(2025, 4, 4), date(2025, 4, 4)),
        ("除夕", date(2026, 2, 16), date(2026, 2, 16)),
        ("感恩节", date(2025, 11, 27), date(2025, 11, 27)),
        ("黑色星期五", date(2025, 11, 28), date(2025, 11, 28)),
        ("双11", date(2025, 10, 20), date(2025, 11, 11)),
        ("年货节", date(2026, 1, 19), date(2026, 2, 9)),
    ],
)
def test_a_mark_falls_on_its_days(name: str, first: date, last: date) -> None:
    mark = place(name, _rules()[name], 2025)
    assert mark is not None
    assert (mark.first, mark.last) == (first, last)


def test_every_entry_can_be_placed_in_every_year() -> None:
    placed = [
        place(name, rule, year) for year in range(2015, 2060) for name, rule in _rules().items()
    ]
    assert all(mark is not None for mark in placed)


def test_may_2025_shows_its_days_in_order() -> None:
    names = [mark.name for mark in marks_between(date(2025, 5, 1), date(2025, 5, 31))]
    assert names == ["劳动节", "青年节", "母亲节", "520", "618", "端午"]


def test_a_season_is_found_from_its_middle() -> None:
    names = {mark.name for mark in marks_between(date(2025, 11, 3), date(2025, 11, 3))}
    assert names == {"双11"}


def test_a_season_over_the_turn_of_the_year_is_found_from_both_sides() -> None:
    # lunar 2022-12-29 is 2023-01-20; the season runs from 2022-12-23 to 2023-01-13
    for day in (date(2022, 12, 24), date(2023, 1, 5)):
        assert "年货节" in {mark.name for mark in marks_between(day, day)}


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "festival"},
        {"kind": "festival", "date": "05-20", "term": "清明"},
        {"kind": "feast", "date": "05-20"},
        {"kind": "festival", "date": "13-40"},
        {"kind": "festival", "date": "05-20", "to": "05-10"},
        {"kind": "festival", "date": "05-20", "colour": "red"},
        {"kind": "festival", "weekday": {"month": 5}},
    ],
)
def test_a_bad_entry_is_refused_by_name(rule: Mapping[str, Any]) -> None:
    with pytest.raises(MarkError, match="店庆"):
        place("店庆", rule, 2025)
