"""Outlook, pace and reasons of a goal over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan

Program = Callable[[User | Member], Client]
GOALS = "/api/v1/teams/content/months/2025-05/goals"
TWENTIETH = date(2025, 5, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 5, 21))


@pytest.fixture
def goal(plan: MonthPlan) -> Goal:
    return Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=3_000)


def told(account: Account, many: int, value: Callable[[date], float]) -> None:
    days = [TWENTIETH - timedelta(days=n) for n in range(many)]
    rows = [
        FactRow(account.team_id, account.pk, 0, "new_followers", day, "", value(day))
        for day in days
    ]
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)


def test_an_outlook_is_a_distribution(
    program: Program, alice: Member, account: Account, goal: Goal
) -> None:
    told(account, 200, lambda day: 60.0 + day.toordinal() * 37 % 80)
    found = program(alice).get(f"{GOALS}/{goal.pk}/outlook").json()
    assert found["as_of"] == "2025-05-20"
    assert found["q025"] < found["q10"] < found["q50"] < found["q90"] < found["q975"]
    assert 0 < found["p_must"] < 1
    assert found["p_stretch"] is None
    assert (found["status"], found["reason"]) == ("ok", "按近半年的走势")
    assert found["proposed_must"] < found["proposed_stretch"]


def test_too_little_is_said_not_guessed(
    program: Program, alice: Member, account: Account, goal: Goal
) -> None:
    told(account, 6, lambda _day: 100.0)
    found = program(alice).get(f"{GOALS}/{goal.pk}/outlook").json()
    assert (found["status"], found["q50"], found["p_must"]) == ("insufficient", None, None)
    assert "不到 14 天" in found["reason"]


def test_pace_is_told_day_by_day(
    program: Program, alice: Member, account: Account, goal: Goal
) -> None:
    told(account, 200, lambda day: 100.0 if day < date(2025, 5, 6) else 4.0)
    found = program(alice).get(f"{GOALS}/{goal.pk}/pace").json()
    assert (found["level"], len(found["days"])) == ("red", 20)
    assert date(2025, 5, 6) < date.fromisoformat(found["since"]) < TWENTIETH
    # 3,000 − 500 − 60 over 11 days; 3,000 × 20 ÷ 31 expected
    assert found["needed_per_day"] == pytest.approx(2_440 / 11)
    assert found["expected"] == pytest.approx(3_000 * 20 / 31)


def test_reasons_add_up(program: Program, alice: Member, account: Account, goal: Goal) -> None:
    told(account, 60, lambda day: 12.0 if day.month == 5 else 10.0)
    asked = {"against": "last_month", "by": "account"}
    found = program(alice).get(f"{GOALS}/{goal.pk}/explain", asked).json()
    assert (found["before"], found["after"], found["delta"]) == (200.0, 240.0, 40.0)
    assert sum(part["value"] for part in found["parts"]) == found["delta"]
    assert found["parts"][0]["segment"] == [str(account.pk)]


def test_what_cannot_be_explained_is_a_sentence(
    program: Program, alice: Member, goal: Goal
) -> None:
    found = program(alice).get(f"{GOALS}/{goal.pk}/explain").json()
    assert (found["delta"], found["parts"]) == (None, [])
    assert found["reason"]


@pytest.mark.parametrize("what", ["outlook", "pace", "explain"])
def test_whose_goal_it_is(
    program: Program, gus: Member, charlie: User, vera: Member, goal: Goal, what: str
) -> None:
    found = [program(who).get(f"{GOALS}/{goal.pk}/{what}").status_code for who in (vera, gus)]
    assert found == [200, 403]
    assert program(charlie).get(f"{GOALS}/{goal.pk}/{what}").status_code == 404
    assert program(vera).get(f"{GOALS}/{goal.pk + 1}/{what}").status_code == 404


def test_a_split_nobody_knows_is_refused(program: Program, vera: Member, goal: Goal) -> None:
    assert program(vera).get(f"{GOALS}/{goal.pk}/explain?by=moon").status_code == 422


@pytest.mark.parametrize("day", ["2025-05-01", "2025-04-30", "2030-01-01"])
def test_any_day_has_an_answer(
    program: Program, vera: Member, account: Account, goal: Goal, day: str
) -> None:
    told(account, 200, lambda _day: 100.0)
    for what in ("outlook", "pace", "explain"):
        assert program(vera).get(f"{GOALS}/{goal.pk}/{what}?as_of={day}").status_code == 200
