"""Rows, coverage and newest days: what is there, and of whom."""

from __future__ import annotations

from datetime import date

from yunce.engines.metrics import FactStore
from yunce.engines.metrics.tests.stage import MAY, TEAM, ask, fact


def test_rows_open_a_number_to_its_batches(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10), fact("likes", 1, 1)])
    store.write(2, [fact("reads", 2, 20), fact("reads", 2, 5, account=2)])
    found = store.rows(account=1, metric="reads", **MAY)
    assert [(row.day.day, row.value, row.batch) for row in found] == [(1, 10, 1), (2, 20, 2)]


def test_rows_keep_to_their_days_and_team(store: FactStore) -> None:
    outside = [
        fact("reads", 1, 1)._replace(day=date(2025, 6, 1)),
        fact("reads", 1, 1)._replace(team=2),
    ]
    store.write(1, outside)
    assert store.rows(**MAY) == []


def test_coverage_counts_days_with_whole_or_post_facts(store: FactStore) -> None:
    facts = [
        *(fact("reads", 1, 10), fact("post_views", 3, 5, post=7)),
        *(fact("reads", 2, 4, segment="channel=朋友圈"), fact("reads", 9, 1, account=2)),
    ]
    store.write(1, facts)
    assert store.coverage(**MAY) == {
        1: {date(2025, 5, 1), date(2025, 5, 3)},
        2: {date(2025, 5, 9)},
    }


def test_newest_days_are_each_accounts_own(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 1), fact("reads", 5, 1), fact("reads", 3, 1, account=2)])
    assert store.newest_days(team=TEAM) == {1: date(2025, 5, 5), 2: date(2025, 5, 3)}


def test_posts_are_those_with_facts(store: FactStore) -> None:
    store.write(1, [fact("post_views", 1, 1, post=7), fact("reads", 1, 1)])
    store.write(2, [fact("post_views", 1, 1, post=8)])
    store.erase(2)
    assert store.posts(team=TEAM, among=[7, 8]) == {7}


def test_a_series_holds_known_days_only(store: FactStore) -> None:
    store.write(1, [fact("reads", 3, 30), fact("reads", 1, 10)])
    series = ask(store, "reads", "likes", by=("day",)).series("reads")
    assert list(series.items()) == [(date(2025, 5, 1), 10), (date(2025, 5, 3), 30)]


def test_an_empty_store_answers_unknown(store: FactStore) -> None:
    answer = ask(store, "reads", "click_rate")
    assert [(row.value, row.covered_days) for row in answer.rows] == [(None, 0), (None, 0)]
    assert (answer.as_of, answer.days) == (None, 31)
    assert ask(store, "reads", by=("account",)).rows == ()


def test_a_team_never_sees_anothers_facts(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10)._replace(team=2)])
    assert ask(store, "reads").value("reads") is None


def test_the_days_of_a_batch_are_all_it_stated(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10), fact("likes", 1, 1), fact("reads", 4, 10)])
    store.write(2, [fact("reads", 1, 12), fact("reads", 9, 3)])
    assert store.days(1) == {date(2025, 5, 1), date(2025, 5, 4)}
