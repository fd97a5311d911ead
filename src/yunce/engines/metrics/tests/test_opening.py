"""Opening and copying the store."""

from __future__ import annotations

import os
import subprocess
import sys
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


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    store = open_store("duckdb:///:memory:")
    with pytest.raises(StoreError, match="备份"):
        store.save_copy(tmp_path / "no such folder" / "copy.duckdb")
    assert list(tmp_path.iterdir()) == []
    store.close()


def test_facts_outlive_the_process(tmp_path_url: str) -> None:
    first = open_store(tmp_path_url)
    first.write(1, [fact("reads", 1, 10)])
    first.close()
    second = open_store(tmp_path_url)
    assert [row.value for row in second.rows(**MAY)] == [10]
    second.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://host",
        "postgresql:///facts",
        "postgresql://host/facts?shema=x",
        "clickhouse://host",
        "clickhouse://host/facts?secured=true",
    ],
)
def test_an_address_of_a_server_it_does_not_understand_is_refused(url: str) -> None:
    with pytest.raises(StoreUrlError, match="看不懂"):
        open_store(url)


@pytest.mark.parametrize(
    "url", ["postgresql://127.0.0.1:1/facts", "clickhouse://127.0.0.1:1/facts"]
)
def test_a_server_that_does_not_answer_is_named(url: str) -> None:
    with pytest.raises(StoreError, match=r"连不上.*127\.0\.0\.1"):
        open_store(url)


@pytest.mark.parametrize(
    ("url", "library"),
    [
        ("postgresql://host/facts", "pg8000"),
        ("clickhouse://host/facts", "clickhouse_connect"),
    ],
)
def test_without_its_library_a_server_names_what_to_install(
    url: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(StoreError, match=r"requirements/stores\.txt"):
        open_store(url)


def test_the_libraries_of_servers_are_left_alone_until_needed() -> None:
    script = (
        "import sys; from yunce.engines.metrics import open_store\n"
        "open_store('duckdb:///:memory:').close()\n"
        "assert not {'pg8000', 'clickhouse_connect', 'chdb'} & set(sys.modules)\n"
    )
    folders = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script], check=True, env=folders)  # noqa: S603 - our own
