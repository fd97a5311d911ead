"""Facts in PostgreSQL: commands, server, doctor, backup and restore over YUNCE_FACTS_URL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from math import isnan
from pathlib import Path

import pytest

from tests.process.conftest import Place, Server, make_place
from yunce.engines.metrics import FactRow, FactStore, copy_facts, open_store

MAY = ("--from", "2025-05-01", "--to", "2025-05-31")


@pytest.fixture
def kept(place: Place, demo_data: Path, postgresql: str) -> Place:
    """The demo month with its facts in PostgreSQL; one number of it was taken back."""
    place.fill(demo_data)
    place.environment["YUNCE_FACTS_URL"] = postgresql
    file = place.data / "facts.duckdb"
    with closing(open_store(postgresql)) as store:
        with closing(open_store(f"duckdb://{file}")) as source:
            copy_facts(source, store)
        file.unlink()
        (team,) = store.teams()
        log = store.log(team=team, start=date(2025, 5, 1), end=date(2025, 5, 31))
        row = next(row for row in log if row.metric != "new_followers")
        store.take_back(row.batch, [row.key])
    return place


def taken_back(store: FactStore) -> int:
    (team,) = store.teams()
    log = store.log(team=team, start=date(2025, 5, 1), end=date(2025, 5, 31))
    return sum(isnan(row.value) for row in log)


def followers(place: Place) -> float:
    done = place.yunce("query", "new_followers", *MAY, "--json")
    assert done.returncode == 0, done.stderr
    return float(json.loads(done.stdout)["rows"][0]["value"])


def doctor(place: Place) -> tuple[str, str]:
    found = json.loads(place.yunce("doctor", "--json").stdout)
    return next((each["state"], each["told"]) for each in found if each["name"] == "facts")


def test_commands_work_without_a_file(kept: Place, postgresql: str) -> None:
    assert followers(kept) == 15000
    assert not list(kept.data.glob("*.duckdb"))
    state, told = doctor(kept)
    assert (state, told.startswith("能打开（postgresql://")) == ("ok", True)


def test_the_server_and_a_command_share_the_store(
    kept: Place, serve: Callable[..., Server]
) -> None:
    serve()
    assert followers(kept) == 15000
    (kept.data / "server.json").unlink()
    assert followers(kept) == 15000  # a process of its own, beside the server


def test_what_a_crash_left_is_mended_by_the_next_command(kept: Place, postgresql: str) -> None:
    with closing(sqlite3.connect(kept.data / "yunce.sqlite3")) as ledger:
        columns = "team_id, kind, created_at, file_name, file_sha256, platform, export, added, "
        ledger.execute(
            f"INSERT INTO facts_batch ({columns} updated, unchanged, conflicts, ignored, errors, "  # noqa: S608
            "state, id) SELECT team_id, kind, created_at, 'x', '', '', '', 0, 0, 0, 0, 0, 0, "
            "'writing', 4711 FROM facts_batch LIMIT 1"
        )
        (team,) = ledger.execute("SELECT team_id FROM facts_batch WHERE id = 4711").fetchone()
        ledger.commit()
    with closing(open_store(postgresql)) as store:
        store.write(4711, [FactRow(team, 1, 0, "new_followers", date(2025, 5, 31), "", 1e6)])
    assert followers(kept) == 15000
    with closing(open_store(postgresql)) as store:
        assert 4711 not in store.batches()


def test_a_store_of_another_folder_is_told_not_erased(kept: Place, tmp_path: Path) -> None:
    (tmp_path / "wrong").mkdir()
    wrong = make_place(tmp_path / "wrong")
    wrong.environment["YUNCE_FACTS_URL"] = kept.environment["YUNCE_FACTS_URL"]
    assert wrong.yunce("link", "owner").returncode != 0
    state, told = doctor(wrong)
    assert (state, "不在这个数据文件夹的账本里" in told) == ("failed", True)
    assert followers(kept) == 15000


def test_a_backup_goes_from_a_server_into_a_file_and_back(
    kept: Place, postgresql: str, tmp_path: Path
) -> None:
    backup = tmp_path / "kept.zip"
    done = kept.yunce("backup", "-o", backup)
    assert done.returncode == 0, done.stderr
    (tmp_path / "other").mkdir()
    other = make_place(tmp_path / "other")
    done = other.yunce("restore", backup)
    assert done.returncode == 0, done.stderr
    assert followers(other) == 15000
    with closing(open_store(f"duckdb://{other.data / 'facts.duckdb'}")) as store:
        assert taken_back(store) == 1

    kept.yunce("demo", "--remove")
    refused = kept.yunce("restore", backup)
    assert (refused.returncode, "--force" in refused.stderr) == (1, True)
    done = kept.yunce("restore", backup, "--force")
    assert done.returncode == 0, done.stderr
    assert followers(kept) == 15000
    assert not list(kept.data.glob("*.duckdb"))
    with closing(open_store(postgresql)) as store:
        assert taken_back(store) == 1


def test_facts_in_the_store_are_kept_aside_by_a_restore(kept: Place, tmp_path: Path) -> None:
    backup = tmp_path / "kept.zip"
    done = kept.yunce("backup", "-o", backup)
    assert done.returncode == 0, done.stderr
    (tmp_path / "fresh").mkdir()
    fresh = make_place(tmp_path / "fresh")
    fresh.environment["YUNCE_FACTS_URL"] = kept.environment["YUNCE_FACTS_URL"]
    refused = fresh.yunce("restore", backup)
    assert refused.returncode == 1
    assert "事实库里已有数据" in refused.stderr
    assert not fresh.data.exists()
    assert fresh.yunce("restore", backup, "--force").returncode == 0
    assert followers(fresh) == 15000
    (before,) = (fresh.data / "backups").glob("facts-before-*.duckdb")
    with closing(open_store(f"duckdb://{before}")) as store:
        assert store.batches()


def test_a_server_that_is_away_is_a_sentence(kept: Place, tmp_path: Path) -> None:
    backup = tmp_path / "kept.zip"
    kept.yunce("backup", "-o", backup)
    kept.environment["YUNCE_FACTS_URL"] = "postgresql://postgres@127.0.0.1:1/postgres"
    for command in (("demo",), ("restore", backup, "--force")):
        done = kept.yunce(*command)
        assert done.returncode == 1
        assert done.stderr.startswith("错误：连不上 PostgreSQL 事实库「127.0.0.1」")
    assert (kept.data / "yunce.sqlite3").exists()
