"""Values a later batch changed, with what was said before."""

from __future__ import annotations

from math import isnan

from yunce.engines.metrics import FactStore
from yunce.engines.metrics.tests.stage import MAY, fact


def values(store: FactStore, *, limit: int = 10, metric: str | None = None) -> list[list[float]]:
    found = store.restatements(**MAY, limit=limit, metric=metric)
    return [[row.value for row in restated.stated] for restated in found]


def test_a_changed_value_is_listed_with_the_batch_of_each(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 100), fact("reads", 2, 50)])
    store.write(2, [fact("reads", 1, 120), fact("reads", 2, 50)])
    (found,) = store.restatements(**MAY, limit=10)
    assert [(row.value, row.batch) for row in found.stated] == [(100, 1), (120, 2)]
    assert found.key == fact("reads", 1, 0).key
    assert found.current.value == 120


def test_a_value_confirmed_later_is_not_restated(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 100)])
    store.write(2, [fact("reads", 1, 100)])
    assert values(store) == []


def test_an_undone_change_is_gone(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 100)])
    store.write(2, [fact("reads", 1, 120)])
    store.erase(2)
    assert values(store) == []


def test_the_newest_change_comes_first_and_the_limit_cuts_the_rest(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 1), fact("reads", 2, 2)])
    store.write(2, [fact("reads", 2, 3)])
    store.write(3, [fact("reads", 1, 4)])
    assert values(store) == [[1, 4], [2, 3]]
    assert values(store, limit=1) == [[1, 4]]


def test_one_metric_of_one_team_can_be_asked_for(store: FactStore) -> None:
    both = [fact("reads", 1, 1), fact("likes", 1, 5)]
    store.write(1, [*both, fact("reads", 3, 1)._replace(team=2)])
    changed = [fact("reads", 1, 2), fact("likes", 1, 6), fact("reads", 3, 9)._replace(team=2)]
    store.write(2, changed)
    assert values(store, metric="likes") == [[5, 6]]
    assert sorted(values(store)) == [[1, 2], [5, 6]]


def told(store: FactStore) -> list[list[float | None]]:
    found = store.restatements(**MAY, limit=10)
    return [
        [None if isnan(row.value) else row.value for row in restated.stated] for restated in found
    ]


def test_a_value_taken_back_is_listed_however_often_it_is(store: FactStore) -> None:
    likes, reads = fact("likes", 1, 0), fact("reads", 1, 4)
    store.write(1, [likes, reads])
    store.take_back(2, [likes.key])
    store.take_back(3, [likes.key])
    assert told(store) == [[0, None, None]]
    store.write(4, [likes])
    assert told(store) == [[0, None, None, 0]]


def test_what_was_only_ever_taken_back_is_no_change(store: FactStore) -> None:
    for batch in (1, 2):
        store.take_back(batch, [fact("likes", 1, 0).key])
    assert told(store) == []
