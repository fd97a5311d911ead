"""Comparing and writing batches."""

from __future__ import annotations

import math

import pytest

from yunce.engines.metrics import (
    BadFactError,
    Change,
    Comparison,
    Conflict,
    FactStore,
)
from yunce.engines.metrics.tests.stage import MAY, fact


def test_a_first_batch_is_all_added(store: FactStore) -> None:
    rows = [fact("reads", 1, 10), fact("reads", 2, 20)]
    assert store.write(1, rows) == Comparison(added=2, unchanged=0, changed=())


def test_the_same_again_changes_nothing_but_is_remembered(store: FactStore) -> None:
    rows = [fact("reads", 1, 10)]
    store.write(1, rows)
    assert store.write(2, rows) == Comparison(added=0, unchanged=1, changed=())
    assert [(row.value, row.batch) for row in store.history(rows[0].key)] == [(10, 1), (10, 2)]


def test_a_restatement_keeps_the_old_value(store: FactStore) -> None:
    old, new = fact("reads", 1, 10), fact("reads", 1, 12)
    store.write(1, [old])
    assert store.write(2, [new]).changed == (Change(row=new, old=10),)
    assert [(row.value, row.batch) for row in store.history(new.key)] == [(10, 1), (12, 2)]


def test_comparing_writes_nothing(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10)])
    compared = store.compare([fact("reads", 1, 11), fact("reads", 2, 5)])
    assert (compared.added, len(compared.changed)) == (1, 1)
    assert [row.value for row in store.rows(**MAY)] == [10]


def test_a_repeated_row_counts_once(store: FactStore) -> None:
    assert store.compare([fact("reads", 1, 10), fact("reads", 1, 10)]) == Comparison(1, 0, ())


def test_of_conflicting_rows_the_last_is_written_and_both_are_named(store: FactStore) -> None:
    rows = [fact("reads", 1, 10), fact("likes", 1, 1), fact("reads", 1, 12)]
    comparison = store.write(1, rows)
    assert comparison.conflicts == (Conflict(key=rows[0].key, values=(10, 12)),)
    assert [row.value for row in store.rows(metric="reads", **MAY)] == [12]


def test_segments_and_posts_are_keys_of_their_own(store: FactStore) -> None:
    rows = [
        fact("reads", 1, 10),
        fact("reads", 1, 6, segment="channel=朋友圈"),
        fact("reads", 1, 4, post=7),
    ]
    assert store.write(1, rows).added == 3


def test_a_batch_may_come_in_parts(store: FactStore) -> None:
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 20)])
    store.write(1, [fact("reads", 2, 21), fact("reads", 3, 30)])
    assert [row.value for row in store.rows(**MAY)] == [10, 21, 30]
    assert store.erase(1) == 3


def test_a_batch_arriving_late_does_not_hide_a_newer_one(store: FactStore) -> None:
    store.write(2, [fact("reads", 1, 12)])
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 20)])
    assert [(row.value, row.batch) for row in store.rows(**MAY)] == [(12, 2), (20, 1)]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused_and_nothing_is_written(
    store: FactStore, value: float
) -> None:
    with pytest.raises(BadFactError, match="第 2 行"):
        store.write(1, [fact("reads", 1, 10), fact("reads", 2, value)])
    assert store.batches() == set()


@pytest.mark.parametrize("segment", ['a="b"', "a=b,c\nd", "a=';--", "a=\\N", "a=😀", "a=NULL"])
def test_any_segment_text_comes_back_as_it_was(store: FactStore, segment: str) -> None:
    row = fact("reads", 1, 10, segment=segment)
    store.write(1, [row])
    assert [found.fact for found in store.rows(**MAY)] == [row]


@pytest.mark.parametrize("value", [0.1, 1 / 3, -0.02, 1e-300, 2**53 - 1, 123456789.987654321])
def test_values_come_back_to_the_last_bit(store: FactStore, value: float) -> None:
    store.write(1, [fact("gmv", 1, value)])
    assert [row.value for row in store.rows(**MAY)] == [value]


def test_no_rows_are_no_batch(store: FactStore) -> None:
    assert store.write(1, []) == Comparison(0, 0, ())
    assert store.batches() == set()
