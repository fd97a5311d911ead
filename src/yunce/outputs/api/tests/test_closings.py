"""Closing months over the API, and what became of them afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yunce.ground.facts.models import Batch, MonthClosing
from yunce.ground.facts.queries import closed_months
from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import MonthPlan, PlanState

Program = Callable[[User | Member], Client]
Tell = Callable[..., Batch]
TEAM = "/api/v1/teams/content"
MAY = f"{TEAM}/months/2025-05"
DAYS = {"from": "2025-05-01", "to": "2025-05-31"}
JSON = "application/json"
REASON = {"reason": "平台补了数"}


@pytest.fixture
def locked(plan: MonthPlan) -> MonthPlan:
    MonthPlan.objects.update(state=PlanState.LOCKED)
    return plan


@pytest.fixture
def closed(program: Program, alice: Member, locked: MonthPlan, told: Tell) -> Batch:
    """May, closed with 100 likes on its first day."""
    batch = told("likes", {1: 100})
    assert program(alice).post(f"{MAY}/close").status_code == 200
    return batch


def test_a_month_is_closed_and_opened_again(
    program: Program, alice: Member, team: Team, locked: MonthPlan
) -> None:
    client = program(alice)
    told = client.post(f"{MAY}/close").json()
    assert (told["month"], told["closed_by"], told["holds"]) == ("2025-05", "李组长", True)
    assert {str(month) for month in closed_months(team)} == {"2025-05"}
    told = client.post(f"{MAY}/reopen").json()
    assert (told["holds"], told["ended_by"]) == (False, "李组长")
    assert closed_months(team) == frozenset()


def test_a_month_that_is_open_is_not_opened(
    program: Program, alice: Member, locked: MonthPlan
) -> None:
    answer = program(alice).post(f"{MAY}/reopen")
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_what_came_after_the_closing_is_listed(
    program: Program, vera: Member, closed: Batch, told: Tell
) -> None:
    later = told("likes", {1: 120, 2: 7})
    found = program(vera).get(f"{TEAM}/restatements/since-closing", DAYS).json()
    assert {
        (each["day"], each["is_new"], each["old"], each["new"], each["told_by"])
        for each in found["changes"]
    } == {
        ("2025-05-01", False, 100, 120, closed.pk),
        ("2025-05-02", True, None, 7, None),
    }
    assert {each["changed_by"] for each in found["changes"]} == {later.pk}
    assert [batch["id"] for batch in found["batches"]] == [closed.pk, later.pk]


def test_a_month_is_closed_anew_with_a_reason(
    program: Program, alice: Member, vera: Member, closed: Batch, told: Tell
) -> None:
    told("likes", {1: 120})
    answer = program(alice).post(f"{MAY}/reclose", REASON, JSON).json()
    assert (answer["reason"], answer["holds"], answer["changed_since"]) == ("平台补了数", True, 0)
    history = program(vera).get(f"{TEAM}/closings", {"month": "2025-05"}).json()
    assert [(each["holds"], each["reason"]) for each in history] == [
        (True, "平台补了数"),
        (False, ""),
    ]


def test_closings_tell_how_much_changed_since(
    program: Program, vera: Member, closed: Batch, told: Tell
) -> None:
    told("likes", {1: 120})
    (closing,) = program(vera).get(f"{TEAM}/closings").json()
    assert (closing["month"], closing["changed_since"]) == ("2025-05", 1)


def test_more_closings_take_no_more_queries(
    program: Program,
    alice: Member,
    vera: Member,
    team: Team,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for month in range(1, 13):
        MonthClosing.objects.create(team=team, month=date(2024, month, 1), closed_by=alice.user)
    client = program(vera)
    with django_assert_max_num_queries(6):
        assert len(client.get(f"{TEAM}/closings").json()) == 12


def test_without_reason_or_change_nothing_is_closed_anew(
    program: Program, alice: Member, closed: Batch, told: Tell
) -> None:
    client = program(alice)
    same = client.post(f"{MAY}/reclose", REASON, JSON)
    assert "关账后没有数改过" in same.json()["detail"]
    told("likes", {1: 120})
    empty = client.post(f"{MAY}/reclose", {"reason": " "}, JSON)
    assert empty.json()["errors"] == [
        {"field": "reason", "message": "请写一句为什么要按新数重新关账。"}
    ]
    assert (same.status_code, empty.status_code) == (422, 422)
    assert MonthClosing.objects.count() == 1


def test_who_makes_no_plans_closes_no_month(
    program: Program, bob: Member, charlie: User, locked: MonthPlan
) -> None:
    for person, status in ((bob, 403), (charlie, 404)):
        client = program(person)
        steps = [client.post(f"{MAY}/{step}", REASON, JSON) for step in ("close", "reopen")]
        steps.append(client.post(f"{MAY}/reclose", REASON, JSON))
        assert [answer.status_code for answer in steps] == [status] * 3
    assert not MonthClosing.objects.exists()


def test_closings_are_for_who_sees_numbers(
    program: Program, vera: Member, gus: Member, charlie: User
) -> None:
    for address in (f"{TEAM}/closings", f"{TEAM}/restatements/since-closing"):
        assert program(gus).get(address, DAYS).status_code == 403
        assert program(charlie).get(address, DAYS).status_code == 404
    assert program(vera).get(f"{TEAM}/closings", {"month": "May"}).status_code == 404
    wrong = {"from": "2025-05-31", "to": "2025-05-01"}
    answer = program(vera).get(f"{TEAM}/restatements/since-closing", wrong)
    assert answer.json()["errors"][0]["field"] == "from"
