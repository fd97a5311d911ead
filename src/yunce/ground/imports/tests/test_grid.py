"""The typed-in grid: all changed cells in one batch, or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import MonthClosedError, Source, close_month, record
from yunce.ground.facts.models import Batch, BatchKind
from yunce.ground.facts.queries import account_values, answer
from yunce.ground.imports.actions import GridSaved, save_grid, undo
from yunce.ground.imports.gridding import Typed
from yunce.ground.teams.models import Member, User
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

MAY = Month(2025, 5)
TODAY = date(2025, 5, 20)
ADDRESS = "/t/content/2025-05/grid/"


def save(access: Access, account: Account, *cells: tuple[str, int, str, str]) -> GridSaved:
    """Each cell: metric, day of May, what was typed, what had been seen."""
    typed = {(metric, date(2025, 5, day)): Typed(text, seen) for metric, day, text, seen in cells}
    return save_grid(access=access, account=account, month=MAY, typed=typed, today=TODAY)


def reads(account: Account) -> dict[int, float]:
    stored = account_values(account, ["reads"], start=MAY.first, end=MAY.last)
    return {day.day: row.value for (_metric, day), row in stored.items()}


def test_numbers_as_people_write_them(access: Access, account: Account) -> None:
    done = save(
        access,
        account,
        ("reads", 1, "1.2万", ""),
        ("reads", 2, "3,456", ""),
        ("reads", 3, "0", ""),
        ("cover_click_rate", 1, "12%", ""),
        ("cover_click_rate", 2, "6.5", ""),
    )
    assert done.wrong == {}
    assert reads(account) == {1: 12000, 2: 3456, 3: 0}
    rates = account_values(account, ["cover_click_rate"], start=MAY.first, end=MAY.last)
    assert [row.value for row in rates.values()] == pytest.approx([0.12, 0.065])


def test_all_of_a_page_is_one_batch(access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "5", ""), ("likes", 2, "6", ""))
    batch = Batch.objects.get()
    assert (batch.kind, batch.account, batch.added) == (BatchKind.GRID, account, 2)
    undo(access=access, batch=batch)
    assert reads(account) == {}


def test_empty_is_unknown_and_not_zero(access: Access, account: Account) -> None:
    assert save(access, account, ("reads", 1, "", ""), ("reads", 2, "  ", "")).recorded is None
    assert answer(access.team, ["reads"], start=MAY.first, end=MAY.last).value("reads") is None
    assert not Batch.objects.exists()


def test_what_was_not_touched_is_not_written(access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "1200", ""))
    done = save(access, account, ("reads", 1, "1,200", "1200.0"), ("reads", 2, "7", ""))
    assert done.recorded is not None
    assert done.recorded.comparison.added == 1
    assert done.recorded.comparison.unchanged == 0


@pytest.mark.parametrize(
    ("metric", "text", "said"),
    [
        ("reads", "很多", "看不懂「很多」，请写成 12000、12,000 或 1.2万。"),
        ("reads", "12%", "看不懂「12%」"),
        ("reads", "-5", "这个数不会小于 0。"),
        ("reads", "1.5", "「1.5」不是整数。"),
        ("reads", "99999999亿", "太大了"),
        ("cover_click_rate", "高", "请写成 12%。"),
    ],
)
def test_a_wrong_cell_is_told_and_nothing_is_written(
    access: Access, account: Account, metric: str, text: str, said: str
) -> None:
    done = save(access, account, (metric, 1, text, ""), ("likes", 1, "5", ""))
    (cell,) = done.wrong.values()
    assert said in cell.error
    assert cell.text == text
    assert not Batch.objects.exists()


def test_net_followers_may_be_below_zero(access: Access, account: Account) -> None:
    assert save(access, account, ("net_followers_reported", 1, "−8", "")).wrong == {}


def test_a_day_to_come_is_refused(access: Access, account: Account) -> None:
    done = save(access, account, ("reads", 21, "5", ""))
    (cell,) = done.wrong.values()
    assert cell.error == "这一天还没有到，不能填数。"
    assert not Batch.objects.exists()


def told_by_a_file(account: Account, day: int, value: float) -> None:
    row = FactRow(account.team_id, account.pk, 0, "reads", date(2025, 5, day), "", value)
    source = Source(kind=BatchKind.FILE, account=account, file_name="日报.csv")
    record(team=account.team, by=None, source=source, rows=[row])


def test_emptying_a_cell_takes_back_what_was_typed(access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "1200", ""))
    done = save(access, account, ("reads", 1, "", "1200.0"))
    assert done.recorded is not None
    assert reads(account) == {}
    assert answer(access.team, ["reads"], start=MAY.first, end=MAY.last).value("reads") is None


def test_taking_back_is_undone_like_any_batch(access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "1200", ""))
    save(access, account, ("reads", 1, "", "1200.0"))
    undo(access=access, batch=Batch.objects.latest("pk"))
    assert reads(account) == {1: 1200}


def test_what_a_file_told_before_comes_back(access: Access, account: Account) -> None:
    told_by_a_file(account, 1, 900)
    save(access, account, ("reads", 1, "1200", "900.0"))
    save(access, account, ("reads", 1, "", "1200.0"))
    assert reads(account) == {1: 900}


def test_a_number_only_a_file_told_is_not_emptied(access: Access, account: Account) -> None:
    told_by_a_file(account, 1, 900)
    (cell,) = save(access, account, ("reads", 1, "", "900.0"), ("reads", 2, "5", "")).wrong.values()
    assert "这个数是文件里的" in cell.error
    assert cell.text == "900"
    assert reads(account) == {1: 900}


def test_a_closed_month_takes_nothing_back(access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "1200", ""))
    close_month(team=account.team, month=MAY, by=None)
    with pytest.raises(MonthClosedError):
        save(access, account, ("reads", 1, "", "1200.0"))
    assert reads(account) == {1: 1200}


def test_what_another_changed_meanwhile_is_not_emptied(access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "100", ""))
    save(access, account, ("reads", 1, "120", "100.0"))
    (cell,) = save(access, account, ("reads", 1, "", "100.0")).wrong.values()
    assert (cell.theirs, cell.text, cell.mine) == ("120", "", "清空")
    assert reads(account) == {1: 120}
    save(access, account, ("reads", 1, "", cell.seen))  # once more, having seen theirs
    assert reads(account) == {}


def test_a_cell_says_who_said_what(
    access: Access, account: Account, alice: Member, signed_in: Callable[..., Client]
) -> None:
    told_by_a_file(account, 1, 900)
    save(access, account, ("reads", 1, "1200", "900.0"))
    page = signed_in(alice).get(ADDRESS).content.decode()
    assert 'title="900（日报.csv） → 1,200（王文案 ' in page


def test_a_value_taken_back_stands_in_the_restatements(
    access: Access, account: Account, alice: Member, signed_in: Callable[..., Client]
) -> None:
    save(access, account, ("reads", 1, "1200", ""))
    save(access, account, ("reads", 1, "", "1200.0"))
    path = "/t/content/restatements/?from=2025-05-01&to=2025-05-31"
    page = signed_in(alice).get(path)
    assert page.status_code == 200
    assert "1 个数后来改过" in page.content.decode()


def test_two_people_one_cell_both_values_are_shown(access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "100", ""))
    save(access, account, ("reads", 1, "120", "100.0"))
    done = save(access, account, ("reads", 1, "130", "100.0"), ("reads", 2, "5", ""))
    (cell,) = done.wrong.values()
    assert (cell.theirs, cell.text, cell.seen) == ("120", "130", "120.0")
    assert cell.who.startswith("王文案 ")
    assert reads(account) == {1: 120}
    # Saving once more, now having seen theirs, means «mine».
    assert save(access, account, ("reads", 1, "130", cell.seen)).wrong == {}
    assert reads(account) == {1: 130}


def test_two_people_one_cell_the_same_value_is_no_quarrel(access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "120", ""))
    assert save(access, account, ("reads", 1, "120", "")).wrong == {}


def test_the_page_shows_what_is_there(bobs: Client, access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "1200", ""))
    page = bobs.get(ADDRESS, {"metrics": "reads,likes"}).content.decode()
    assert 'name="v.reads.2025-05-01" value="1,200"' in page
    assert 'name="s.reads.2025-05-01" value="1200.0"' in page
    assert 'name="v.likes.2025-05-31" value=""' in page


def test_without_a_choice_the_usual_metrics_are_offered(bobs: Client, account: Account) -> None:
    page = bobs.get(ADDRESS).content.decode()
    for code in ("new_followers", "reads", "likes", "comments", "shares"):
        assert f'name="v.{code}.2025-05-01"' in page
    assert 'name="v.saves.2025-05-01"' not in page


def test_then_those_the_account_has(bobs: Client, access: Access, account: Account) -> None:
    save(access, account, ("gmv", 1, "99.5", ""))
    page = bobs.get(ADDRESS).content.decode()
    assert 'name="v.gmv.2025-05-01" value="99.5"' in page
    assert 'name="v.reads.2025-05-01"' not in page


def test_saving_a_page(bobs: Client, account: Account) -> None:
    address = f"{ADDRESS}?account={account.pk}&metrics=reads"
    cells = {"v.reads.2025-05-01": "1.2万", "s.reads.2025-05-01": "", "v.reads.2025-05-02": ""}
    page = bobs.post(address, cells, follow=True).content.decode()
    assert "已保存 1 个数。" in page
    assert "batches" in page
    assert reads(account) == {1: 12000}


def test_a_wrong_page_keeps_everything_typed(bobs: Client, account: Account) -> None:
    cells = {"v.reads.2025-05-01": "很多", "v.reads.2025-05-02": "77"}
    answered = bobs.post(f"{ADDRESS}?metrics=reads", cells)
    page = answered.content.decode()
    assert answered.status_code == 422
    assert 'value="很多"' in page
    assert 'value="77"' in page
    assert 'aria-invalid="true"' in page
    assert reads(account) == {}


def test_a_quarrel_shows_both_on_the_page(bobs: Client, access: Access, account: Account) -> None:
    save(access, account, ("reads", 1, "120", ""))
    answered = bobs.post(
        f"{ADDRESS}?metrics=reads", {"v.reads.2025-05-01": "130", "s.reads.2025-05-01": ""}
    )
    assert answered.status_code == 409
    assert "已改成 120，你填的是 130" in answered.content.decode()
    assert reads(account) == {1: 120}


def test_a_closed_month_is_only_looked_at(bobs: Client, access: Access, account: Account) -> None:
    close_month(team=access.team, month=MAY, by=None)
    assert "已关账，只能看" in bobs.get(ADDRESS).content.decode()
    answered = bobs.post(f"{ADDRESS}?metrics=reads", {"v.reads.2025-05-01": "5"})
    assert answered.status_code == 409
    assert "2025-05 已关账，数据不能再改" in answered.content.decode()
    assert reads(account) == {}


def test_days_to_come_cannot_be_typed_into(bobs: Client, account: Account) -> None:
    ahead = Month.of(timezone.localdate()).next
    page = bobs.get(f"/t/content/{ahead}/grid/").content.decode()
    assert "还没有到" in page
    assert page.count(" disabled") == ahead.day_count * 5


def test_without_an_account_the_page_says_so(bobs: Client) -> None:
    assert "还没有账号可以填数" in bobs.get(ADDRESS).content.decode()


def test_forged_cells_are_left_alone(bobs: Client, account: Account) -> None:
    forged = {"v.reads.2024-01-01": "5", "v.post_views.2025-05-01": "5", "s.reads.2025-05-01": "x"}
    bobs.post(f"{ADDRESS}?metrics=reads,post_views,nothing", forged)
    assert not Batch.objects.exists()


def test_a_viewer_reads_and_a_stranger_finds_nothing(
    vera: Member, charlie: User, account: Account, signed_in: Callable[[User | Member], Client]
) -> None:
    page = signed_in(vera).get(ADDRESS).content.decode()
    assert "保存</button>" not in page
    assert signed_in(vera).post(ADDRESS).status_code == 403
    assert signed_in(charlie).get(ADDRESS).status_code == 404


def test_posts_and_segments_do_not_show_as_the_accounts(access: Access, account: Account) -> None:
    row = FactRow(account.team_id, account.pk, 0, "reads", date(2025, 5, 1), "channel=扫码", 3)
    rows = [row, row._replace(segment="", post=7, value=4)]
    record(team=access.team, by=None, source=Source(kind=BatchKind.FILE), rows=rows)
    assert reads(account) == {}
