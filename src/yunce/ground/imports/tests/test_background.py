"""Large files: kept at once, read and brought in by the jobs thread, once whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch
from yunce.ground.imports import actions, caching
from yunce.ground.imports.actions import AlreadyImportedError, press, receive, resume
from yunce.ground.imports.keeping import kept_path
from yunce.ground.imports.models import Upload, UploadState
from yunce.ground.imports.tests.files import note, notes
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access

LIST = "/t/content/imports/"
TODAY = date(2025, 5, 31)
TWO = notes(note("一", 3, views=1000), note("二", 4, views=500))


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("_receiving", "_looking", "_committing"):
        monkeypatch.setattr(f"yunce.ground.imports.actions.{module}.BACKGROUND_FROM", 1)
    monkeypatch.setattr("yunce.ground.imports.queries.BACKGROUND_FROM", 1)


def work() -> None:
    """What the jobs thread would do, job by job."""
    for job in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.delete()


@pytest.fixture
def large(access: Access) -> Upload:
    return receive(access=access, file=TWO, name="笔记列表明细表.xlsx")


def test_a_large_file_is_kept_and_waits_to_be_read(large: Upload) -> None:
    assert large.state == UploadState.WAITING
    assert kept_path(large.sha256).is_file()
    assert DBTaskResult.objects.count() == 1


def test_the_job_reads_it_and_takes_the_day_from_the_file(account: Account, large: Upload) -> None:
    work()
    large.refresh_from_db()
    assert large.state == UploadState.READY
    assert large.captured_on == date(2025, 5, 20)
    assert large.glance["added"] == 24


def test_one_that_is_no_table_says_so_and_is_not_kept(access: Access) -> None:
    upload = receive(access=access, file=b"\x89PNG not a table", name="截图.xlsx")
    work()
    upload.refresh_from_db()
    assert upload.state == UploadState.FAILED
    assert "它是一张图片" in upload.sentence
    assert not kept_path(upload.sha256).exists()


def test_pressing_queues_it_and_the_job_brings_it_in(
    access: Access, account: Account, large: Upload
) -> None:
    work()
    large.refresh_from_db()
    assert press(access=access, upload=large, today=TODAY) is None
    assert Upload.objects.get().state == UploadState.COMMITTING
    work()
    batch = Batch.objects.get()
    assert batch.added == 24
    assert batch.created_by == access.user
    assert Upload.objects.get().batch == batch


def test_of_two_who_press_one_queues_it(access: Access, account: Account, large: Upload) -> None:
    work()
    large.refresh_from_db()
    press(access=access, upload=large, today=TODAY)
    with pytest.raises(AlreadyImportedError, match="已经在导入"):
        press(access=access, upload=large, today=TODAY)
    work()
    assert Batch.objects.count() == 1


def test_a_kill_while_reading_is_made_up_for_at_start(account: Account, large: Upload) -> None:
    DBTaskResult.objects.all().delete()
    Upload.objects.update(state=UploadState.READING)
    assert resume() == 1
    work()
    assert Upload.objects.get().state == UploadState.READY


def test_a_kill_while_committing_ends_in_one_batch(
    access: Access, account: Account, large: Upload
) -> None:
    work()
    large.refresh_from_db()
    press(access=access, upload=large, today=TODAY)
    assert resume() == 1  # the job of before the kill is still there as well
    work()
    assert Batch.objects.count() == 1


def test_a_person_who_left_meanwhile_brings_nothing_in(
    access: Access, account: Account, bob: Member, large: Upload
) -> None:
    work()
    large.refresh_from_db()
    press(access=access, upload=large, today=TODAY)
    bob.delete()
    work()
    upload = Upload.objects.get()
    assert (upload.state, upload.batch) == (UploadState.READY, None)
    assert "没有这个权限" in upload.sentence


def test_an_accident_is_told_and_leaves_the_file_waiting(
    access: Access, account: Account, large: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    work()
    large.refresh_from_db()
    press(access=access, upload=large, today=TODAY)

    def broken(*arguments: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("yunce.engines.metrics.dialects.duckdb.DuckDBStore.write", broken)
        work()
    upload = Upload.objects.get()
    assert (upload.state, upload.batch) == (UploadState.READY, None)
    assert "请再按一次" in upload.sentence
    assert not Batch.objects.exists()


def test_the_page_polls_while_it_is_read_and_then_shows_it(
    bobs: Client, account: Account, large: Upload
) -> None:
    page = bobs.get(f"{LIST}{large.pk}/").content.decode()
    assert "排队等读" in page
    assert f'hx-get="{LIST}{large.pk}/stage/"' in page
    work()
    assert bobs.get(f"{LIST}{large.pk}/stage/").headers["HX-Redirect"] == f"{LIST}{large.pk}/"
    assert "认出来了：小红书" in bobs.get(f"{LIST}{large.pk}/").content.decode()


def test_the_waiting_list_polls_only_while_something_is_read(
    bobs: Client, account: Account, large: Upload
) -> None:
    assert "every 1500ms" in bobs.get(f"{LIST}waiting/").content.decode()
    work()
    page = bobs.get(f"{LIST}waiting/").content.decode()
    assert "every 1500ms" not in page
    assert "一起导入可以导入的 1 个" in page


def test_a_known_look_is_shown_without_reading_the_file(
    bobs: Client, account: Account, large: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    work()

    def never(*arguments: object) -> None:
        raise AssertionError("the file was read again")

    monkeypatch.setattr("yunce.ground.imports.queries.read_tables", never)
    assert bobs.get(f"{LIST}{large.pk}/").status_code == 200


def test_without_the_cache_the_file_is_read_again_in_the_background(
    bobs: Client, account: Account, large: Upload
) -> None:
    work()
    for file in caching.folder().iterdir():
        file.unlink()
    assert "排队等读" in bobs.get(f"{LIST}{large.pk}/").content.decode()
    work()
    assert "认出来了" in bobs.get(f"{LIST}{large.pk}/").content.decode()


def test_the_cache_stays_below_its_bound(
    monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path
) -> None:
    monkeypatch.setattr(caching, "MAX_BYTES", 5000)
    for number in range(20):
        caching.keep("look", str(number), b"x" * 1000)
    assert sum(file.stat().st_size for file in caching.folder().iterdir()) <= 5000
    assert caching.found("look", "19") == b"x" * 1000
    assert caching.found("look", "0") is None


def test_a_torn_cache_file_counts_as_absent() -> None:
    caching.keep("look", "a", 1)
    next(caching.folder().iterdir()).write_bytes(b"torn")
    assert caching.found("look", "a") is None


def test_a_file_above_the_limit_is_cut_off_with_a_sentence(
    bobs: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yunce.ground.imports.uploading.MAX_BYTES", 100_000)
    files = [SimpleUploadedFile("大.csv", b"1,2\n" * 50_000), SimpleUploadedFile("笔记.xlsx", TWO)]
    answer = bobs.post(f"{LIST}drop/", {"files": files})
    assert answer.status_code == 422
    assert "「大.csv」超过" in answer.content.decode()
    assert [upload.name for upload in Upload.objects.all()] == ["笔记.xlsx"]


def test_a_stranger_sees_no_stage(
    charlie: Member, signed_in: Callable[[Member], Client], large: Upload
) -> None:
    assert signed_in(charlie).get(f"{LIST}{large.pk}/stage/").status_code == 404
    assert actions.read_in_background(large.pk)
