"""The life of a plan, its changes and the objectives over the API."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import Goal, MonthPlan, Objective, PlanChange, PlanState

Program = Callable[[User | Member], Client]
TEAM = "/api/v1/teams/content"
PLAN = f"{TEAM}/months/2025-05/plan"


def test_a_plan_is_submitted_and_approved_by_another(
    program: Program, alice: Member, olga: Member, plan: MonthPlan
) -> None:
    submitted = program(alice).post(f"{PLAN}/submit").json()
    assert (submitted["state"], submitted["submitted_by"]) == ("submitted", "运营组长")
    assert {"where": "目标", "what": "一个都没有"} in submitted["lacks"]
    own = program(alice).post(f"{PLAN}/approve")
    assert own.status_code == 422
    assert "自己提交的计划不能自己审批" in own.json()["detail"]
    assert program(olga).post(f"{PLAN}/approve").json()["state"] == "locked"
    versions = program(alice).get(f"{PLAN}/versions").json()
    assert [version["moment"] for version in versions] == ["locked", "submitted"]


def test_sending_back_needs_a_reason(
    program: Program, alice: Member, olga: Member, plan: MonthPlan
) -> None:
    program(alice).post(f"{PLAN}/submit")
    empty = program(olga).post(f"{PLAN}/send-back", {"reason": ""}, "application/json")
    assert empty.status_code == 422
    back = program(olga).post(f"{PLAN}/send-back", {"reason": "太低"}, "application/json")
    assert back.json()["sent_back_because"] == "太低"


def test_a_change_is_agreed_to_and_the_old_target_stays_beside(
    program: Program, alice: Member, olga: Member, plan: MonthPlan
) -> None:
    goal = Goal.objects.create(
        plan=plan, dimension="user", metric="new_followers", must=Decimal(12_000)
    )
    MonthPlan.objects.update(state=PlanState.LOCKED, approved_at=timezone.now())
    change = PlanChange.objects.create(
        plan=plan,
        verb="edit",
        kind="goal",
        subject=goal.pk,
        label="新增粉丝",
        field="targets",
        was={"must": "12,000", "stretch": "", "label": ""},
        wanted={"must": "13,000", "stretch": "", "label": ""},
        was_text="12,000",
        wanted_text="13,000",
        reason="加一场直播",
        proposed_by=alice,
    )
    agreed = program(olga).post(f"{PLAN}/changes/{change.pk}/agree").json()
    assert (agreed["state"], agreed["was"], agreed["wanted"]) == ("applied", "12,000", "13,000")
    told = program(alice).get(f"{TEAM}/months/2025-05").json()["goals"][0]
    assert (told["must"], told["old_must"]) == (13_000, 12_000)


def test_objectives_are_a_tree(program: Program, vera: Member, team: Team) -> None:
    top = Objective.objects.create(team=team, title="全年", period="open")
    Objective.objects.create(team=team, title="二季度", period="open", parent=top)
    (told,) = program(vera).get(f"{TEAM}/objectives").json()
    assert [each["title"] for each in told["objectives"]] == ["二季度"]


@pytest.mark.parametrize("address", ["submit", "approve"])
@pytest.mark.parametrize(("person", "status"), [("bob", 403), ("charlie", 404)])
def test_only_planners_take_steps(
    address: str,
    person: str,
    status: int,
    request: pytest.FixtureRequest,
    program: Program,
    plan: MonthPlan,
) -> None:
    answer = program(request.getfixturevalue(person)).post(f"{PLAN}/{address}")
    assert answer.status_code == status
