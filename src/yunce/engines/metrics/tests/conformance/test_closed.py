"""Closed days keep the numbers of their closing, whatever is asked around them."""

from __future__ import annotations

from datetime import date
from math import isnan

import pytest

from yunce.engines.metrics import Closed, FactStore, MetricQuery
from yunce.engines.metrics.tests.stage import MAY, TEAM, ask, fact

MAY_CLOSED = Closed(date(2025, 5, 1), date(2025, 5, 31), 2)
APRIL_CLOSED = Closed(date(2025, 4, 1), date(2025, 4, 30), 1)


@pytest.fixture
def restated(store: FactStore) -> FactStore:
    """Batch 3 changes 1 May from 10 to 12, adds 3 May, and batch 2 changed April's 7 to 9."""
    april, june = date(2025, 4, 30), date(2025, 6, 1)
    store.write(
        1,
        [
            fact("reads", 1, 10),
            fact("reads", 2, 20),
            fact("total_followers", 2, 500),
            fact("reads", 1, 7)._replace(day=april),
        ],
    )
    store.write(2, [fact("reads", 1, 9)._replace(day=april)])
    store.write(
        3,
        [
            fact("reads", 1, 12),
            fact("reads", 2, 20),
            fact("reads", 3, 5),
            fact("total_followers", 3, 510),
            fact("reads", 1, 100)._replace(day=june),
        ],
    )
    return store


def test_a_closed_month_answers_as_of_its_closing(restated: FactStore) -> None:
    answer = ask(restated, "reads", "total_followers", closed=(MAY_CLOSED,))
    assert (answer.value("reads"), answer.value("total_followers")) == (30, 500)
    row = answer.row("reads")
    assert row is not None
    assert row.covered_days == 2


def test_each_month_is_read_as_of_its_own_closing(restated: FactStore) -> None:
    query = MetricQuery(
        TEAM,
        ("reads",),
        date(2025, 4, 1),
        date(2025, 6, 30),
        by=("month",),
        closed=(APRIL_CLOSED, MAY_CLOSED),
    )
    found = restated.answer(query)
    values = [(row.group[0], row.value) for row in found.rows]
    assert values == [("2025-04", 7), ("2025-05", 30), ("2025-06", 100)]


def test_a_period_is_the_sum_of_its_months(restated: FactStore) -> None:
    days = date(2025, 4, 1), date(2025, 6, 30)
    query = MetricQuery(TEAM, ("reads",), *days, closed=(APRIL_CLOSED, MAY_CLOSED))
    assert restated.answer(query).value("reads") == 137  # 7 + 30 + 100


def test_what_it_is_compared_with_keeps_its_closing_too(restated: FactStore) -> None:
    closed = (APRIL_CLOSED, MAY_CLOSED)
    before = ask(restated, "reads", closed=closed, compare="previous").before
    assert before is not None
    assert before.value("reads") == 7


def test_a_closing_elsewhere_changes_nothing(restated: FactStore) -> None:
    assert ask(restated, "reads", closed=(APRIL_CLOSED,)).value("reads") == 37


def test_rows_of_closed_days_are_those_of_then(restated: FactStore) -> None:
    found = restated.rows(metric="reads", closed=(MAY_CLOSED,), **MAY)
    assert [(row.day.day, row.value, row.batch) for row in found] == [(1, 10, 1), (2, 20, 1)]


def test_coverage_of_closed_days_is_that_of_then(restated: FactStore) -> None:
    assert restated.coverage(closed=(MAY_CLOSED,), **MAY) == {
        1: {date(2025, 5, 1), date(2025, 5, 2)}
    }


def test_what_changed_since_is_listed_with_the_old_value(restated: FactStore) -> None:
    found = restated.revised(team=TEAM, closed=MAY_CLOSED, limit=10)
    told = [
        (each.row.metric, each.row.day.day, each.old, each.old_batch, each.row.value)
        for each in found
    ]
    assert told == [
        ("reads", 3, None, None, 5),
        ("total_followers", 3, None, None, 510),
        ("reads", 1, 10, 1, 12),
    ]
    assert restated.revised_count(team=TEAM, closed=MAY_CLOSED) == 3


def test_what_changed_since_can_be_asked_of_some_metrics(restated: FactStore) -> None:
    asked = {"team": TEAM, "closed": MAY_CLOSED, "metrics": ["total_followers", "likes"]}
    assert restated.revised_count(**asked) == 1  # type: ignore[arg-type]
    assert len(restated.revised(limit=10, **asked)) == 1  # type: ignore[arg-type]
    assert restated.revised_count(team=TEAM, closed=MAY_CLOSED, metrics=[]) == 0


def test_an_undone_change_is_no_change_since(restated: FactStore) -> None:
    restated.erase(3)
    assert restated.revised_count(team=TEAM, closed=MAY_CLOSED) == 0


def test_days_emptied_before_the_closing_are_not_covered(store: FactStore) -> None:
    store.write(1, [fact("likes", 5, 7), fact("likes", 6, 3)])
    store.take_back(2, [fact("likes", 5, 7).key])
    store.write(3, [fact("likes", 5, 9)])
    covered = {1: {date(2025, 5, 6)}}
    assert store.coverage(closed=(MAY_CLOSED,), **MAY) == covered


def test_days_emptied_after_the_closing_are(store: FactStore) -> None:
    store.write(2, [fact("likes", 5, 7)])
    store.take_back(3, [fact("likes", 5, 7).key])
    assert store.coverage(**MAY) == {}
    assert store.coverage(closed=(MAY_CLOSED,), **MAY) == {1: {date(2025, 5, 5)}}


def test_emptied_open_days_beside_a_closed_month_are_not_covered(store: FactStore) -> None:
    store.write(1, [fact("likes", 5, 7), fact("likes", 6, 3, segment="channel=扫码")])
    store.take_back(2, [fact("likes", 5, 7).key])
    assert store.coverage(closed=(APRIL_CLOSED,), **MAY) == {}


def test_what_was_taken_back_since_is_listed_with_the_old_value(store: FactStore) -> None:
    likes, reads, never = fact("likes", 5, 0), fact("reads", 5, 4), fact("saves", 5, 1)
    store.write(2, [likes, reads])
    store.take_back(3, [likes.key, never.key])
    (found,) = store.revised(team=TEAM, closed=MAY_CLOSED, limit=10)
    assert (found.row.key, found.row.batch) == (likes.key, 3)
    assert isnan(found.row.value)
    assert (found.old, found.old_batch) == (0, 2)
    assert store.revised_count(team=TEAM, closed=MAY_CLOSED) == 1


def test_what_was_emptied_at_the_closing_and_is_still_is_no_change(store: FactStore) -> None:
    store.write(1, [fact("likes", 5, 7)])
    for batch in (2, 3):
        store.take_back(batch, [fact("likes", 5, 7).key])
    assert store.revised(team=TEAM, closed=MAY_CLOSED, limit=10) == []
    assert store.revised_count(team=TEAM, closed=MAY_CLOSED) == 0


def test_what_is_told_anew_where_it_was_emptied_is_a_change(store: FactStore) -> None:
    store.write(1, [fact("likes", 5, 7)])
    store.take_back(2, [fact("likes", 5, 7).key])
    store.write(3, [fact("likes", 5, 9)])
    (found,) = store.revised(team=TEAM, closed=MAY_CLOSED, limit=10)
    assert (found.row.value, found.old) == (9, None)
