"""Many files: received from a zip or a folder, brought in with one press, taken back with one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunce.engines.platforms import UnreadableFileError
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import close_month
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import answer
from yunce.ground.imports.actions import (
    ChangedMeanwhileError,
    commit,
    describe,
    press_all,
    receive,
    receive_all,
)
from yunce.ground.imports.looks import said
from yunce.ground.imports.models import Upload
from yunce.ground.imports.tests.files import csv, note, notes
from yunce.ground.teams.models import User
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

LIST = "/t/content/imports/"
TODAY = date(2025, 5, 31)
DAILY = csv("日期,净增粉丝", "2025-05-01,12", "2025-05-02,15")
OWN = csv("统计日,新粉", "2025-05-01,12")


def zipped(**files: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def a_month() -> bytes:
    tables = {"五月/笔记.xlsx": notes(note("一", 3)), "净增.csv": DAILY}
    return zipped(**tables, **{"看我.png": b"\x89PNG"})


def test_a_zip_becomes_an_upload_for_each_table(
    access: Access, account: Account, douyin: Account
) -> None:
    received = receive_all(access=access, file=a_month(), name="导出.zip")
    assert [(u.name, u.archive) for u in received.uploads] == [
        ("笔记.xlsx", "导出.zip"),
        ("净增.csv", "导出.zip"),
    ]
    assert received.refused == (
        "「看我.png」不是可以读取的表格（它是一张图片）。"
        "请上传平台导出的 Excel（.xlsx、.xls）或 CSV 文件。",
    )


def test_a_workbook_is_not_taken_for_an_archive(access: Access) -> None:
    received = receive_all(access=access, file=notes(note("一", 3)), name="笔记.xlsx")
    assert [(u.name, u.archive) for u in received.uploads] == [("笔记.xlsx", "")]


def test_a_broken_zip_is_refused_as_a_whole(access: Access) -> None:
    with pytest.raises(UnreadableFileError, match="已损坏"):
        receive_all(access=access, file=a_month()[:200], name="导出.zip")
    assert not Upload.objects.exists()


def test_the_drop_zone_is_answered_in_json(bobs: Client, account: Account) -> None:
    file = SimpleUploadedFile("笔记.xlsx", notes(note("一", 3)))
    sent = {"files": [file], "folder": "五月/小红书"}
    asked = {"Accept": "application/json"}
    told = json.loads(bobs.post(f"{LIST}drop/", sent, headers=asked).content)
    upload = Upload.objects.get()
    assert told == {"uploads": [f"{LIST}{upload.pk}/"], "said": "", "refused": []}
    assert upload.archive == "五月/小红书"


def test_one_press_brings_in_what_is_clear_and_leaves_the_rest(
    bobs: Client, access: Access, account: Account, douyin: Account
) -> None:
    receive(access=access, file=notes(note("一", 3, views=1000)), name="笔记.xlsx")
    receive(access=access, file=DAILY, name="净增粉丝.csv", account=douyin)
    receive(access=access, file=OWN, name="周会.csv")
    daily = Upload.objects.get(name="净增粉丝.csv")
    daily.glance["is_clear"] = True  # as when a person has confirmed it
    daily.save(update_fields=["glance"])
    chosen = list(Upload.objects.values_list("pk", flat=True))
    page = bobs.post(f"{LIST}together/", {"chosen": chosen}, follow=True).content.decode()
    assert Batch.objects.count() == 2
    assert "2 个文件已导入：新增 14 个数，更新 0 个" in page
    assert "/t/content/2025-05/coverage/" in page
    assert "/t/content/metrics/post_views/" in page
    assert "周会.csv" in bobs.get(f"{LIST}waiting/").content.decode()


def test_one_that_is_refused_does_not_keep_the_others_out(
    access: Access, account: Account, two_notes: Upload, douyin: Account
) -> None:
    own = receive(access=access, file=OWN, name="周会.csv")
    pressed = press_all(access=access, uploads=[own, two_notes], today=TODAY)
    assert len(pressed.batches) == 1
    assert pressed.refused == ((own, "请先指定每一列的含义。"),)


def test_what_came_in_together_is_undone_together(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    commit(access=access, upload=two_notes, today=TODAY)
    batch = Batch.objects.get()
    page = bobs.post(f"{LIST}results/undo/", {"chosen": [batch.pk]}, follow=True).content.decode()
    assert "已撤销 1 批" in page
    asked = answer(access.team, ["post_views"], start=date(2025, 5, 1), end=TODAY)
    assert asked.value("post_views") is None


def test_undoing_together_says_which_month_is_closed(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    commit(access=access, upload=two_notes, today=TODAY)
    close_month(team=access.team, month=Month(2025, 5), by=None)
    chosen = {"chosen": [Batch.objects.get().pk]}
    answer = bobs.post(f"{LIST}results/undo/", chosen, follow=True)
    assert "计入了这一批数" in answer.content.decode()


def test_chosen_files_are_put_aside_together(bobs: Client, two_notes: Upload) -> None:
    bobs.post(f"{LIST}together/", {"chosen": [two_notes.pk], "intent": "discard"})
    assert not Upload.objects.exists()


def test_nothing_chosen_is_said_so(bobs: Client) -> None:
    assert "没有选中文件" in bobs.post(f"{LIST}together/", follow=True).content.decode()


def test_what_two_people_say_of_one_file_is_not_mixed(
    access: Access, account: Account, two_notes: Upload
) -> None:
    """One looked at it as the first account's; meanwhile it became the second's."""
    seen = said(two_notes)
    second = Account.objects.create(team=access.team, platform="xiaohongshu", name="第二个号")
    describe(access=access, upload=two_notes, account=second, captured_on=two_notes.captured_on)
    with pytest.raises(ChangedMeanwhileError, match="刚才有人改了"):
        commit(access=access, upload=two_notes, today=TODAY, seen=seen)
    assert not Batch.objects.exists()


def test_a_stranger_does_nothing_here(
    charlie: User, signed_in: Callable[[User], Client], two_notes: Upload
) -> None:
    client = signed_in(charlie)
    chosen = {"chosen": [two_notes.pk]}
    assert client.post(f"{LIST}together/", chosen).status_code == 404
    assert client.get(f"{LIST}results/", chosen).status_code == 404
    client.post("/t/other/imports/together/", {**chosen, "intent": "discard"})
    assert Upload.objects.exists()


def test_more_waiting_files_cost_no_more_queries(
    bobs: Client, access: Access, account: Account
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert bobs.get(LIST).status_code == 200
        return len(asked)

    receive(access=access, file=notes(note("一", 1)), name="1.xlsx")
    queries()
    few = queries()
    for number in range(2, 12):
        receive(access=access, file=notes(note("一", number)), name=f"{number}.xlsx")
    assert queries() == few
