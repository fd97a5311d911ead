"""移到下月 over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import MonthPlan, PlanState
from yunce.loop.plans.models import Task

Program = Callable[[User | Member], Client]
ONWARD = "/api/v1/teams/content/months/2025-05/tasks/onward"
JSON = "application/json"


@pytest.fixture
def task(plan: MonthPlan) -> Task:
    return Task.objects.create(plan=plan, dimension="user", title="三场直播")


def test_a_task_goes_on_in_the_next_month_and_comes_back(
    program: Program, alice: Member, task: Task
) -> None:
    client = program(alice)
    told = client.post(ONWARD, {"tasks": [task.pk]}, JSON).json()
    (made,) = told["tasks"]
    assert (told["month"], made["title"], told["changes"]) == ("2025-06", "三场直播", [])
    assert Task.objects.get(pk=made["id"]).came_from == task
    assert client.post(f"{ONWARD}/back", {"tasks": [made["id"]]}, JSON).status_code == 204
    assert Task.objects.get(pk=made["id"]).deleted_at is not None


def test_a_plan_that_stands_asks_for_a_reason(
    program: Program, alice: Member, olga: Member, task: Task
) -> None:
    june = MonthPlan.objects.create(
        team=task.plan.team, month_start=date(2025, 6, 1), state=PlanState.LOCKED
    )
    client = program(alice)
    silent = client.post(ONWARD, {"tasks": [task.pk]}, JSON)
    assert (silent.status_code, "原因" in silent.json()["detail"]) == (422, True)
    told = client.post(ONWARD, {"tasks": [task.pk], "reason": "改期"}, JSON).json()
    assert [(each["state"], each["reason"]) for each in told["changes"]] == [("waiting", "改期")]
    assert not june.tasks.exists()


def test_a_strange_task_moves_nothing(program: Program, alice: Member, task: Task) -> None:
    answer = program(alice).post(ONWARD, {"tasks": [task.pk, 4711]}, JSON)
    assert answer.json()["errors"] == [
        {"field": "tasks", "message": "2025-05 没有这些任务：4711。"}
    ]
    huge = program(alice).post(ONWARD, {"tasks": [10**30]}, JSON)
    assert huge.json()["errors"][0]["field"] == "tasks.0"
    none = program(alice).post(ONWARD, {"tasks": []}, JSON)
    assert (answer.status_code, none.status_code) == (422, 422)
    assert Task.objects.count() == 1


def test_moving_is_for_who_records(
    program: Program, vera: Member, charlie: User, task: Task
) -> None:
    for person, status in ((vera, 403), (charlie, 404)):
        for address in (ONWARD, f"{ONWARD}/back"):
            answer = program(person).post(address, {"tasks": [task.pk]}, JSON)
            assert answer.status_code == status
    assert Task.objects.count() == 1
