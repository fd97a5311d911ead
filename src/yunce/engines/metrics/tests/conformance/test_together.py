"""Many at once, and writes that break off: a batch is whole or absent."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from yunce.engines.metrics import FactRow, FactStore
from yunce.engines.metrics.tests.stage import MAY, ask, fact

ROWS = [fact("reads", day, 1) for day in range(1, 11)]


def _at_once(*works: Any) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_readers_and_writers_share_a_store(store: FactStore) -> None:
    sums: list[float | None] = []

    def write(batch: int) -> None:
        store.write(batch, [row._replace(account=batch) for row in ROWS])
        sums.append(ask(store, "reads", where={"account": (batch,)}).value("reads"))

    _at_once(*(lambda batch=batch: write(batch) for batch in range(1, 7)))
    assert sums == [10] * 6
    assert ask(store, "reads").value("reads") == 60


def test_writers_of_the_same_keys_take_turns(store: FactStore) -> None:
    rows = {batch: [row._replace(value=batch) for row in ROWS] for batch in range(1, 7)}
    _at_once(*(lambda batch=batch: store.write(batch, rows[batch]) for batch in rows))
    assert [(row.value, row.batch) for row in store.rows(**MAY)] == [(6, 6)] * 10
    assert store.is_sound()


@pytest.mark.parametrize("half", [[], ROWS])
def test_a_reader_never_sees_half_a_batch(store: FactStore, half: list[FactRow]) -> None:
    store.write(1, half)
    seen: set[int] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(sum(row.batch == 2 for row in store.rows(**MAY)))

    def write() -> None:
        try:
            for _time in range(3):
                store.write(2, ROWS)
                store.erase(2)
        finally:
            done.set()

    _at_once(read, write)
    assert seen <= {0, 10}


# The last step of a write in each kind of store.
STEPS = {
    "duckdb": "yunce.engines.metrics.writing._make_current",
    "postgresql": "yunce.engines.metrics.writing._make_current",
    "clickhouse": "yunce.engines.metrics.dialects.clickhouse.ClickHouseStore._insert_writes",
}


def test_a_write_that_breaks_off_leaves_nothing(
    store: FactStore, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_given: object) -> None:
        raise KeyboardInterrupt

    store.write(1, [fact("reads", 1, 7)])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(STEPS[kind], power_cut)
        store.write(2, ROWS)
    assert (store.batches(), len(store.rows(**MAY)), store.is_sound()) == ({1}, 1, True)
    store.write(2, ROWS)
    assert ask(store, "reads").value("reads") == 10
