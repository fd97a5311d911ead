"""What a task's days ask for: the next one, overdue or not, and where it stands in the list."""

from __future__ import annotations

from datetime import date

from yunce.loop.plans.rules import Timing, asks_for, is_overdue, next_day, urgency


def day(number: int, month: int = 5) -> date:
    return date(2025, month, number)


def test_next_day_is_the_first_not_past() -> None:
    timing = Timing(nodes=(day(10), day(20), day(30)))
    assert next_day(timing, day(20)) == day(20)
    assert next_day(timing, day(31)) is None


def test_only_unfinished_dated_tasks_are_overdue() -> None:
    timing = Timing(nodes=(day(10),))
    assert is_overdue(timing, day(11), done=False)
    assert not is_overdue(timing, day(10), done=False)
    assert not is_overdue(timing, day(11), done=True)
    assert not is_overdue(Timing(), day(11), done=False)


def test_a_span_asks_for_work_on_each_of_its_days() -> None:
    assert asks_for(Timing(day(1), day(31)), day(15))
    assert not asks_for(Timing(day(1), day(10)), day(15))
    assert not asks_for(Timing(nodes=(day(10), day(20))), day(15))


def test_list_goes_overdue_next_undated_done() -> None:
    today = day(15)
    keys = [
        urgency(Timing(nodes=(day(10),)), today, done=False).key,
        urgency(Timing(nodes=(day(10), day(16))), today, done=False).key,
        urgency(Timing(day(1), day(31)), today, done=False).key,
        urgency(Timing(), today, done=False).key,
        urgency(Timing(nodes=(day(16),)), today, done=True).key,
    ]
    assert keys == sorted(keys)
