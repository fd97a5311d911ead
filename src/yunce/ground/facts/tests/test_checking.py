"""Whose data is missing for yesterday, and what a platform will soon hand out no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, check_data, close_month, record
from yunce.ground.facts.models import BatchKind, DataGap
from yunce.ground.facts.queries.checking import closing_windows, lost_soon, still_missing
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team
from yunce.kit.months import Month

TODAY = date(2025, 5, 16)
SignIn = Callable[..., Client]


def say(account: Account, *days: date) -> None:
    rows = [FactRow(account.team_id, account.pk, 0, "likes", day, "", 5.0) for day in days]
    source = Source(kind=BatchKind.FILE, account=account)
    record(team=account.team, by=None, source=source, rows=rows)


def gaps() -> list[tuple[str, date | None]]:
    return [(gap.account.name, gap.since) for gap in DataGap.objects.select_related("account")]


def test_an_account_with_yesterdays_numbers_is_not_named(team: Team, account: Account) -> None:
    say(account, date(2025, 5, 15))
    check_data(team=team, today=TODAY)
    assert gaps() == []


def test_a_gap_is_told_with_its_first_day(team: Team, account: Account) -> None:
    say(account, date(2025, 5, 12), date(2025, 5, 10))
    check_data(team=team, today=TODAY)
    assert gaps() == [("运策小红书", date(2025, 5, 13))]


def test_a_gap_longer_than_looked_back_has_no_first_day(team: Team, account: Account) -> None:
    say(account, date(2025, 5, 15) - timedelta(days=61))
    check_data(team=team, today=TODAY)
    assert gaps() == [("运策小红书", None)]


def test_accounts_out_of_use_or_without_daily_data_are_not_expected(
    team: Team, account: Account
) -> None:
    account.skips_daily = True
    account.save()
    Account.objects.create(team=team, platform="douyin", name="停用的", is_active=False)
    check_data(team=team, today=TODAY)
    assert gaps() == []


def test_checking_again_replaces_what_was_found(team: Team, account: Account) -> None:
    check_data(team=team, today=TODAY)
    say(account, date(2025, 5, 15))
    check_data(team=team, today=TODAY)
    assert gaps() == []
    assert Entry.objects.filter(verb="facts.check_data").count() == 2


def test_nothing_missing_leaves_no_line(team: Team, account: Account) -> None:
    say(account, date(2025, 5, 15))
    check_data(team=team, today=TODAY)
    assert not Entry.objects.filter(verb="facts.check_data").exists()


def test_what_came_in_after_the_check_is_no_longer_missing(team: Team, account: Account) -> None:
    other = Account.objects.create(team=team, platform="douyin", name="运策抖音")
    check_data(team=team, today=TODAY)
    say(account, date(2025, 5, 15))
    line = still_missing(team, TODAY)
    assert line is not None
    assert [each.account for each in line.missing] == [other]


def test_before_todays_check_nothing_is_said(team: Team, account: Account) -> None:
    check_data(team=team, today=TODAY - timedelta(days=1))
    assert still_missing(team, TODAY) is None


def test_the_days_about_to_leave_the_window_are_told() -> None:
    # 90 days before 5/16 is 2/15: an export of today reaches back to it.
    covered = {date(2025, 2, 1)} | {date(2025, 2, 17) + timedelta(days=n) for n in range(80)}
    found = lost_soon(covered, today=TODAY, window=90)
    assert found == [date(2025, 2, 15), date(2025, 2, 16)]


def test_days_before_the_first_numbers_are_not_missed() -> None:
    assert lost_soon({date(2025, 5, 1)}, today=TODAY, window=90) == []


def test_days_of_a_closed_month_cannot_be_filled_and_are_not_told() -> None:
    covered = {date(2025, 2, 1)}
    closed = {Month(2025, 2)}
    assert lost_soon(covered, today=TODAY, window=90, closed=closed) == []


@pytest.fixture
def paper(team: Team) -> Account:
    return Account.objects.create(team=team, platform="wechat_mp", name="运策公众号")


def test_a_platform_with_a_window_warns_before_it_closes(team: Team, paper: Account) -> None:
    start = date(2025, 2, 10)
    say(paper, *(start + timedelta(days=n) for n in range(95) if n != 7))
    (warning,) = closing_windows(team, TODAY)
    assert warning.days == (date(2025, 2, 17),)
    assert warning.until == date(2025, 5, 18)  # 2/17 + 90 days


def test_a_closed_month_is_left_out_of_the_warning(team: Team, paper: Account) -> None:
    say(paper, date(2025, 2, 10))
    close_month(team=team, month=Month(2025, 2), by=None)
    assert closing_windows(team, TODAY) == []


def test_the_pages_say_what_is_missing(
    team: Team, account: Account, alice: Member, signed_in: SignIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)
    say(account, date(2025, 5, 12))
    check_data(team=team, today=TODAY)
    for path in ("imports/", "2025-05/coverage/", "2025-05/"):
        text = signed_in(alice).get(f"/t/content/{path}").content.decode()
        assert "5/15 的数据还缺 1 个账号" in text, path
        assert "5/13 起就没有" in text, path


def test_the_coverage_calendar_warns_before_an_export_window_closes(
    team: Team, paper: Account, alice: Member, signed_in: SignIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)
    start = date(2025, 2, 10)
    say(paper, *(start + timedelta(days=n) for n in range(95) if n not in (7, 9)))
    text = signed_in(alice).get("/t/content/2025-05/coverage/").content.decode()
    assert "运策公众号 有 2 天的数据快导不出来了" in text
    assert "2/17 – 2/19之间：平台只给最近 90 天，最早的一天 5/18 之后就拿不到了。" in text
    assert "https://mp.weixin.qq.com" in text


def test_a_month_that_is_over_is_not_told(
    team: Team, account: Account, alice: Member, signed_in: SignIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)
    check_data(team=team, today=TODAY)
    assert "还缺 1 个账号" not in signed_in(alice).get("/t/content/2025-04/").content.decode()


def test_more_accounts_take_no_more_queries(
    team: Team, account: Account, django_assert_num_queries: Any
) -> None:
    for n in range(5):
        Account.objects.create(team=team, platform="wechat_mp", name=f"号 {n}")
    check_data(team=team, today=TODAY)
    with django_assert_num_queries(2):  # the check, its gaps with their accounts
        still_missing(team, TODAY)
    with django_assert_num_queries(2):  # accounts, closed months
        closing_windows(team, TODAY)
