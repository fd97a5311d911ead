"""What was said of one value, by whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch
from yunce.ground.teams.models import Member, User

Program = Callable[[User | Member], Client]
Tell = Callable[..., Batch]
METRICS = "/api/v1/teams/content/metrics"


def test_one_value_tells_all_that_was_said_of_it(
    program: Program, vera: Member, account: Account, told: Tell
) -> None:
    first, second = told("likes", {1: 100, 2: 7}), told("likes", {1: 120})
    asked: dict[str, Any] = {"account_id": account.pk, "day": "2025-05-01"}
    found = program(vera).get(f"{METRICS}/likes/history", asked).json()
    assert found["stated"] == [
        {"batch": first.pk, "value": 100},
        {"batch": second.pk, "value": 120},
    ]
    assert found["counts"] == second.pk
    assert {batch["created_by"] for batch in found["batches"]} == {"王文案"}
    untouched = program(vera).get(f"{METRICS}/likes/history", asked | {"day": "2025-05-02"})
    assert untouched.json()["stated"] == [{"batch": first.pk, "value": 7}]


def test_a_value_nobody_told_has_no_history(
    program: Program, vera: Member, charlie: User, account: Account
) -> None:
    asked: dict[str, Any] = {"account_id": account.pk, "day": "2025-05-01"}
    assert program(vera).get(f"{METRICS}/likes/history", asked).status_code == 404
    assert program(charlie).get(f"{METRICS}/likes/history", asked).status_code == 404
    computed = program(vera).get(f"{METRICS}/click_rate/history", asked)
    assert computed.status_code == 422
    assert "由公式算出" in computed.json()["detail"]
