"""Which months aim at a metric: the slot of its definition's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.ground.facts.actions import close_month
from yunce.ground.facts.models import TeamMetric
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan, PlanState
from yunce.loop.goals.queries.affected import goals_affected

SLOT = "/t/content/metrics/new_followers/goals/"


@pytest.fixture
def goals(team: Team) -> list[Goal]:
    plans = [MonthPlan.objects.create(team=team, month_start=date(2025, n, 1)) for n in (4, 5)]
    return [
        Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=must)
        for plan, must in zip(plans, (Decimal(9_000), Decimal(12_000)), strict=True)
    ]


def test_the_slot_lists_months_and_targets_newest_first(
    vera: Member, goals: list[Goal], signed_in: Callable[[Member], Client]
) -> None:
    page = signed_in(vera).get(SLOT, headers={"HX-Request": "true"}).content.decode()
    assert page.index("2025 年 5 月") < page.index("2025 年 4 月")
    assert "必达 12,000" in page
    assert "<html" not in page


def test_without_htmx_it_is_a_page(
    vera: Member, goals: list[Goal], signed_in: Callable[[Member], Client]
) -> None:
    assert "2 个目标用到这个指标" in signed_in(vera).get(SLOT).content.decode()


def test_a_metric_nobody_aims_at_says_so(
    vera: Member, signed_in: Callable[[Member], Client]
) -> None:
    assert "还没有哪个月" in signed_in(vera).get(SLOT).content.decode()


def test_a_stranger_finds_nothing(
    team: Team, charlie: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(charlie).get(SLOT).status_code == 404


def made(team: Team, code: str, formula: str, *, version: int = 1, since: int = 1) -> TeamMetric:
    kind = {"dimension": "user", "unit": "count", "direction": "higher", "meaning": "m"}
    return TeamMetric.objects.create(
        team=team,
        code=code,
        name=f"名{code}",
        formula=formula,
        version=version,
        effective=date(2025, since, 1),
        **kind,
    )


def aimed(team: Team, metric: str, *, month: int = 5) -> Goal:
    plan, _new = MonthPlan.objects.get_or_create(team=team, month_start=date(2025, month, 1))
    return Goal.objects.create(plan=plan, dimension="user", metric=metric, must=Decimal(7))


def ways(team: Team, code: str) -> list[list[str]]:
    return [[metric.code for metric in each.way] for each in goals_affected(team, code)]


def test_a_goal_on_a_metric_made_of_it_is_listed_with_the_way(
    team: Team, vera: Member, signed_in: Callable[[Member], Client]
) -> None:
    made(team, "m_a", "new_followers * 1")
    made(team, "m_b", "m_a * 2")
    made(team, "m_c", "m_b * 3")
    aimed(team, "m_c")
    aimed(team, "likes")
    assert ways(team, "m_a") == [["m_b", "m_c"]]
    page = signed_in(vera).get("/t/content/metrics/m_a/goals/").content.decode()
    assert "1 个目标用到这个指标" in page
    assert page.index("通过") < page.index("名m_b") < page.index(" → ")


def test_a_built_in_metric_reaches_goals_through_built_in_formulas(team: Team) -> None:
    aimed(team, "net_followers")
    assert ways(team, "new_followers") == [["net_followers"]]


def test_each_month_follows_the_formulas_it_counts_by(team: Team) -> None:
    made(team, "m_b", "likes * 2")
    made(team, "m_b", "comments * 2", version=2, since=5)
    aimed(team, "m_b", month=4)
    aimed(team, "m_b", month=5)
    (april,) = goals_affected(team, "likes")
    assert april.goal.plan.month == Month(2025, 4)


def test_a_closed_month_says_the_version_it_keeps(
    team: Team, alice: Member, vera: Member, signed_in: Callable[[Member], Client]
) -> None:
    made(team, "m_a", "likes * 1")
    goal = aimed(team, "m_a", month=4)
    close_month(team=team, month=Month(2025, 4), by=alice.user)
    goal.plan.state = PlanState.CLOSED
    goal.plan.save()
    made(team, "m_a", "likes * 2", version=2, since=5)
    aimed(team, "m_a", month=5)
    page = signed_in(vera).get("/t/content/metrics/m_a/goals/").content.decode()
    assert page.count("已关账，按第 1 版") == 1


def test_a_new_version_reaches_the_months_from_its_day_on(
    team: Team, vera: Member, signed_in: Callable[[Member], Client]
) -> None:
    made(team, "m_a", "likes * 1")
    aimed(team, "m_a", month=4)
    aimed(team, "m_a", month=5)
    slot = "/t/content/metrics/m_a/goals/?effective="
    page = signed_in(vera).get(f"{slot}2025-05-20").content.decode()
    assert "保存后 1 个目标的数会变" in page
    assert page.count("早于起用日，仍按第 1 版") == 1
    assert "更早的月份和已关账的月份都保留原来的数" in page
    assert "保存后 2 个目标的数会变" in signed_in(vera).get(f"{slot}明天").content.decode()


def test_the_form_of_a_change_shows_what_it_reaches(
    team: Team, alice: Member, signed_in: Callable[[Member], Client]
) -> None:
    made(team, "m_a", "likes * 1")
    page = signed_in(alice).get("/t/content/own-metrics/m_a/").content.decode()
    assert 'hx-get="/t/content/metrics/m_a/goals/"' in page
    slot = signed_in(alice).get("/t/content/metrics/m_a/goals/?effective=2025-05-01")
    assert "停用这个指标" not in slot.content.decode()


def test_many_months_are_looked_up_together(
    team: Team, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made(team, "m_a", "likes * 1")
    for month in range(1, 9):
        aimed(team, "m_a", month=month)
    with django_assert_max_num_queries(4):  # plans, their goals, closings, own metrics
        assert len(goals_affected(team, "m_a")) == 8
