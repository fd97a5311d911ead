"""Every store takes facts by column as it takes rows."""

from __future__ import annotations

import math

import pytest

from yunce.engines.metrics import BadFactError, Change, Conflict, FactColumns, FactRow, FactStore
from yunce.engines.metrics.tests.conformance.test_bulk import MANY, YEAR
from yunce.engines.metrics.tests.stage import MAY, fact

ROWS = [
    fact("reads", 2, 20),
    fact("reads", 1, 0.1, segment="channel=扫码"),
    fact("likes", 1, -3, post=9),
    fact("likes", 1, 2**53 - 1, account=2**40),
]


def test_columns_say_what_rows_say(store: FactStore) -> None:
    assert store.write(1, FactColumns.of_rows(ROWS)).added == 4
    assert sorted(row.fact for row in store.rows(**MAY)) == sorted(ROWS)
    assert store.compare(ROWS).unchanged == 4


def test_columns_are_compared_with_what_is_there(store: FactStore) -> None:
    store.write(1, ROWS)
    changed = ROWS[0]._replace(value=21.0)
    compared = store.compare(FactColumns.of_rows([changed, *ROWS[1:], fact("saves", 3, 1)]))
    assert (compared.added, compared.unchanged, compared.changed) == (1, 3, (Change(changed, 20),))


def test_of_conflicting_columns_the_last_counts(store: FactStore) -> None:
    again = [*ROWS, ROWS[0]._replace(value=5.0)]
    comparison = store.write(1, FactColumns.of_rows(again))
    assert comparison.conflicts == (Conflict(ROWS[0].key, (20, 5)),)
    assert store.history(ROWS[0].key)[0].value == 5


def test_many_at_once_can_be_undone(store: FactStore) -> None:
    store.write(1, FactColumns.of_rows(MANY))
    assert len(store.rows(team=1, start=YEAR[0], end=YEAR[1])) == len(MANY)
    assert store.erase(1) == len(MANY)
    assert store.is_sound()


@pytest.mark.parametrize(
    "bad",
    [
        fact("reads", 3, math.nan),
        fact("", 3, 1),
        fact("re\0ads", 3, 1),
        fact("reads", 3, 1, segment="\0"),
    ],
)
def test_the_first_bad_row_is_named_and_nothing_is_written(store: FactStore, bad: FactRow) -> None:
    with pytest.raises(BadFactError, match="第 5 行"):
        store.write(1, FactColumns.of_rows([*ROWS, bad, bad]))
    assert store.batches() == set()


def test_no_columns_are_no_batch(store: FactStore) -> None:
    assert store.write(1, FactColumns.of_rows([])).added == 0
    assert store.batches() == set()
