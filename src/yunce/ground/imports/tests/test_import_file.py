"""`import_file`: a file brought in without a browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import close_month, undo
from yunce.ground.facts.models import Batch, Post
from yunce.ground.facts.queries import answer
from yunce.ground.imports.actions import ImportResult, import_file
from yunce.ground.imports.keeping import kept_path
from yunce.ground.imports.tests.files import csv, note, notes, workbook
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

TODAY = date(2025, 5, 31)


def bring(
    access: Access,
    content: bytes,
    name: str = "笔记列表明细表.xlsx",
    account: Account | None = None,
    *,
    dry_run: bool = False,
    skip_errors: bool = False,
) -> ImportResult:
    return import_file(
        access=access,
        content=content,
        name=name,
        account=account,
        dry_run=dry_run,
        today=TODAY,
        skip_errors=skip_errors,
    )


def made(result: ImportResult) -> Batch:
    assert result.batch is not None
    return Batch.objects.get(pk=result.batch)


def value(team: Team, metric: str) -> float | None:
    return answer(team, [metric], start=date(2025, 5, 1), end=TODAY).value(metric)


def test_the_only_account_of_the_platform_is_meant(access: Access, account: Account) -> None:
    Account.objects.create(team=access.team, platform="douyin", name="抖音号")
    result = bring(access, notes(note("一", 3, views=1000), note("二", 4, views=500)))
    assert (result.platform, result.account) == ("xiaohongshu", account.name)
    # 10 values a note, and for each note one piece and one article on its day.
    assert (result.added, result.updated, result.unchanged) == (24, 0, 0)
    assert (result.conflicts, result.ignored, result.errors) == (0, 0, 0)
    assert value(access.team, "post_views") == 1500
    batch = made(result)
    assert batch.captured_on == date(2025, 5, 20)
    assert kept_path(batch.file_sha256).is_file()


def test_the_second_time_nothing_changes(access: Access, account: Account) -> None:
    content = notes(note("一", 3))
    bring(access, content)
    again = bring(access, content)
    assert again.batch is None
    assert (again.added, again.updated, again.unchanged) == (0, 0, 12)
    assert Batch.objects.count() == 1


def test_undo_leaves_nothing(access: Access, account: Account) -> None:
    result = bring(access, notes(note("一", 3)))
    undo(batch=made(result), by=access.user)
    assert value(access.team, "post_views") is None
    assert not Post.objects.exists()


def test_a_dry_run_counts_and_writes_nothing(access: Access, account: Account) -> None:
    content = notes(note("一", 3))
    result = bring(access, content, dry_run=True)
    assert (result.batch, result.added) == (None, 12)
    assert not Batch.objects.exists()
    assert not list(kept_path("ab" * 32).parent.parent.glob("*/*"))


def test_two_accounts_need_a_choice(access: Access, account: Account) -> None:
    Account.objects.create(team=access.team, platform="xiaohongshu", name="第二个号")
    result = bring(access, notes(note("一", 3)))
    assert (result.batch, result.errors) == (None, 1)
    assert result.problems[0].message == "文件里看不出属于哪个账号，可选：第二个号、运策小红书"
    assert not Batch.objects.exists()


def test_a_given_account_decides(access: Access, account: Account) -> None:
    Account.objects.create(team=access.team, platform="xiaohongshu", name="第二个号")
    assert bring(access, notes(note("一", 3)), account=account).account == "运策小红书"


def test_no_account_on_the_platform_says_how_to_get_one(access: Access) -> None:
    result = bring(access, notes(note("一", 3)))
    assert result.problems[0].message == "团队还没有小红书账号"
    assert "先添加账号" in result.problems[0].hint


def test_an_account_of_another_platform_is_refused(access: Access) -> None:
    douyin = Account.objects.create(team=access.team, platform="douyin", name="抖音号")
    result = bring(access, notes(note("一", 3)), account=douyin)
    assert result.problems[0].message == "文件来自小红书，但选的账号是「抖音 · 抖音号」"
    assert not Batch.objects.exists()


def test_text_in_a_number_column_is_named_and_nothing_is_written(
    access: Access, account: Account
) -> None:
    result = bring(access, notes(note("一", 3), note("二", 4, views="很多")))
    problem = result.problems[0]
    assert (problem.row, problem.column, problem.value) == (4, "观看量", "很多")
    assert problem.message == "这里应该是数字"
    assert problem.hint
    assert (result.errors, result.added, result.batch) == (1, 23, None)
    assert not Batch.objects.exists()


def test_errors_may_be_skipped_when_asked_to(access: Access, account: Account) -> None:
    content = notes(note("一", 3), note("二", 4, views="很多"))
    result = bring(access, content, skip_errors=True)
    assert (result.errors, result.added) == (1, 23)
    assert made(result).errors == 1


def test_a_date_outside_reason_is_named(access: Access, account: Account) -> None:
    row = list(note("一", 3))
    row[1] = "2052年05月03日09时00分00秒"
    result = bring(access, notes(tuple(row)))
    assert (result.problems[0].row, result.problems[0].column) == (3, "首次发布时间")
    assert "2052-05-03" in result.problems[0].message
    assert not Batch.objects.exists()


def test_values_told_twice_are_conflicts(access: Access, team: Team) -> None:
    Account.objects.create(team=team, platform="douyin", name="抖音号")
    content = csv("日期,净增粉丝", "2025-05-01,10", "2025-05-01,12", "2025-05-02,5")
    result = bring(access, content, "净增粉丝.csv")
    assert (result.conflicts, result.errors, result.added, result.batch) == (1, 0, 1, None)
    assert "2025-05-01" in result.problems[0].message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04" + b"\x00" * 200, "损坏"),
        (b"\x00\x01\x02" * 400, "不是可以读取的表格"),
        (b"a," * 1_001 + b"a\n", "太大"),
    ],
    ids=["0 bytes", "no table", "corrupt", "binary", "too large"],
)
def test_a_file_that_cannot_be_read_is_said_so(
    access: Access, account: Account, content: bytes, said: str
) -> None:
    result = bring(access, content, "坏文件.xlsx")
    assert said in result.problems[0].message
    assert "坏文件.xlsx" in result.problems[0].message
    assert (result.batch, result.errors) == (None, 1)
    assert not Batch.objects.exists()


def test_an_unknown_layout_says_what_to_do(access: Access, account: Account) -> None:
    result = bring(access, csv("甲,乙", "1,2"), "表.csv")
    assert result.problems[0].message == "认不出「表.csv」的格式，没有导入"
    assert "指定每一列" in result.problems[0].hint


def test_a_closed_month_keeps_its_numbers_beside_the_new_ones(
    access: Access, account: Account
) -> None:
    close_month(team=access.team, month=Month(2025, 4), by=None)
    row = list(note("四月的", 3))
    row[1] = "2025年04月03日09时00分00秒"
    result = bring(access, notes(tuple(row), note("五月的", 4)))
    # Its piece and article fall into April; what is true on the day of export does not.
    assert (result.added, result.ignored) == (24, 0)
    assert value(access.team, "pieces") == 1


def test_a_file_all_in_a_closed_month_changes_none_of_its_numbers(
    access: Access, account: Account
) -> None:
    close_month(team=access.team, month=Month(2025, 5), by=None)
    result = bring(access, notes(note("一", 3)))
    assert (result.batch, result.added) == (Batch.objects.get().pk, 12)
    assert value(access.team, "pieces") is None


def test_a_viewer_may_not(team: Team, vera: Member, account: Account) -> None:
    with pytest.raises(PermissionDenied):
        bring(Access(team=team, member=vera, user=vera.user), notes(note("一", 3)))


def test_a_day_of_export_in_the_future_is_a_wrong_call(access: Access, account: Account) -> None:
    with pytest.raises(ValidationError):
        import_file(
            access=access,
            content=notes(note("一", 3)),
            name="表.xlsx",
            account=None,
            captured_on=date(2025, 6, 1),
            dry_run=False,
            today=TODAY,
        )


def test_the_same_file_keeps_its_first_day_of_export(access: Access, account: Account) -> None:
    content = notes(note("一", 3))
    import_file(
        access=access,
        content=content,
        name="表.xlsx",
        account=None,
        captured_on=date(2025, 5, 10),
        dry_run=False,
        today=TODAY,
    )
    assert bring(access, content).unchanged == 12


def test_a_workbook_written_later_than_today_counts_as_todays(
    access: Access, account: Account
) -> None:
    content = workbook(("日期", "净增粉丝"), ("2025-05-01", 5), written=date(2033, 1, 1))
    Account.objects.create(team=access.team, platform="douyin", name="抖音号")
    result = bring(access, content, "净增粉丝.xlsx")
    assert made(result).captured_on == TODAY
