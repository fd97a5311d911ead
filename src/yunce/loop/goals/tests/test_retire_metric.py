"""Retiring a team's own metric: from today on there is none; what needs it is named first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Team, User
from yunce.loop.goals.models import Goal, MonthPlan, PlanState

SignIn = Callable[[User], Client]
RETIRE = "/t/content/metrics/mine/retire/"
PAGE = "/t/content/metrics/mine/"


@pytest.fixture
def alices(alice: User, signed_in: SignIn) -> Client:
    return signed_in(alice)


@pytest.fixture
def mine(team: Team) -> TeamMetric:
    return made(team, "mine", "likes / reads")


def made(team: Team, code: str, formula: str) -> TeamMetric:
    kind = {"dimension": "user", "unit": "percent", "direction": "higher", "meaning": "m"}
    return TeamMetric.objects.create(
        team=team, code=code, name=f"名{code}", formula=formula, effective=date(2025, 1, 1), **kind
    )


def test_a_retired_metric_is_gone_from_today_and_counts_before(
    team: Team, alices: Client, mine: TeamMetric
) -> None:
    page = alices.post(RETIRE, follow=True).content.decode()
    assert "已停用「名mine」" in page
    assert "起停用" in page
    assert "mine" not in catalogue_of(team)
    assert "mine" in catalogue_of(team, on=date(2025, 5, 31))
    assert Entry.objects.get(verb="facts.retire_metric").changes == {
        "formula": ["likes / reads", ""]
    }


def test_a_month_that_still_aims_at_it_is_named(
    team: Team, alices: Client, mine: TeamMetric
) -> None:
    plan = MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))
    Goal.objects.create(plan=plan, dimension="user", metric="mine", must=Decimal(1))
    page = alices.post(RETIRE, follow=True).content.decode()
    assert "2025-05 的目标还用着「名mine」" in page
    assert TeamMetric.objects.count() == 1
    plan.state = PlanState.CLOSED
    plan.save()
    alices.post(RETIRE)
    assert TeamMetric.objects.count() == 2


def test_a_formula_that_needs_it_is_named(team: Team, alices: Client, mine: TeamMetric) -> None:
    made(team, "twice", "mine * 2")
    assert "「名twice」的公式还用着它" in alices.post(RETIRE, follow=True).content.decode()
    assert TeamMetric.objects.count() == 2


def test_another_formula_nobody_can_read_stands_in_no_ones_way(
    team: Team, alices: Client, mine: TeamMetric
) -> None:
    made(team, "old", "likes ^ 2")
    assert "已停用「名mine」" in alices.post(RETIRE, follow=True).content.decode()


def test_it_is_retired_once(alices: Client, mine: TeamMetric) -> None:
    alices.post(RETIRE)
    assert "已经停用了" in alices.post(RETIRE, follow=True).content.decode()
    assert TeamMetric.objects.count() == 2


def test_only_who_plans_may_and_strangers_find_nothing(
    mine: TeamMetric, bob: User, charlie: User, signed_in: SignIn
) -> None:
    assert signed_in(bob).post(RETIRE).status_code == 403
    assert signed_in(charlie).post(RETIRE).status_code == 404
    assert TeamMetric.objects.count() == 1


def test_a_built_in_metric_cannot_be_retired(team: Team, alices: Client) -> None:
    assert alices.post("/t/content/metrics/likes/retire/").status_code == 404


def test_the_button_stands_beside_the_goals_of_an_own_metric(
    alices: Client, mine: TeamMetric
) -> None:
    assert "停用这个指标" in alices.get(f"{PAGE}goals/").content.decode()
    assert "停用这个指标" not in alices.get("/t/content/metrics/likes/goals/").content.decode()
