"""Which goals a metric counts into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan

Program = Callable[[User | Member], Client]
GOALS = "/api/v1/teams/content/metrics/{}/goals"


def test_goals_are_found_through_formulas_too(
    program: Program, vera: Member, plan: MonthPlan
) -> None:
    own = Goal.objects.create(plan=plan, dimension="interaction", metric="clicks", must=50)
    rate = Goal.objects.create(plan=plan, dimension="interaction", metric="click_rate", must=0.03)
    told = program(vera).get(GOALS.format("clicks")).json()
    assert {(goal["id"], tuple(goal["through"])) for goal in told} == {
        (own.pk, ()),
        (rate.pk, ("click_rate",)),
    }
    assert {goal["month"] for goal in told} == {"2025-05"}


def test_a_later_version_leaves_earlier_months(
    program: Program, vera: Member, plan: MonthPlan
) -> None:
    Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=50)
    client = program(vera)
    for effective, is_kept in ((date(2025, 5, 1), False), (date(2025, 6, 1), True)):
        asked = {"effective": effective.isoformat()}
        (goal,) = client.get(GOALS.format("new_followers"), asked).json()
        assert goal["is_kept"] is is_kept


def test_it_is_for_who_sees_numbers(
    program: Program, vera: Member, gus: Member, charlie: User
) -> None:
    assert program(gus).get(GOALS.format("reads")).status_code == 403
    assert program(charlie).get(GOALS.format("reads")).status_code == 404
    assert program(vera).get(GOALS.format("readz")).status_code == 422
    wrong = program(vera).get(GOALS.format("reads"), {"effective": "soon"})
    assert wrong.json()["errors"][0]["field"] == "effective"
