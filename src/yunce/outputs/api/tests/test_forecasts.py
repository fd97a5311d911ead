"""The check of forecasts over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.daily import days_of, uneven
from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.actions import make_check
from yunce.loop.goals.models import ForecastCheck

Program = Callable[[User | Member], Client]
PATH = "/api/v1/teams/content/forecast-check"
ASKED = {"metric": "new_followers"}


def test_a_check_is_waited_for_and_then_told(
    program: Program, vera: Member, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yunce.loop.goals.queries.checks.MONTHS", 2)
    days_of(account, "new_followers", date(2024, 11, 1), uneven(300, 212, seed=1))
    client = program(vera)
    assert client.get(PATH, ASKED).json()["status"] == "waiting"
    make_check(ForecastCheck.objects.get().pk)
    told = client.get(PATH, ASKED).json()
    assert (told["status"], told["months"][-1], told["accounts"]) == ("ready", "2025-05", 1)
    assert [score["origin"] for score in told["scores"]] == [0, 10, 20]
    assert told["team"][-1]["low"] < told["team"][-1]["high"]
    assert [score["origin"] for score in told["public"]] == [0, 10, 20]


@pytest.mark.parametrize("metric", ["click_rate", "new_followers"])
def test_what_cannot_be_checked_has_a_reason(
    program: Program, vera: Member, account: Account, metric: str
) -> None:
    told = program(vera).get(PATH, {"metric": metric}).json()
    assert told["status"] == "unavailable" and told["reason"]


def test_a_metric_there_is_not_is_refused(program: Program, vera: Member) -> None:
    answer = program(vera).get(PATH, {"metric": "new_folowers"})
    assert answer.status_code == 422 and "new_followers" in answer.json()["detail"]


def test_a_stranger_finds_nothing(program: Program, charlie: User, account: Account) -> None:
    assert program(charlie).get(PATH, ASKED).status_code == 404
