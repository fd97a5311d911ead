"""`kill -9` at any moment of a restore or of a copy into another store: done again it is whole."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

from tests.faults.killing import (
    FEW_NOTES,
    KILLS,
    begin,
    bring_in,
    every_row,
    fact_rows,
    kill,
    mended,
    share,
    window_of,
)
from tests.faults.nursery import WarmPlace, warm_place
from tests.process.conftest import POSTGRESQL, Place, postgresql
from yunce.engines.metrics.dialects import library

__all__ = ["postgresql"]  # skips, or fails in CI, where there is no server
logger = logging.getLogger(__name__)
limited = pytest.mark.timeout(300 + 20 * KILLS)
PART = 1 / 10  # of the kills of imports, undos and backups, for each of the two


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, demo_data: Path) -> Iterator[WarmPlace]:
    with warm_place(tmp_path_factory.mktemp("moved")) as place:
        place.fill(demo_data)
        for number in range(3):
            bring_in(place, number)
        yield place


@limited
def test_a_killed_restore_leaves_all_of_the_old_or_of_the_new(
    place: WarmPlace, tmp_path: Path
) -> None:
    backup = tmp_path / "kept.zip"
    assert place.yunce("backup", "-o", backup).returncode == 0
    new = every_row(place.data)
    key = (place.data / "secret_key").read_text()

    def restoring() -> bool:
        return any(place.folder.glob(".data-restor*"))

    window = 0.0
    found = new
    for number in range(share(PART) + 1):  # the first is left alone
        if found == new:
            bring_in(place, 100 + number, notes=FEW_NOTES)
        old = every_row(place.data)
        process = begin(place, ("restore", str(backup), "--force"), restoring)
        # Unpacking and swapping are over soon, so every second kill comes early.
        within = window if number % 2 else window / 10
        moment = kill(process, within=within) if number else 0.0
        window = window or window_of(process)
        mended(place).check()
        found = every_row(place.data)
        assert found in (old, new)
        assert (place.data / "secret_key").read_text() == key
        logger.info("restore %s after %.3f of %.3f s: new %s", number, moment, window, found == new)
    done = place.yunce("restore", backup, "--force")
    assert done.returncode == 0, done.stderr
    assert every_row(place.data) == new


@limited
@pytest.mark.parametrize("through", ["duckdb", "postgresql"])
def test_a_killed_copy_goes_on_and_is_the_same(
    place: WarmPlace, tmp_path: Path, through: str, database: str
) -> None:
    wanted = fact_rows(place.data / "facts.duckdb")
    window = 0.0
    for number in range(share(PART / 4) + 1):  # the first is left alone
        file = tmp_path / f"{number}.duckdb"
        target = f"duckdb://{file}" if through == "duckdb" else f"{database}?schema=try_{number}"
        process = begin(place, ("facts", "copy", "--to", target), is_copying(target, file))
        moment = kill(process, within=window) if number else 0.0
        window = window or window_of(process)
        done = place.yunce("facts", "copy", "--to", target, "--json")
        assert done.returncode == 0, done.stderr
        back = file if through == "duckdb" else brought_back(place, target, tmp_path, number)
        assert fact_rows(back) == wanted
        there = sum(month["was_there"] for month in json.loads(done.stdout)["months"])
        logger.info("copy %s after %.3f of %.3f s: %s there", number, moment, window, there)


def is_copying(target: str, file: Path) -> Callable[[], bool]:
    """The target is there: from now on something may be in it."""
    return file.exists if target.startswith("duckdb") else lambda: has_tables(target)


def has_tables(url: str) -> bool:
    schema = url.rpartition("=")[2]
    asked = "SELECT count(*) FROM information_schema.tables WHERE table_schema = :schema"
    return bool(in_server(asked, database=urlsplit(url).path, schema=schema)[0][0])


def brought_back(place: Place, url: str, folder: Path, number: int) -> Path:
    """From the server into a file again, by the command line."""
    file = folder / f"back-{number}.duckdb"
    on_server = Place(place.folder, {**place.environment, "YUNCE_FACTS_URL": url})
    done = on_server.yunce("facts", "copy", "--to", f"duckdb://{file}")
    assert done.returncode == 0, done.stderr
    return file


def in_server(sql: str, *, database: str = "", **values: object) -> list[list[object]]:
    parts = urlsplit(POSTGRESQL)
    connection = library("pg8000.native", "postgresql").Connection(
        user=parts.username or "postgres",
        password=parts.password,
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 5432,
        database=(database or parts.path).strip("/"),
    )
    with closing(connection):
        return list(connection.run(sql, **values) or [])


@pytest.fixture
def database(postgresql: str) -> Iterator[str]:
    """The address of a database of the test's own, in the server that is there."""
    name = f"yunce_test_{uuid4().hex}"
    in_server(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(postgresql)._replace(path=f"/{name}", query=""))
    in_server(f"DROP DATABASE {name} WITH (FORCE)")
