"""`commit` and `undo`: what the preview showed, in one batch, once."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from yunce.engines.metrics import StoreError
from yunce.engines.platforms import UnreadableFileError
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import MonthClosedError, close_month
from yunce.ground.facts.models import Batch, Post
from yunce.ground.facts.queries import answer
from yunce.ground.imports.actions import (
    AlreadyImportedError,
    ImportRefusedError,
    commit,
    receive,
    undo,
)
from yunce.ground.imports.keeping import kept_path, read_kept
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import preview
from yunce.ground.imports.tests.files import note, notes
from yunce.ground.journal.models import Entry
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

TODAY = date(2025, 5, 31)


def views(access: Access) -> float | None:
    asked = answer(access.team, ["post_views"], start=date(2025, 5, 1), end=TODAY)
    return asked.value("post_views")


def test_the_upload_becomes_a_batch(access: Access, account: Account, two_notes: Upload) -> None:
    done = commit(access=access, upload=two_notes, today=TODAY)
    two_notes.refresh_from_db()
    assert done.batch is not None
    assert two_notes.batch == done.batch
    assert (done.batch.added, done.batch.export) == (24, "notes")
    assert views(access) == 1500
    assert {entry.verb for entry in Entry.objects.all()} == {"imports.receive", "facts.record"}


def test_a_newer_export_updates_and_undo_restores(
    access: Access, account: Account, two_notes: Upload
) -> None:
    commit(access=access, upload=two_notes, today=TODAY)
    newer = receive(
        access=access,
        file=notes(note("一", 3, views=1200), note("二", 4, views=500), note("三", 5, views=7)),
        name="新的.xlsx",
    )
    looked = preview(newer, TODAY)
    assert (looked.added, looked.updated, looked.unchanged) == (12, 1, 23)
    assert [(cell.subject, cell.old, cell.new) for cell in looked.changes] == [("一", 1000, 1200)]
    done = commit(access=access, upload=newer, today=TODAY)
    assert done.batch is not None
    assert views(access) == 1707
    undo(access=access, batch=done.batch)
    assert views(access) == 1500
    assert Post.objects.count() == 2


def test_the_same_file_again_is_settled_without_a_batch(
    access: Access, account: Account, two_notes: Upload
) -> None:
    first = commit(access=access, upload=two_notes, today=TODAY)
    again = receive(access=access, file=read_kept(two_notes.sha256), name="再来.xlsx")
    looked = preview(again, TODAY)
    assert looked.repeated == first.batch
    assert commit(access=access, upload=again, today=TODAY).batch is None
    again.refresh_from_db()
    assert again.batch == first.batch
    assert Batch.objects.count() == 1


def test_without_an_account_nothing_is_written(access: Access, two_notes: Upload) -> None:
    with pytest.raises(ImportRefusedError, match="请先添加账号"):
        commit(access=access, upload=two_notes, today=TODAY)
    assert not Batch.objects.exists()


def test_an_unknown_layout_asks_for_its_columns(
    access: Access, account: Account, unknown: Upload
) -> None:
    with pytest.raises(ImportRefusedError, match="请先指定每一列的含义"):
        commit(access=access, upload=unknown, today=TODAY)


def test_a_batch_cannot_be_undone_once_its_month_is_closed(
    access: Access, account: Account, two_notes: Upload
) -> None:
    done = commit(access=access, upload=two_notes, today=TODAY)
    close_month(team=access.team, month=Month(2025, 5), by=None)
    assert done.batch is not None
    with pytest.raises(MonthClosedError):
        undo(access=access, batch=done.batch)
    assert views(access) == 1500


def test_an_upload_is_committed_once(
    access: Access, account: Account, two_notes: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second person looked while the first had not yet written."""
    stale = Upload.objects.get(pk=two_notes.pk)
    looked = preview(stale, TODAY)
    commit(access=access, upload=two_notes, today=TODAY)
    monkeypatch.setattr(
        "yunce.ground.imports.actions._committing.preview", lambda upload, today: looked
    )
    with pytest.raises(AlreadyImportedError, match="刚刚已经导入"):
        commit(access=access, upload=stale, today=TODAY)
    assert Batch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_at_once_one_does_it(access: Access, account: Account, two_notes: Upload) -> None:
    start = threading.Barrier(4)
    made: list[Batch | None] = []

    def press() -> None:
        start.wait()
        try:
            upload = Upload.objects.get(pk=two_notes.pk)
            made.append(commit(access=access, upload=upload, today=TODAY).batch)
        except AlreadyImportedError:
            made.append(None)
        finally:
            connection.close()

    people = [threading.Thread(target=press) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(made) == 4
    assert len([batch for batch in made if batch]) == 1
    assert Batch.objects.count() == 1
    assert views(access) == 1500


def test_a_failing_store_leaves_the_upload_waiting(
    access: Access, account: Account, two_notes: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise StoreError("磁盘已满")

    with monkeypatch.context() as broken, pytest.raises(StoreError):
        broken.setattr("yunce.engines.metrics.dialects.duckdb.DuckDBStore.write", full)
        commit(access=access, upload=two_notes, today=TODAY)
    two_notes.refresh_from_db()
    assert two_notes.batch is None
    assert not Batch.objects.exists()
    assert commit(access=access, upload=two_notes, today=TODAY).batch is not None


def test_a_raw_file_that_is_gone_is_said_so(
    access: Access, account: Account, two_notes: Upload
) -> None:
    kept_path(two_notes.sha256).unlink()
    with pytest.raises(UnreadableFileError, match="笔记列表明细表"):
        preview(two_notes, TODAY)
