"""预测准不准 as people see it: working it out, the scores, the misses, and why there are none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.daily import days_of, uneven
from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member, Team
from yunce.loop.goals.actions import make_check
from yunce.loop.goals.models import ForecastCheck, Goal, MonthPlan
from yunce.outputs.dashboards.accuracy import wording
from yunce.outputs.dashboards.tests.reading import page_of

PATH = "/t/content/forecasts/"
SignedIn = Callable[[Any], Client]
FIRST = date(2024, 11, 1)


@pytest.fixture
def two_months(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough where it does not matter how many."""
    monkeypatch.setattr("yunce.loop.goals.queries.checks.MONTHS", 2)


@pytest.fixture
def goal(plan: MonthPlan) -> Goal:
    return Goal.objects.create(plan=plan, metric="new_followers", must=100, dimension="user")


@pytest.fixture
def veras(vera: Member, signed_in: SignedIn) -> Client:
    return signed_in(vera)


@pytest.fixture
def accounts(team: Team, account: Account) -> list[Account]:
    """Four accounts, half a year; in May the first had thirty times as much."""
    made = [account]
    made += [
        Account.objects.create(team=team, platform="douyin", name=f"抖音 {n}") for n in range(3)
    ]
    for n, each in enumerate(made):
        values = uneven(300 + 100 * n, 212, seed=n)
        days_of(each, "new_followers", FIRST, values if n else [*values[:181], *[9000.0] * 31])
    return made


def text(client: Client, query: str = "", status: int = 200) -> str:
    return page_of(client, PATH + query, status=status)


def checked() -> None:
    """What the jobs thread does."""
    for number in ForecastCheck.objects.values_list("pk", flat=True):
        make_check(number)


def test_the_first_visitor_is_told_to_wait_and_the_page_asks_again(
    veras: Client, goal: Goal, accounts: list[Account]
) -> None:
    page = text(veras)
    assert "正在拿过去的月份检验" in page
    assert 'hx-trigger="load delay:3s"' in page
    assert ForecastCheck.objects.count() == 1


def test_scores_stand_beside_those_on_public_data(
    veras: Client, goal: Goal, accounts: list[Account]
) -> None:
    text(veras)
    checked()
    page = text(veras)
    assert "说 80% 有把握的" in page and "共 30 次" in page
    assert "（80%）" in page and "（0.22）" in page
    assert "load delay" not in page


def test_a_month_that_was_missed_is_admitted(
    veras: Client, goal: Goal, accounts: list[Account]
) -> None:
    text(veras)
    checked()
    page = text(veras)
    assert "6 个月里 1 个有没说中的" in page
    missed = page.split('<th scope="row" class="num">2025-05</th>')[1].split("</tr>")[0]
    assert "在区间外" in missed
    assert "各账号没说中的" in page and str(accounts[0]) in page


@pytest.mark.usefixtures("two_months")
def test_newer_numbers_are_waited_for_with_the_old_scores_shown(
    veras: Client, goal: Goal, accounts: list[Account]
) -> None:
    text(veras)
    checked()
    days_of(accounts[0], "new_followers", date(2025, 6, 1), [300.0])
    assert "之后有了新的数，正在重新检验" in text(veras)
    checked()
    assert "正在重新检验" not in text(veras)


@pytest.mark.usefixtures("two_months")
def test_a_young_team_is_shown_the_public_scores_and_why(
    veras: Client, goal: Goal, account: Account
) -> None:
    days_of(account, "new_followers", FIRST, uneven(300, 40, seed=1))
    text(veras)
    checked()
    page = text(veras)
    assert "历史太短" in page and "公开数据上的成绩" in page


def test_without_a_goal_or_numbers_the_public_scores_are_shown(
    veras: Client, account: Account
) -> None:
    page = text(veras)
    assert "还没有可以检验的目标" in page and "公开数据上的成绩" in page


def test_a_goal_without_any_number_is_no_error(veras: Client, goal: Goal) -> None:
    assert "还没有" in text(veras)


@pytest.mark.parametrize("metric", ["click_rate", "nonsense", "'", "x" * 500])
def test_a_metric_that_cannot_be_checked_is_said(
    veras: Client, goal: Goal, accounts: list[Account], metric: str
) -> None:
    assert "还不能这样检验" in text(veras, f"?metric={metric}", status=422)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([0.0] * 212, id="all zero"),
        pytest.param([7.0] * 212, id="constant"),
        pytest.param([7.0] * 150 + [7000.0] + [7.0] * 61, id="one day ×1000"),
        pytest.param([-3.0] * 212, id="negative"),
        pytest.param([None] * 190 + [5.0] * 22, id="begins inside a month"),
    ],
)
@pytest.mark.usefixtures("two_months")
def test_odd_numbers_make_a_page(
    veras: Client, goal: Goal, account: Account, values: list[float | None]
) -> None:
    days_of(account, "new_followers", FIRST, values)
    text(veras)
    checked()
    text(veras)


def test_a_stranger_finds_nothing(charlie: Any, team: Team, signed_in: SignedIn) -> None:
    assert signed_in(charlie).get(PATH).status_code == 404


@pytest.mark.usefixtures("two_months")
def test_the_page_takes_few_queries_and_never_works_it_out(
    veras: Client,
    goal: Goal,
    accounts: list[Account],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text(veras)
    checked()

    def refused(*_args: Any, **_words: Any) -> None:
        raise AssertionError("a page never works it out")

    monkeypatch.setattr("yunce.loop.goals.queries.checks.backtest", refused)
    with django_assert_max_num_queries(26):
        text(veras)


@pytest.mark.parametrize(
    ("held", "count", "said"),
    [
        (0.78, 36, "说 80% 有把握的，中了 78%：说得准"),
        (0.5, 36, "说 80% 有把握的，只中了 50%：区间太窄，要多留余地"),
        (0.97, 36, "说 80% 有把握的，中了 97%：区间偏宽，偏保守"),
        (1.0, 6, "自己的月份还少，先看公开数据上的成绩"),
        (None, 0, "自己的月份还少，先看公开数据上的成绩"),
    ],
)
def test_the_verdict_does_not_flatter(held: float | None, count: int, said: str) -> None:
    assert wording.verdict(held, count=count) == said


def test_alerts_are_trusted_as_far_as_they_were_right() -> None:
    assert "说对 50%：先核对再行动" in wording.alerts(0.5, count=4)
    assert "说对 90%：红了就该动手" in wording.alerts(0.9, count=10)
    assert "没有发过" in wording.alerts(None, count=0)
