"""Undoing batches and forgetting teams."""

from __future__ import annotations

from yunce.engines.metrics import FactStore
from yunce.engines.metrics.dialects.duckdb import open_store
from yunce.engines.metrics.tests.stage import MAY, TEAM, fact


def test_undoing_the_only_batch_leaves_nothing(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 20)])
    assert store.erase(1) == 2
    assert (store.rows(**MAY), store.batches()) == ([], set())


def test_undoing_a_restatement_brings_the_old_value_back(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10)])
    store.write(2, [fact("reads", 1, 12)])
    store.erase(2)
    assert [(row.value, row.batch) for row in store.rows(**MAY)] == [(10, 1)]


def test_undoing_an_old_batch_under_a_newer_one_keeps_the_newer(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 20)])
    store.write(2, [fact("reads", 1, 12)])
    store.erase(1)
    assert [(row.value, row.batch) for row in store.rows(**MAY)] == [(12, 2)]


def test_a_confirmed_value_survives_undoing_the_batch_that_first_said_it(
    store: FactStore,
) -> None:
    store.write(1, [fact("reads", 1, 10)])
    store.write(2, [fact("reads", 1, 10)])
    store.erase(1)
    assert [(row.value, row.batch) for row in store.rows(**MAY)] == [(10, 2)]


def test_undoing_an_unknown_batch_touches_nothing(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10)])
    assert store.erase(9) == 0
    assert len(store.rows(**MAY)) == 1


def test_forgetting_a_team_leaves_the_others(store: FactStore) -> None:
    strangers = fact("reads", 1, 99)._replace(team=2)
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 20), strangers])
    assert store.forget_team(TEAM) == 2
    assert store.rows(**MAY) == []
    assert store.history(fact("reads", 1, 10).key) == []
    assert [row.value for row in store.rows(team=2, start=MAY["start"], end=MAY["end"])] == [99]


def test_current_facts_can_be_made_anew_from_the_log() -> None:
    store = open_store("duckdb:///:memory:")
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 20)])
    store.write(2, [fact("reads", 1, 12)])
    store._connection.execute("UPDATE facts SET value = 99 WHERE value = 12")
    assert not store.is_sound()
    store.rebuild()
    assert store.is_sound()
    assert [row.value for row in store.rows(**MAY)] == [12, 20]
    store.close()
