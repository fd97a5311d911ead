"""`kill -9` at a hundred moments of imports, undos and backups: every batch is whole or absent.

A third of the imports and undos have their facts in PostgreSQL. `YUNCE_FAULT_KILLS` says how many
kills there are in all.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from zipfile import ZipFile, is_zipfile

import pytest

from tests.faults.killing import (
    FEW_NOTES,
    KILLS,
    NOTES,
    Rows,
    begin,
    bring_in,
    every_row,
    export,
    kill,
    mended,
    share,
    window_of,
)
from tests.faults.nursery import WarmPlace, warm_place
from tests.process.conftest import Place, own_schema

logger = logging.getLogger(__name__)
limited = pytest.mark.timeout(300 + 20 * KILLS)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, demo_data: Path) -> Iterator[WarmPlace]:
    """With its facts in a file."""
    with warm_place(tmp_path_factory.mktemp("killed")) as place:
        place.fill(demo_data)
        yield place


@pytest.fixture(scope="module")
def served_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmPlace]:
    """With its facts in a server."""
    with (
        own_schema() as url,
        warm_place(tmp_path_factory.mktemp("server"), YUNCE_FACTS_URL=url) as place,
    ):
        assert place.yunce("demo").returncode == 0
        yield place


@pytest.fixture
def other(tmp_path: Path) -> Iterator[WarmPlace]:
    """Where backups are restored to."""
    folder = tmp_path / "other"
    folder.mkdir()
    with warm_place(folder) as place:
        yield place


def has_state(place: Place, state: str) -> Callable[[], bool]:
    def asked() -> bool:
        with closing(sqlite3.connect(place.data / "yunce.sqlite3", timeout=20)) as ledger:
            found = ledger.execute("SELECT count(*) FROM facts_batch WHERE state = ?", [state])
            return bool(found.fetchone()[0])

    return asked


def importing(place: Place, number: int) -> tuple[str, ...]:
    return ("import", str(export(place, number)), "--team", "demo")


def undoing(place: Place, number: int) -> tuple[str, ...]:
    """An undo gets a batch of its own to undo."""
    return ("undo", str(bring_in(place, 1000 + number)), "--team", "demo")


@limited
@pytest.mark.parametrize(("name", "part"), [("place", 2 / 9), ("served_place", 1 / 9)])
@pytest.mark.parametrize(
    ("state", "command"), [("writing", importing), ("undoing", undoing)], ids=["import", "undo"]
)
def test_every_batch_is_whole_or_absent(
    request: pytest.FixtureRequest,
    name: str,
    part: float,
    state: str,
    command: Callable[[Place, int], tuple[str, ...]],
) -> None:
    place: WarmPlace = request.getfixturevalue(name)
    window = window_of(begin(place, command(place, 0), has_state(place, state)))
    for number in range(1, share(part) + 1):
        process = begin(place, command(place, number), has_state(place, state))
        moment = kill(process, within=window)
        stores = mended(place)
        stores.check()
        logger.info("%s %s after %.3f s of %.3f s: %s", state, number, moment, window, stores)


@limited
def test_the_newest_finished_backup_has_every_row(
    place: WarmPlace, other: WarmPlace, tmp_path: Path
) -> None:
    """A backup is there under its name, and then it is all that was there, or it is not there."""
    held: dict[str, Rows] = {}  # finished backup → what the folder held when it was begun

    def backing_up() -> bool:
        return any(place.data.glob("backups/.*"))

    window = 0.0
    for number in range(share(1 / 3) + 1):  # the first is left alone
        bring_in(place, 2000 + number, notes=FEW_NOTES)
        before = every_row(place.data)
        name = f"backups/try-{number:03}.zip"
        process = begin(place, ("backup", "-o", str(place.data / name)), backing_up)
        moment = kill(process, within=window) if number else 0.0
        window = window or window_of(process)
        for left in place.data.glob("backups/.*"):  # a day later the next backup tidies it
            left.rename(tmp_path / left.name)
        if (place.data / name).exists():
            held[name] = before
        newest = max(held)
        check_zip(place.data / newest)
        assert restored(place.data / newest, other) == held[newest]
        assert every_row(place.data) == before
        mended(place).check()
        logger.info("backup %s after %.3f s of %.3f s: %s", number, moment, window, newest)


def check_zip(file: Path) -> None:
    assert is_zipfile(file)
    with ZipFile(file) as archive:
        assert archive.testzip() is None


def restored(backup: Path, other: Place) -> Rows:
    rmtree(other.data, ignore_errors=True)
    done = other.yunce("restore", backup)
    assert done.returncode == 0, done.stderr
    return every_row(other.data)


@limited
def test_a_killed_file_can_be_brought_in_again(place: WarmPlace) -> None:
    process = begin(place, importing(place, 99), has_state(place, "writing"))
    kill(process, within=0)
    done = place.yunce("import", place.folder / "notes-99.csv", "--team", "demo", "--json")
    answer = json.loads(done.stdout)[0]
    assert answer["added"] + answer["unchanged"] > NOTES
    mended(place).check()
