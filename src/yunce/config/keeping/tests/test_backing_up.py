"""The two stores of a backup agree, whatever happens while it is made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yunce.config.keeping.backing_up import _mark_taken_back, _tidy
from yunce.ground.facts.models import Batch, BatchKind, BatchState
from yunce.ground.teams.models import Team


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("CREATE TABLE facts_batch (id INTEGER, state TEXT)")
        copy.executemany(
            "INSERT INTO facts_batch VALUES (?, ?)",
            [(1, "committed"), (2, "committed"), (3, "undone"), (4, "committed")],
        )
        copy.commit()
    return path


def test_what_killed_backups_left_is_tidied_after_a_day(tmp_path: Path) -> None:
    (tmp_path / ".backup-old").mkdir()
    for name in (".yunce.zip.0123", "yunce.zip"):
        (tmp_path / name).write_text("")
    now = datetime.now(UTC)
    _tidy(tmp_path, now)
    assert len(list(tmp_path.iterdir())) == 3
    _tidy(tmp_path, now + timedelta(days=2))
    assert [path.name for path in tmp_path.iterdir()] == ["yunce.zip"]


def test_an_undo_between_the_copies_is_finished_after_restoring(ledger: Path, team: Team) -> None:
    states = {1: BatchState.COMMITTED, 2: BatchState.UNDONE, 3: BatchState.UNDONE}
    for number, state in states.items():  # batch 4 went with its team
        Batch.objects.create(pk=number, team=team, kind=BatchKind.FILE, state=state)
    _mark_taken_back(ledger)
    with closing(sqlite3.connect(ledger)) as copy:
        marked = dict(copy.execute("SELECT id, state FROM facts_batch"))
    assert marked == {1: "committed", 2: "undoing", 3: "undone", 4: "undoing"}
