"""A program older than its data folder serves nothing and writes nothing."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.process.conftest import Place, make_place

LATER = "facts.9999_later"


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A newer program has been at work here."""
    place = make_place(tmp_path_factory.mktemp("newer"))
    assert place.yunce("demo").returncode == 0
    with closing(sqlite3.connect(place.data / "yunce.sqlite3")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('facts', '9999_later', '2026-01-01')"
        )
        database.commit()
    return place


@pytest.mark.parametrize("command", [("serve",), ("demo", "--remove"), ("worker",), ("backup",)])
def test_nothing_works_on_a_newer_folder(newer: Place, command: tuple[str, ...]) -> None:
    done = newer.yunce(*command)
    assert done.returncode == 1
    assert done.stderr.startswith(f"错误：数据文件夹 {newer.data} 被更新的运策用过")
    assert f"升级步骤：{LATER}。请换回更新的版本" in done.stderr
    assert not (newer.data / "backups").exists()


def test_the_doctor_says_so_too(newer: Place) -> None:
    done = newer.yunce("doctor", "--json")
    assert done.returncode == 1
    (found,) = (each for each in json.loads(done.stdout) if each["name"] == "migrations")
    assert found["state"] == "failed"
    assert LATER in found["told"]
