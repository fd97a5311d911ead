"""Months and goals over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import Goal, MonthPlan

Program = Callable[[User | Member], Client]
MONTHS = "/api/v1/teams/content/months"
JSON = "application/json"


@pytest.fixture
def plan(team: Team) -> MonthPlan:
    return MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1), direction="新品推广")


def test_months_are_listed(program: Program, gus: Member, plan: MonthPlan) -> None:
    assert program(gus).get(MONTHS).json() == [
        {"month": "2025-05", "state": "draft", "direction": "新品推广"}
    ]


def test_a_goal_stands_as_of_a_day(
    program: Program, alice: Member, account: Account, plan: MonthPlan
) -> None:
    Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=310)
    row = FactRow(account.team_id, account.pk, 0, "new_followers", date(2025, 5, 2), "", 25.0)
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=[row])
    goal = program(alice).get(f"{MONTHS}/2025-05", {"as_of": "2025-05-02"}).json()["goals"][0]
    # 310 over 31 days: 20 expected after two days; 25 of 310 reached.
    assert (goal["actual"], goal["expected"], goal["pace"]) == (25.0, 20.0, "steady")
    assert goal["achievement"] == pytest.approx(25 / 310)


def test_without_numbers_nothing_is_zero(program: Program, alice: Member, plan: MonthPlan) -> None:
    Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=310)
    goal = program(alice).get(f"{MONTHS}/2025-05").json()["goals"][0]
    assert (goal["actual"], goal["achievement"], goal["standing"]) == (None, None, "unknown")


@pytest.mark.parametrize("month", ["2024-01", "may", "2025-13"])
def test_a_month_without_a_plan_is_not_found(
    program: Program, alice: Member, plan: MonthPlan, month: str
) -> None:
    assert program(alice).get(f"{MONTHS}/{month}").status_code == 404


def test_a_goal_is_added(program: Program, alice: Member, plan: MonthPlan) -> None:
    asked = {"metric": "new_followers", "must": 12000, "stretch": 15000}
    response = program(alice).post(f"{MONTHS}/2025-05/goals", asked, JSON)
    assert response.status_code == 201
    assert Goal.objects.get(pk=response.json()["id"]).stretch == 15000


def test_a_stretch_below_must_is_a_sentence(
    program: Program, alice: Member, plan: MonthPlan
) -> None:
    asked = {"metric": "new_followers", "must": 12000, "stretch": 9}
    response = program(alice).post(f"{MONTHS}/2025-05/goals", asked, JSON)
    assert response.status_code == 422
    assert response.json()["detail"] == "挑战目标应不低于必达目标。"
    assert not Goal.objects.exists()


def test_a_viewer_adds_no_goal(program: Program, vera: Member, plan: MonthPlan) -> None:
    asked = {"metric": "new_followers", "must": 1}
    assert program(vera).post(f"{MONTHS}/2025-05/goals", asked, JSON).status_code == 403
