"""A restored backup whose facts cannot reach the store named by YUNCE_FACTS_URL."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from tests.process.conftest import Place, make_place

MAY = ("--from", "2025-05-01", "--to", "2025-05-31")
AWAY = "postgresql://postgres@127.0.0.1:1/postgres"


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """As `yunce restore` leaves it when the server goes away before the facts are there."""
    place = make_place(tmp_path_factory.mktemp("half"))
    assert place.yunce("demo").returncode == 0
    waiting = place.data / "restored-facts-20250601-120000.duckdb"
    (place.data / "facts.duckdb").rename(waiting)
    return place


@pytest.fixture
def away(half: Place) -> Place:
    return Place(half.folder, {**half.environment, "YUNCE_FACTS_URL": AWAY})


@pytest.mark.parametrize("command", [("serve",), ("query", "new_followers", *MAY)])
def test_nothing_starts_and_the_ways_out_are_told(away: Place, command: tuple[str, ...]) -> None:
    done = away.yunce(*command)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("错误：恢复还没有完")
    assert "连不上 PostgreSQL 事实库" in done.stderr
    assert "去掉 YUNCE_FACTS_URL" in done.stderr


def test_no_job_runs_on_the_half_of_it(away: Place) -> None:
    done = away.yunce("worker")
    assert (done.returncode, "请先运行 yunce serve" in done.stderr) == (1, True)


def test_the_doctor_says_so_too(away: Place) -> None:
    found = json.loads(away.yunce("doctor", "--json").stdout)
    (facts,) = (each for each in found if each["name"] == "facts")
    assert (facts["state"], "恢复还没有完" in facts["told"]) == ("failed", True)


def test_without_the_server_the_facts_go_into_the_folder(half: Place, tmp_path: Path) -> None:
    """On a copy of the folder: the other tests still need it as it is."""
    copytree(half.data, tmp_path / "data")
    place = Place(tmp_path, {**half.environment, "YUNCE_DATA": str(tmp_path / "data")})
    done = place.yunce("query", "new_followers", *MAY, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"][0]["value"] == 15000
    assert [path.name for path in place.data.glob("*.duckdb")] == ["facts.duckdb"]
