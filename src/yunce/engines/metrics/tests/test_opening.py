"""Opening and copying the store."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from yunce.engines.metrics import StoreBusyError, StoreError, StoreUrlError, open_store
from yunce.engines.metrics.tests.stage import MAY, ask, fact


@pytest.mark.parametrize(
    "url",
    [
        "mysql://host/db",
        "facts.duckdb",
        "duckdb://facts.duckdb",
        "duckdb:facts.duckdb",
        "duckdb:///x/facts.duckdb?treads=2",
    ],
)
def test_an_address_it_does_not_know_is_refused(url: str) -> None:
    with pytest.raises(StoreUrlError, match="看不懂"):
        open_store(url)


def test_a_file_another_process_holds_is_busy(tmp_path_url: str) -> None:
    script = (
        "import sys, duckdb\n"
        "held = duckdb.connect(sys.argv[1])\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    path = tmp_path_url.removeprefix("duckdb://")
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusyError, match="正被另一个程序"):
            open_store(tmp_path_url)
        holder.communicate()


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "facts.duckdb"
    broken.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match="打不开事实库"):
        open_store(f"duckdb://{broken}")


def test_settings_come_from_the_address() -> None:
    store = open_store("duckdb:///:memory:?threads=1&memory_limit=64MB")
    store.write(1, [fact("reads", 1, 10)])
    assert ask(store, "reads").value("reads") == 10
    store.close()


def test_a_setting_it_cannot_use_is_refused() -> None:
    with pytest.raises(StoreError, match="打不开事实库"):
        open_store("duckdb:///:memory:?memory_limit=much")


def test_a_copy_opens_as_a_store_of_its_own(tmp_path: Path) -> None:
    store = open_store(f"duckdb://{tmp_path}/facts.duckdb")
    store.write(1, [fact("reads", 1, 10)])
    store.write(2, [fact("reads", 1, 12)])
    copied = tmp_path / "it's a copy.duckdb"
    store.save_copy(copied)
    store.erase(1)
    copy = open_store(f"duckdb://{copied}")
    assert copy.erase(2) == 1
    assert [row.value for row in copy.rows(**MAY)] == [10]
    copy.close()
    store.close()


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    store = open_store("duckdb:///:memory:")
    with pytest.raises(StoreError, match="备份"):
        store.save_copy(tmp_path / "no such folder" / "copy.duckdb")
    assert list(tmp_path.iterdir()) == []
    store.close()


def test_readers_and_writers_share_a_store(tmp_path_url: str) -> None:
    store = open_store(tmp_path_url)
    sums: list[float | None] = []

    def write(batch: int) -> None:
        store.write(batch, [fact("reads", day, 1, account=batch) for day in range(1, 11)])
        sums.append(ask(store, "reads", where={"account": (batch,)}).value("reads"))

    threads = [threading.Thread(target=write, args=[batch]) for batch in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sums == [10] * 8
    assert ask(store, "reads").value("reads") == 80
    store.close()
