"""What a person may change about a file: its sheets, its account, disputed values."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from openpyxl import load_workbook

from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import answer
from yunce.ground.imports.actions import choose_sheets, commit, receive, recognise_again, settle
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import preview
from yunce.ground.imports.tests.files import csv, note, notes
from yunce.ground.journal.models import Entry
from yunce.ground.teams.queries import Access

LIST = "/t/content/imports/"
TODAY = date(2025, 5, 31)
FLAWED = csv("日期,净增粉丝", "2025-05-01,12", "2025-05-02,很多", "2025-05-03,5", "2025-05-03,6")


@pytest.fixture
def flawed(access: Access, douyin: Account) -> Upload:
    """One value that is none, and one day told twice: 5 in row 4, 6 in row 5."""
    return receive(access=access, file=FLAWED, name="净增粉丝.csv")


def followers(access: Access, day: int) -> float | None:
    when = date(2025, 5, day)
    asked = answer(access.team, ["net_followers_reported"], start=when, end=when)
    return asked.value("net_followers_reported")


def test_a_dispute_names_both_values_and_counts_as_a_conflict(flawed: Upload) -> None:
    looked = preview(flawed, TODAY)
    assert (looked.conflicts, looked.reading.errors, looked.values) == (1, 1, 1)
    (dispute,) = looked.reading.disputes
    assert [(o.row, o.value) for o in dispute.options] == [(4, 5), (5, 6)]


def test_the_chosen_value_is_written(access: Access, flawed: Upload) -> None:
    (dispute,) = preview(flawed, TODAY).reading.disputes
    settle(access=access, upload=flawed, decisions={dispute.key: dispute.choices[1][0]})
    looked = preview(flawed, TODAY)
    assert (looked.conflicts, looked.values, looked.reading.errors) == (0, 2, 1)
    commit(access=access, upload=flawed, today=TODAY)
    assert followers(access, 3) == 6
    assert Entry.objects.filter(verb="imports.settle").exists()


def test_neither_leaves_the_place_out(access: Access, flawed: Upload) -> None:
    (dispute,) = preview(flawed, TODAY).reading.disputes
    settle(access=access, upload=flawed, decisions={dispute.key: "none"})
    commit(access=access, upload=flawed, today=TODAY)
    assert followers(access, 3) is None


def test_a_choice_that_is_none_of_the_values_decides_nothing(
    access: Access, flawed: Upload
) -> None:
    (dispute,) = preview(flawed, TODAY).reading.disputes
    settle(access=access, upload=flawed, decisions={dispute.key: "!99!x"})
    assert preview(flawed, TODAY).conflicts == 1


def test_what_is_in_cannot_be_changed_any_more(access: Access, flawed: Upload) -> None:
    commit(access=access, upload=flawed, today=TODAY)
    with pytest.raises(ValidationError, match="刚刚已经导入"):
        settle(access=access, upload=flawed, decisions={})


def test_a_sheet_may_be_left_out(access: Access, account: Account, two_notes: Upload) -> None:
    choose_sheets(access=access, upload=two_notes, sheets={"Sheet": "skip"})
    looked = preview(two_notes, TODAY)
    assert looked.values == 0
    assert looked.blocked == "文件里没有可以导入的数值。"


def test_a_sheet_cannot_be_what_its_headers_are_not(
    access: Access, account: Account, two_notes: Upload
) -> None:
    choose_sheets(access=access, upload=two_notes, sheets={"Sheet": "douyin:works"})
    (problem,) = preview(two_notes, TODAY).reading.problems
    assert "不能当作抖音「作品列表」来读，缺少" in problem.message
    recognise_again(access=access, upload=two_notes)
    assert preview(two_notes, TODAY).values == 24


def test_a_reading_that_does_not_exist_is_refused(access: Access, two_notes: Upload) -> None:
    with pytest.raises(ValidationError, match="读法「抖音」不存在"):
        choose_sheets(access=access, upload=two_notes, sheets={"Sheet": "抖音"})


def test_known_titles_tell_the_account_and_why(
    access: Access, account: Account, two_notes: Upload
) -> None:
    commit(access=access, upload=two_notes, today=TODAY)
    Account.objects.create(team=access.team, platform="xiaohongshu", name="第二个号")
    newer = notes(note("一", 3), note("三", 5))
    looked = preview(receive(access=access, file=newer, name="新.xlsx"), TODAY)
    assert looked.account == account
    assert looked.whose.reason == "文件里 2 个标题，有 1 个是「运策小红书」发布过的。"


def test_the_files_name_tells_the_account(access: Access, account: Account) -> None:
    second = Account.objects.create(team=access.team, platform="xiaohongshu", name="第二个号")
    upload = receive(access=access, file=notes(note("新", 9)), name="第二个号-笔记.xlsx")
    whose = preview(upload, TODAY).whose
    assert (whose.account, whose.is_sure) == (second, True)


def test_the_last_time_is_a_guess_to_be_confirmed(
    access: Access, account: Account, two_notes: Upload
) -> None:
    commit(access=access, upload=two_notes, today=TODAY)
    Account.objects.create(team=access.team, platform="xiaohongshu", name="第二个号")
    upload = receive(access=access, file=notes(note("新", 9)), name="笔记列表明细表(1).xlsx")
    looked = preview(upload, TODAY)
    assert (looked.account, looked.whose.is_sure) == (account, False)
    assert "请确认" in looked.whose.reason
    assert not upload.may_go_in


def test_the_errors_are_handed_out_as_a_workbook(bobs: Client, flawed: Upload) -> None:
    answered = bobs.get(f"{LIST}{flawed.pk}/problems/?as=xlsx")
    sheet = load_workbook(BytesIO(answered.content)).active
    assert sheet is not None
    cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    row = next(row for row in cells if "很多" in row)
    assert row[0] == "净增粉丝.csv"
    assert row[2:6] == ["3", "净增粉丝", "很多", "错误"]


def test_the_changes_are_paged_and_handed_out(
    bobs: Client, access: Access, account: Account, two_notes: Upload
) -> None:
    commit(access=access, upload=two_notes, today=TODAY)
    newer = receive(access=access, file=notes(note("一", 3, views=1200)), name="新.xlsx")
    page = bobs.get(f"{LIST}{newer.pk}/changes/").content.decode()
    assert "1 个数会改变" in page
    assert "+200" in page
    assert bobs.get(f"{LIST}{newer.pk}/changes/?as=xlsx").content.startswith(b"PK")


def test_a_choice_on_the_page_is_kept(bobs: Client, account: Account, two_notes: Upload) -> None:
    said = {"account": account.pk, "captured_on": "2025-05-19", "sheet-0": "skip"}
    assert bobs.post(f"{LIST}{two_notes.pk}/", said).status_code == 302
    two_notes.refresh_from_db()
    assert two_notes.choices["sheets"] == {"Sheet": "skip"}
    assert "没有选中任何一张表" in bobs.get(f"{LIST}{two_notes.pk}/").content.decode()
