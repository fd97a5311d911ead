"""数据覆盖: which account has which days, in symbols and words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import close_month
from yunce.ground.facts.covering import DayState, coverage_of
from yunce.ground.facts.tests.conftest import State
from yunce.ground.teams.models import Team, User
from yunce.kit.months import Month

MAY = Month(2025, 5)
PAGE = "/t/content/2025-05/coverage/"

pytestmark = pytest.mark.usefixtures("today")


def states(team: Team, today: date) -> list[DayState]:
    (line,) = coverage_of(team, MAY, today=today).lines
    return [each.state for each in line.days]


def test_a_day_has_numbers_is_missing_or_not_yet_there(team: Team, state: State) -> None:
    state("likes", {1: 10, 3: 5})
    found = states(team, date(2025, 5, 4))
    assert found[:4] == [DayState.HAS, DayState.MISSING, DayState.HAS, DayState.FUTURE]
    assert set(found[4:]) == {DayState.FUTURE}


def test_in_a_closed_month_a_gap_is_closed(team: Team, state: State) -> None:
    state("likes", {1: 10})
    close_month(team=team, month=MAY, by=None)
    assert states(team, date(2025, 6, 9)) == [DayState.HAS, *[DayState.CLOSED] * 30]


def test_the_page_counts_days_and_links_each_gap_to_its_row(
    bobs: Client, account: Account, state: State
) -> None:
    state("likes", dict.fromkeys(range(1, 29), 1.0))
    page = bobs.get(PAGE).content.decode()
    assert "28/31 天" in page
    assert "5 月应有 31 个账号日，还缺 3 个" in page
    assert f"/t/content/2025-05/grid/?account={account.pk}#d-2025-05-29" in page
    assert "5/29 缺，去填" in page


def test_a_viewer_sees_the_gap_in_a_word_without_a_way_to_fill_it(
    veras: Client, account: Account
) -> None:
    page = veras.get(PAGE).content.decode()
    assert '<span class="vh">缺</span>' in page
    assert "去填" not in page
    assert "0/31 天" in page


def test_a_complete_month_says_so(veras: Client, state: State) -> None:
    state("likes", dict.fromkeys(range(1, 32), 1.0))
    assert "5 月到现在的数据一天不缺" in veras.get(PAGE).content.decode()


def test_an_account_out_of_use_shows_only_with_numbers(
    team: Team, account: Account, douyin: Account, state: State
) -> None:
    state("likes", {1: 1}, of=douyin)
    Account.objects.update(is_active=False)
    lines = coverage_of(team, MAY, today=date(2025, 6, 1)).lines
    assert [line.account for line in lines] == [douyin]


def test_a_future_month_and_a_team_without_accounts_say_so(veras: Client, team: Team) -> None:
    assert "还没有账号" in veras.get(PAGE).content.decode()
    Account.objects.create(team=team, platform="douyin", name="运策抖音")
    later = veras.get("/t/content/2025-07/coverage/").content.decode()
    assert "2025 年 7 月还没有到" in later


def test_a_stranger_finds_nothing(
    team: Team, charlie: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(charlie).get(PAGE).status_code == 404


def test_more_accounts_take_no_more_queries(
    veras: Client, team: Team, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        Account.objects.create(team=team, platform="douyin", name=f"号{n}")
    with django_assert_max_num_queries(13):
        veras.get(PAGE)


def test_an_account_leads_to_its_numbers_of_every_day(
    veras: Client, state: State, account: Account
) -> None:
    state("likes", {1: 10})
    assert f'?account={account.pk}" title="看这个账号每天的数"' in veras.get(PAGE).content.decode()
