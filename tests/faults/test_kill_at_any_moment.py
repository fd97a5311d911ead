"""`kill -9` at any moment of an import, an undo or a backup: every batch is whole or absent.

`YUNCE_FAULT_KILLS` says how many kills there are in all; a fifth goes to each kind, two of which
are in `test_kill_restore_and_copy`.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from tests.faults.killing import (
    KILLS,
    NOTES,
    TRIES,
    Rows,
    begin,
    bring_in,
    every_row,
    export,
    kill,
    mended,
    window_of,
)
from tests.process.conftest import Place, make_place

logger = logging.getLogger(__name__)
limited = pytest.mark.timeout(300 + 60 * KILLS)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = make_place(tmp_path_factory.mktemp("killed"))
    assert place.yunce("demo").returncode == 0
    return place


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
@pytest.mark.parametrize(
    ("state", "command"), [("writing", importing), ("undoing", undoing)], ids=["import", "undo"]
)
def test_every_batch_is_whole_or_absent(
    place: Place, state: str, command: Callable[[Place, int], tuple[str, ...]]
) -> None:
    window = window_of(begin(place, command(place, 0), has_state(place, state)))
    for number in range(1, TRIES + 1):
        process = begin(place, command(place, number), has_state(place, state))
        moment = kill(process, within=window)
        stores = mended(place)
        stores.check()
        logger.info("%s %s after %.3f s of %.3f s: %s", state, number, moment, window, stores)


@limited
def test_the_newest_finished_backup_has_every_row(place: Place, tmp_path: Path) -> None:
    """A backup is there under its name, and then it is all that was there, or it is not there."""
    held: dict[str, Rows] = {}  # finished backup → what the folder held when it was begun

    def backing_up() -> bool:
        return any(place.data.glob("backups/.*"))

    window = 0.0
    for number in range(TRIES + 1):  # the first is left alone
        bring_in(place, 2000 + number)
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
        assert restored(place.data / newest, tmp_path / f"from-{number}") == held[newest]
        assert every_row(place.data) == before
        mended(place).check()
        logger.info("backup %s after %.3f s of %.3f s: %s", number, moment, window, newest)


def check_zip(file: Path) -> None:
    assert is_zipfile(file)
    with ZipFile(file) as archive:
        assert archive.testzip() is None


def restored(backup: Path, folder: Path) -> Rows:
    folder.mkdir()
    other = make_place(folder)
    done = other.yunce("restore", backup)
    assert done.returncode == 0, done.stderr
    return every_row(other.data)


@limited
def test_a_killed_file_can_be_brought_in_again(place: Place) -> None:
    process = begin(place, importing(place, 99), has_state(place, "writing"))
    kill(process, within=0)
    done = place.yunce("import", place.folder / "notes-99.csv", "--team", "demo", "--json")
    answer = json.loads(done.stdout)[0]
    assert answer["added"] + answer["unchanged"] > NOTES
    mended(place).check()
