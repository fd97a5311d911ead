"""The list and the preview, as people see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import close_month
from yunce.ground.facts.models import Batch
from yunce.ground.imports.actions import commit, import_file
from yunce.ground.imports.models import Upload
from yunce.ground.imports.tests.files import csv, note, notes
from yunce.ground.teams.models import Member, User
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

LIST = "/t/content/imports/"
DROP = "/t/content/imports/drop/"
TODAY = date(2025, 5, 31)


def a_file(content: bytes, name: str = "笔记列表明细表.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_file_goes_straight_to_its_preview(bobs: Client, account: Account) -> None:
    answer = bobs.post(DROP, {"files": [a_file(notes(note("一", 3)))]})
    upload = Upload.objects.get()
    assert answer.headers["Location"] == f"{LIST}{upload.pk}/"
    page = text(bobs, f"{LIST}{upload.pk}/")
    assert "认出来了：小红书「笔记列表明细表」" in page
    assert "确认导入" in page
    assert 'value="2025-05-20"' in page


def test_several_files_wait_on_the_list(bobs: Client) -> None:
    two = csv("日期,播放量", "2025-05-01,1")
    bobs.post(DROP, {"files": [a_file(notes(note("一", 3))), a_file(two, "播放量.csv")]})
    page = text(bobs, LIST)
    assert "有 2 个文件等着确认" in page
    assert "播放量.csv" in page


def test_of_good_and_bad_files_the_good_ones_wait(bobs: Client) -> None:
    bad, good = a_file(b"", "空.xlsx"), a_file(notes(note("一", 3)))
    answer = bobs.post(DROP, {"files": [bad, good]})
    assert answer.status_code == 422
    assert "「空.xlsx」是空文件" in answer.content.decode()
    assert Upload.objects.count() == 1


def test_no_file_at_all_is_said_so(bobs: Client) -> None:
    answer = bobs.post(DROP)
    assert answer.status_code == 422
    assert "没有选择文件" in answer.content.decode()


def test_a_viewer_reads_but_does_not_drop(
    vera: Member, signed_in: Callable[[Member], Client], two_notes: Upload, account: Account
) -> None:
    client = signed_in(vera)
    assert "上传" not in text(client, LIST)
    assert "确认导入" not in text(client, f"{LIST}{two_notes.pk}/")
    assert client.post(DROP, {"files": [a_file(b"1")]}).status_code == 403


def test_a_stranger_finds_nothing(
    charlie: User, signed_in: Callable[[User], Client], two_notes: Upload
) -> None:
    client = signed_in(charlie)
    for address in (LIST, f"{LIST}{two_notes.pk}/", f"{LIST}{two_notes.pk}/mapping/"):
        assert client.get(address).status_code == 404
    assert client.post(DROP).status_code == 404
    # Nor through a team of one's own.
    assert client.get(f"/t/other/imports/{two_notes.pk}/").status_code == 404


def test_committing_shows_the_result_and_offers_undo(
    bobs: Client, account: Account, two_notes: Upload
) -> None:
    answer = bobs.post(f"{LIST}{two_notes.pk}/commit/", follow=True)
    page = answer.content.decode()
    batch = Batch.objects.get()
    assert "已导入：新增 24 个数，更新 0 个，不变 0 个。" in page
    assert f'hx-post="{LIST}batches/{batch.pk}/undo/"' in page
    bobs.post(f"{LIST}batches/{batch.pk}/undo/")
    listed = text(bobs, LIST)
    assert "<s>笔记列表明细表.xlsx</s>" in listed
    assert "已撤销" in listed
    assert "这一批已经撤销" in text(bobs, f"{LIST}{two_notes.pk}/")


def test_undo_from_a_toast_leads_to_the_list(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    batch = commit(access=access, upload=two_notes, today=TODAY).batch
    assert batch is not None
    answer = bobs.post(f"{LIST}batches/{batch.pk}/undo/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == LIST


def test_undoing_into_a_closed_month_says_why_not(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    batch = commit(access=access, upload=two_notes, today=TODAY).batch
    assert batch is not None
    close_month(team=access.team, month=Month(2025, 5), by=None)
    page = bobs.post(f"{LIST}batches/{batch.pk}/undo/", follow=True).content.decode()
    assert "2025-05（运策 " in page
    assert "计入了这一批数，不能撤销。请先重新开账，撤销后再关账。" in page
    assert "<s>" not in page


def test_a_missing_account_is_made_right_there(
    alice: Member, signed_in: Callable[[Member], Client], two_notes: Upload
) -> None:
    client = signed_in(alice)
    page = text(client, f"{LIST}{two_notes.pk}/")
    assert "团队还没有小红书账号" in page
    assert 'disabled aria-describedby="why-not"' in page
    client.post(f"{LIST}{two_notes.pk}/account/", {"name": "新号"})
    two_notes.refresh_from_db()
    assert two_notes.account == Account.objects.get(name="新号", platform="xiaohongshu")
    assert "disabled" not in text(client, f"{LIST}{two_notes.pk}/").split("确认导入")[0]


def test_an_account_without_a_name_is_asked_for_it(
    alice: Member, signed_in: Callable[[Member], Client], two_notes: Upload
) -> None:
    answer = signed_in(alice).post(f"{LIST}{two_notes.pk}/account/", {"name": ""})
    assert answer.status_code == 422
    assert "请填写账号名称" in answer.content.decode()


def test_a_member_is_told_who_can_add_an_account(bobs: Client, two_notes: Upload) -> None:
    assert "请运营组长或管理员先添加账号" in text(bobs, f"{LIST}{two_notes.pk}/")


def test_choosing_between_two_accounts(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    second = Account.objects.create(team=access.team, platform="xiaohongshu", name="第二个号")
    address = f"{LIST}{two_notes.pk}/"
    assert "请选择这个文件属于哪个账号" in text(bobs, address)
    bobs.post(address, {"account": second.pk, "captured_on": "2025-05-19"})
    two_notes.refresh_from_db()
    assert (two_notes.account, two_notes.captured_on) == (second, date(2025, 5, 19))
    assert "确认导入" in text(bobs, address)


@pytest.mark.parametrize("day", ["", "昨天", "2999-01-01", "1999-01-01"])
def test_a_bad_day_of_export_is_told_beside_its_field(
    bobs: Client, account: Account, two_notes: Upload, day: str
) -> None:
    answer = bobs.post(f"{LIST}{two_notes.pk}/", {"account": account.pk, "captured_on": day})
    assert answer.status_code == 422
    two_notes.refresh_from_db()
    assert two_notes.captured_on == date(2025, 5, 20)


def test_problems_are_listed_with_their_place(bobs: Client, account: Account) -> None:
    content = notes(note("一", 3), note("二", 4, views="很多"))
    bobs.post(DROP, {"files": [a_file(content)]})
    page = text(bobs, f"{LIST}{Upload.objects.get().pk}/")
    assert "第 4 行" in page
    assert "这里应该是数字" in page
    assert "只导入其余 23 个数" in page


def test_closed_months_are_said_aloud(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    close_month(team=access.team, month=Month(2025, 5), by=None)
    page = text(bobs, f"{LIST}{two_notes.pk}/")
    assert "2025 年 5 月已关账" in page
    assert "已关账的月份：24 个数会记为关账后修订。" in page
    bobs.post(f"{LIST}{two_notes.pk}/commit/")
    assert Batch.objects.get().added == 24


def test_a_note_without_a_title_is_known_by_its_time(bobs: Client, account: Account) -> None:
    bobs.post(DROP, {"files": [a_file(notes(note("", 3)))]})
    assert "（无标题，5/3 " in text(bobs, f"{LIST}{Upload.objects.get().pk}/")


def test_changes_show_old_and_new(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    commit(access=access, upload=two_notes, today=TODAY)
    bobs.post(DROP, {"files": [a_file(notes(note("一", 3, views=1200)), "新.xlsx")]})
    page = text(bobs, f"{LIST}{Upload.objects.latest('pk').pk}/")
    assert "会改变的数" in page
    assert "1,000" in page
    assert "1,200" in page
    assert "+200" in page


def test_the_same_file_is_recognised_again(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    content = notes(note("一", 3))
    import_file(
        access=access, content=content, name="一.xlsx", account=None, dry_run=False, today=TODAY
    )
    bobs.post(DROP, {"files": [a_file(content)]})
    page = text(bobs, f"{LIST}{Upload.objects.latest('pk').pk}/")
    assert "这个文件已经导入过，数值没有变化" in page
    assert "「王文案」已在" in page


def test_a_title_is_text_and_never_markup(bobs: Client, account: Account) -> None:
    bobs.post(DROP, {"files": [a_file(notes(note("<script>alert(1)</script>", 3)))]})
    page = text(bobs, f"{LIST}{Upload.objects.get().pk}/")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_list_asks_as_much_for_many_batches_as_for_few(
    bobs: Client, access: Access, account: Account
) -> None:
    def bring(number: int) -> None:
        content = notes(note(f"第{number}篇", number))
        import_file(
            access=access, content=content, name="表.xlsx", account=None, dry_run=False, today=TODAY
        )

    bring(1)
    text(bobs, LIST)
    with CaptureQueriesContext(connection) as few:
        text(bobs, LIST)
    for number in range(2, 8):
        bring(number)
    with CaptureQueriesContext(connection) as many:
        text(bobs, LIST)
    assert len(many) == len(few)


def test_an_empty_list_says_what_will_be_here(bobs: Client) -> None:
    assert "这里会列出每一批导入的数据" in text(bobs, LIST)


def test_putting_aside(bobs: Client, two_notes: Upload) -> None:
    bobs.post(f"{LIST}{two_notes.pk}/discard/")
    assert not Upload.objects.exists()
