"""Changing the split of a goal under a plan that stands, over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, Part, PlanChange, PlanState

Program = Callable[[User | Member], Client]
JSON = "application/json"
MONTH = "/api/v1/teams/content/months/2025-05"


@pytest.fixture
def part(plan: MonthPlan) -> Part:
    """直播拉新, 3,000 of a goal of 12,000; the plan is locked."""
    goal = Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=12_000)
    Part.objects.create(goal=goal, name="社群裂变", amount=9_000, position=1)
    made = Part.objects.create(goal=goal, name="直播拉新", amount=3_000)
    before = timezone.now() - timedelta(days=1)
    MonthPlan.objects.update(state=PlanState.LOCKED, approved_at=before)
    return made


@pytest.fixture
def wish(program: Program, alice: Member, part: Part) -> Callable[..., Any]:
    """`wish("amount", part=1, amount=5)` as Alice's program, with a reason."""
    client = program(alice)

    def send(act: str, **said: Any) -> Any:
        body = {"act": act, "reason": "直播改期", **said}
        return client.post(f"{MONTH}/goals/{part.goal_id}/split-changes", body, JSON)

    return send


def test_a_change_waits_and_is_written_when_agreed(
    program: Program, olga: Member, part: Part, wish: Callable[..., Any]
) -> None:
    told = wish("amount", part=part.pk, amount=3500)
    assert told.status_code == 201
    change = told.json()
    assert (change["kind"], change["state"], change["reason"]) == ("split", "waiting", "直播改期")
    part.refresh_from_db()
    assert part.amount == 3_000
    program(olga).post(f"{MONTH}/plan/changes/{change['id']}/agree")
    part.refresh_from_db()
    assert part.amount == 3_500


@pytest.mark.usefixtures("olga")
@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("add", {"name": "老带新", "amount": 500}),
        ("change", {"name": "直播"}),
        ("remove", {}),
        ("fill", {"how": "weeks"}),
        ("shape", {"shape": "calendar"}),
        ("day", {"day": "2025-05-20", "amount": 900}),
        ("week", {"week": "2025-05-19", "amount": 4000}),
        ("baseline", {"baseline": 8000}),
        ("importance", {"importance": 3}),
    ],
)
def test_every_act_can_be_wished(
    part: Part, wish: Callable[..., Any], act: str, said: dict[str, Any]
) -> None:
    if act == "fill":
        Part.objects.all().delete()
    about = {"part": part.pk} if act in ("change", "remove") else {}
    told = wish(act, **about, **said)
    assert (told.status_code, PlanChange.objects.count()) == (201, 1), told.json()


@pytest.mark.parametrize(
    ("act", "said", "field"),
    [
        ("amount", {"amount": 5}, "part"),
        ("week", {"amount": 5}, "week"),
        ("change", {"part": 4711, "name": "直播"}, "part"),
        ("shape", {"shape": "round"}, "shape"),
        ("jump", {}, "act"),
        ("importance", {"importance": 3, "reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_wished_names_the_field(
    wish: Callable[..., Any], act: str, said: dict[str, Any], field: str
) -> None:
    told = wish(act, **said)
    assert told.status_code == 422
    (error,) = told.json()["errors"]
    assert error["field"] == field
    assert error["message"]
    assert not PlanChange.objects.exists()


def test_a_draft_is_not_changed_this_way(part: Part, wish: Callable[..., Any]) -> None:
    MonthPlan.objects.update(state=PlanState.DRAFT)
    told = wish("amount", part=part.pk, amount=3500)
    assert (told.status_code, PlanChange.objects.exists()) == (422, False)
    part.refresh_from_db()
    assert part.amount == 3_000


def test_wishing_is_for_who_plans(program: Program, bob: Member, charlie: User, part: Part) -> None:
    body = {"act": "amount", "reason": "改期", "part": part.pk, "amount": 5}
    address = f"{MONTH}/goals/{part.goal_id}/split-changes"
    assert program(bob).post(address, body, JSON).status_code == 403
    assert program(charlie).post(address, body, JSON).status_code == 404
    assert not PlanChange.objects.exists()
