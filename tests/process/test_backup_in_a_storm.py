"""Backups made while others import and undo: each restores to two stores that agree."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.killing import export, inside
from tests.process.conftest import Place, make_place, wait_until

NOTES = 60
BACKUPS = 3
WRITERS = 2


def write_on(place: Place, writer: int, stop: threading.Event, failures: list[str]) -> None:
    """Bring files in, and take every second one back, until told to stop."""
    number = 0
    while not stop.is_set():
        number += 1
        file = export(place, 100 * writer + number, notes=NOTES)
        done = place.yunce("import", file, "--team", "demo", "--json")
        if done.returncode == 0 and number % 2 == 0:
            batch = json.loads(done.stdout)[0]["batch"]
            done = place.yunce("undo", str(batch), "--team", "demo")
        if done.returncode:
            failures.append(done.stderr)


@pytest.mark.timeout(400)
def test_every_backup_of_a_storm_restores_whole(
    place: Place, demo_data: Path, tmp_path: Path
) -> None:
    place.fill(demo_data)
    server = place.serve()
    stop, failures = threading.Event(), list[str]()
    writers = [
        threading.Thread(target=write_on, args=(place, number, stop, failures))
        for number in range(1, WRITERS + 1)
    ]
    try:
        for writer in writers:
            writer.start()
        wait_until(lambda: any(place.data.glob("uploads/*/*")))
        backups = [tmp_path / f"{number}.zip" for number in range(BACKUPS)]
        for backup in backups:
            done = place.yunce("backup", "-o", backup)
            assert done.returncode == 0, done.stderr
    finally:
        stop.set()
        for writer in writers:
            writer.join()
        server.end()
    assert failures == []
    for backup in backups:
        agree(restored(backup, tmp_path / backup.stem).data)


def restored(backup: Path, folder: Path) -> Place:
    folder.mkdir()
    place = make_place(folder)
    done = place.yunce("restore", backup)
    assert done.returncode == 0, done.stderr
    return place


def agree(data: Path) -> None:
    """Ledger, facts, posts and raw files tell of the same batches."""
    inside(data / "yunce.sqlite3", data / "facts.duckdb").check(NOTES)
    with closing(sqlite3.connect(data / "yunce.sqlite3")) as ledger:
        told = ledger.execute("SELECT file_sha256 FROM facts_batch WHERE kind = 'file'").fetchall()
    kept = {path.name for path in data.glob("uploads/*/*")}
    assert {sha for (sha,) in told} <= kept
