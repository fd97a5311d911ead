"""本月: what it says of a month on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.models import Task, TaskState

SignIn = Callable[[User | Member], Client]
MAY = Month(2025, 5)
PAGE = "/t/content/2025-05/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 21 May 2025."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 5, 21))


@pytest.fixture
def plan(team: Team, bob: Member) -> MonthPlan:
    plan = MonthPlan.objects.create(team=team, month_start=MAY.first)
    Goal.objects.create(
        plan=plan,
        dimension="user",
        metric="new_followers",
        must=12000,
        stretch=13000,
        owner=bob,
    )
    return plan


@pytest.fixture
def click_rate(plan: MonthPlan) -> Goal:
    return Goal.objects.create(
        plan=plan, dimension="conversion", metric="click_rate", must=Decimal("0.03"), position=1
    )


def state(account: Account, metric: str, values: dict[int, float]) -> None:
    rows = [
        FactRow(account.team_id, account.pk, 0, metric, date(2025, 5, day), "", value)
        for day, value in values.items()
    ]
    source = Source(kind=BatchKind.GRID, account=account)
    record(team=account.team, by=None, source=source, rows=rows)


@pytest.fixture
def followers(account: Account) -> None:
    """6,000 by 5/10, nothing known until 900 more on 5/20."""
    state(account, "new_followers", {1: 1000, 10: 5000, 20: 900})


def shown(client: Client, query: str = "") -> str:
    return client.get(PAGE + query).content.decode()


def test_a_running_month_is_judged_by_yesterday(
    signed_in: SignIn, alice: Member, plan: MonthPlan, followers: None
) -> None:
    """12,000 × 20 ÷ 31 = 7,742 should be there after 5/20; 6,900 is 842 or 10.9 % short."""
    page = shown(signed_in(alice))
    assert "<span>5 月还剩 10 天，</span><span>1 个目标都落后</span>" in page
    assert "6,900" in page
    assert "−10.9%" in page
    assert "少 842，应到 7,742" in page
    assert "数据到 5/20" in page


def test_the_lede_names_the_goal_most_behind_with_its_gap(
    signed_in: SignIn, alice: Member, plan: MonthPlan, followers: None
) -> None:
    page = shown(signed_in(alice))
    assert "<b>新增粉丝</b></a>：实际 6,900，比应到少 842（−10.9%），离必达还差 5,100。" in page


def test_the_month_can_be_seen_as_of_a_day(
    signed_in: SignIn, alice: Member, plan: MonthPlan, followers: None
) -> None:
    """By 5/10: 6,000 of 12,000 × 10 ÷ 31 = 3,871."""
    page = shown(signed_in(alice), "?day=2025-05-10")
    assert "5 月还剩 21 天，" in page
    assert "1 个目标都稳" in page
    assert "多 2,129，应到 3,871" in page
    assert "6,900" not in page


def test_a_finished_month_is_judged_by_its_targets(
    signed_in: SignIn,
    alice: Member,
    plan: MonthPlan,
    followers: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 6, 3))
    page = shown(signed_in(alice))
    assert "5 月结束：" in page
    assert "1 个未达标" in page
    assert "58%" in page  # 6,900 ÷ 12,000 = 57.5 %, rounded half-up


def test_a_rate_is_compared_in_percentage_points(
    signed_in: SignIn, alice: Member, account: Account, click_rate: Goal
) -> None:
    """28 clicks of 1,000 exposures: 2.8 % against 3 %."""
    state(account, "clicks", {20: 28})
    state(account, "exposures", {20: 1000})
    page = shown(signed_in(alice))
    assert "−0.2 百分点" in page
    assert "低于必达线" in page
    assert "离必达 3% 差 0.2 百分点" in page


def test_a_goal_without_numbers_is_unknown_not_zero(
    signed_in: SignIn, alice: Member, followers: None, click_rate: Goal
) -> None:
    page = shown(signed_in(alice))
    assert "1 个没有数据" in page
    assert "0%</span>" not in page


def test_the_accounts_parts_add_up(
    signed_in: SignIn, alice: Member, plan: MonthPlan, followers: None, team: Team
) -> None:
    other = Account.objects.create(team=team, platform="douyin", name="运策抖音")
    state(other, "new_followers", {3: 100})
    response = signed_in(alice).get(PAGE)
    split = response.context["page"].split
    assert [(part.label, part.value) for part in split.parts] == [
        ("小红书", "6,900"),
        ("抖音", "100"),
    ]
    assert (split.total, split.adds_up) == ("7,000", True)
    rows = f"/metrics/new_followers/rows/?from=2025-05-01&amp;to=2025-05-20&amp;account={other.pk}"
    assert rows in response.content.decode()


def test_accounts_on_one_platform_are_told_apart_by_name(
    signed_in: SignIn, alice: Member, plan: MonthPlan, followers: None, team: Team
) -> None:
    Account.objects.create(team=team, platform="xiaohongshu", name="第二个号")
    page = shown(signed_in(alice))
    assert "运策小红书" in page
    assert "第二个号" in page


def test_the_chart_says_what_it_shows_and_offers_its_table(
    signed_in: SignIn, alice: Member, plan: MonthPlan, followers: None
) -> None:
    page = shown(signed_in(alice))
    summary = "新增粉丝折线：到 5/20 实际 6,900，少 842，应到 7,742；必达 12,000，挑战 13,000"
    assert f'aria-label="{summary}"' in page
    assert "看数据表" in page


def test_the_charts_line_stops_at_days_without_numbers(
    signed_in: SignIn, alice: Member, plan: MonthPlan, followers: None
) -> None:
    actual = signed_in(alice).get(PAGE).context["page"].chart.option["series"][-1]["data"]
    assert actual[0] == 1000.0
    assert actual[1] is None
    assert actual[9] == 6000.0
    assert actual[19]["value"] == 6900.0
    assert actual[20:] == [None] * 11


@pytest.mark.parametrize(("clicks", "place"), [(100, "bottom"), (60, "top")])
def test_a_label_at_the_top_of_the_chart_stands_below_its_point(
    signed_in: SignIn, alice: Member, account: Account, click_rate: Goal, clicks: int, place: str
) -> None:
    state(account, "exposures", {19: 100, 20: 100})
    state(account, "clicks", {19: 50, 20: clicks})
    page = signed_in(alice).get(PAGE, {"goal": click_rate.pk}).context["page"]
    lines = [each for each in page.chart.option["series"] if each["name"] == "实际"]
    assert lines[-1]["data"][19]["label"]["position"] == place


def test_another_goal_can_be_chosen(
    signed_in: SignIn, alice: Member, followers: None, click_rate: Goal
) -> None:
    response = signed_in(alice).get(PAGE, {"goal": click_rate.pk})
    assert response.context["page"].chosen.name == "商品点击率"


@pytest.mark.parametrize("day", ["soon", "2025-05-22", "2025-04-30", "2025-13-01"])
def test_a_day_that_is_not_there_is_said_and_today_is_shown(
    signed_in: SignIn, alice: Member, plan: MonthPlan, day: str
) -> None:
    page = shown(signed_in(alice), f"?day={day}")
    assert f"「{day}」不是这个月里已到的一天，下面是 5/21 的情况" in page


@pytest.mark.parametrize("goal", ["x", "-1", "999999", "²", "9" * 5000])
def test_a_goal_that_is_not_there_falls_back(
    signed_in: SignIn, alice: Member, plan: MonthPlan, followers: None, goal: str
) -> None:
    assert signed_in(alice).get(PAGE, {"goal": goal}).status_code == 200


def test_tasks_of_the_coming_days_are_listed_overdue_first(
    signed_in: SignIn, alice: Member, plan: MonthPlan
) -> None:
    def task(title: str, **fields: object) -> None:
        Task.objects.create(plan=plan, dimension="user", title=title, **fields)

    task("直播", nodes=["2025-05-10", "2025-05-23"])
    task("复盘素材", ends_on=date(2025, 5, 19))
    task("月底大促", ends_on=date(2025, 5, 30))
    task("做完的", ends_on=date(2025, 5, 22), state=TaskState.DONE)
    near = signed_in(alice).get(PAGE).context["page"].tasks
    assert [(each.task.title, each.day, each.is_overdue) for each in near] == [
        ("复盘素材", date(2025, 5, 19), True),
        ("直播", date(2025, 5, 23), False),
    ]


def test_late_accounts_are_marked(
    signed_in: SignIn, alice: Member, plan: MonthPlan, account: Account
) -> None:
    state(account, "new_followers", {18: 10})
    page = shown(signed_in(alice))
    assert "数据到 5/18 · 小红书晚 2 天" in page
    assert "晚 2 天</span>" in page


def test_a_month_without_a_plan_says_where_to_start(signed_in: SignIn, alice: Member) -> None:
    page = shown(signed_in(alice))
    assert "<h1>5 月还没有计划</h1>" in page
    assert "从这个月的计划开始" in page


def test_a_month_without_goals_says_so(signed_in: SignIn, alice: Member, team: Team) -> None:
    MonthPlan.objects.create(team=team, month_start=MAY.first)
    assert "<h1>5 月还没有目标</h1>" in shown(signed_in(alice))


def test_a_month_without_numbers_leads_to_the_import(
    signed_in: SignIn, alice: Member, plan: MonthPlan
) -> None:
    page = shown(signed_in(alice))
    assert "1 个目标都还没有数据" in page
    assert "这个月还没有数据" in page


def test_a_future_month_can_be_opened(signed_in: SignIn, alice: Member, team: Team) -> None:
    plan = MonthPlan.objects.create(team=team, month_start=date(2025, 7, 1))
    Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=1)
    assert signed_in(alice).get("/t/content/2025-07/").status_code == 200


def test_a_stranger_finds_nothing(signed_in: SignIn, charlie: User, plan: MonthPlan) -> None:
    assert signed_in(charlie).get(PAGE).status_code == 404


def test_a_guest_is_told_whom_to_ask(
    signed_in: SignIn, gus: Member, olga: Member, plan: MonthPlan
) -> None:
    response = signed_in(gus).get(PAGE)
    assert response.status_code == 403
    assert "请找管理员「欧管理」调整权限" in response.content.decode()


def test_no_month_no_page(signed_in: SignIn, alice: Member) -> None:
    assert signed_in(alice).get("/t/content/2025-13/").status_code == 404


def test_more_goals_and_tasks_take_no_more_queries(
    signed_in: SignIn,
    alice: Member,
    plan: MonthPlan,
    followers: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for position, metric in enumerate(("pieces", "likes", "comments", "shares", "clicks")):
        Goal.objects.create(
            plan=plan, dimension="content", metric=metric, must=1, owner=alice, position=position
        )
        task = Task.objects.create(
            plan=plan, dimension="content", title=metric, ends_on=date(2025, 5, 22)
        )
        task.owners.add(alice)
    client = signed_in(alice)
    with django_assert_max_num_queries(31):
        client.get(PAGE)


def test_a_task_done_later_still_stands_open_on_an_earlier_day(
    signed_in: SignIn, alice: Member, plan: MonthPlan
) -> None:
    Task.objects.create(
        plan=plan,
        dimension="user",
        title="第二场直播",
        nodes=["2025-05-20"],
        state="done",
        done_at=datetime(2025, 5, 20, 20, tzinfo=ZoneInfo("Asia/Shanghai")),
    )
    client = signed_in(alice)
    before = client.get("/t/content/2025-05/?day=2025-05-19").context["page"].tasks
    after = client.get("/t/content/2025-05/?day=2025-05-20").context["page"].tasks
    assert [near.task.title for near in before] == ["第二场直播"]
    assert after == []


def test_an_actual_opens_to_its_rows(plan: MonthPlan, alice: Member, signed_in: SignIn) -> None:
    page = signed_in(alice).get(f"{PAGE}?day=2025-05-10").content.decode()
    days = "?from=2025-05-01&amp;to=2025-05-10"
    assert f"/t/content/metrics/new_followers/rows/{days}" in page


def test_a_day_of_the_chart_opens_to_its_rows(
    plan: MonthPlan, followers: None, alice: Member, signed_in: SignIn
) -> None:
    page = signed_in(alice).get(PAGE).content.decode()
    assert "/new_followers/rows/?from=2025-05-10&amp;to=2025-05-10" in page
