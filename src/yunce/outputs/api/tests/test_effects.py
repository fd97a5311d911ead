"""Deeds and effects over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.daily import days_of, uneven
from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.models import Task

Program = Callable[[User | Member], Client]
EFFECT = "/api/v1/teams/content/effect"
ASKED = {"metric": "new_followers", "from": "2025-05-20", "to": "2025-05-22"}


@pytest.fixture(autouse=True)
def _june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 6, 20))


def test_an_effect_is_told_with_its_interval(
    program: Program, vera: Member, account: Account
) -> None:
    values = uneven(300, 182, seed=9)
    lifted = [v * 3 if 170 <= n < 173 else v for n, v in enumerate(values)]
    days_of(account, "new_followers", date(2024, 12, 1), lifted)
    told = program(vera).get(EFFECT, {**ASKED, "account_id": f"{account.pk}"}).json()
    assert told["verdict"] == "worked" and told["low"] < told["lift"] < told["high"]
    assert (told["treated"], told["controls"], told["others"]) == ([account.pk], [], None)
    assert told["assumptions"] and not told["reason"]


def test_a_refusal_is_an_answer_with_a_reason(
    program: Program, vera: Member, account: Account
) -> None:
    told = program(vera).get(EFFECT, ASKED).json()
    assert told["lift"] is None and told["verdict"] is None and told["reason"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"metric": "new_folowers"}, 422), ({"from": "x"}, 422), ({"account_id": "9999"}, 404)],
)
def test_odd_questions_are_refused(
    program: Program, vera: Member, changed: dict[str, str], status: int
) -> None:
    answer = program(vera).get(EFFECT, {**ASKED, **changed})
    assert answer.status_code == status and answer.json()["detail"]


def test_deeds_are_listed(program: Program, vera: Member, plan: MonthPlan) -> None:
    task = Task.objects.create(plan=plan, title="直播", dimension="user", nodes=["2025-05-20"])
    (deed,) = program(vera).get("/api/v1/teams/content/deeds").json()
    assert deed["key"] == f"task:{task.pk}:2025-05-20"
    assert (deed["start"], deed["end"], deed["kind"]) == ("2025-05-20", "2025-05-22", "task")


def test_a_stranger_finds_nothing(program: Program, charlie: User, account: Account) -> None:
    assert program(charlie).get(EFFECT, ASKED).status_code == 404
    assert program(charlie).get("/api/v1/teams/content/deeds").status_code == 404
