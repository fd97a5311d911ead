"""Tasks over the API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.models import Task

Program = Callable[[User | Member], Client]
TASKS = "/api/v1/teams/content/months/2025-05/tasks"
JSON = "application/json"


@pytest.fixture
def task(team: Team, bob: Member) -> Task:
    plan = MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))
    task = Task.objects.create(
        plan=plan, dimension="content", title="直播三场", nodes=["2025-05-10"]
    )
    task.owners.add(bob)
    return task


def test_tasks_are_listed(program: Program, gus: Member, task: Task) -> None:
    listed = program(gus).get(TASKS).json()
    assert [(found["title"], found["owners"], found["nodes"]) for found in listed] == [
        ("直播三场", ["王文案"], ["2025-05-10"])
    ]


def test_a_member_moves_a_task_on(program: Program, bob: Member, task: Task) -> None:
    response = program(bob).put(f"{TASKS}/{task.pk}/state", {"state": "done"}, JSON)
    assert response.json()["state"] == "done"
    task.refresh_from_db()
    assert task.done_at is not None


def test_a_state_changed_since_is_a_conflict(program: Program, bob: Member, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(state="done")
    asked = {"state": "doing", "seen": "todo"}
    response = program(bob).put(f"{TASKS}/{task.pk}/state", asked, JSON)
    assert response.status_code == 409
    assert (response.json()["current"], response.json()["wanted"]) == ("done", "doing")
    task.refresh_from_db()
    assert task.state == "done"


def test_an_unknown_state_is_a_sentence(program: Program, bob: Member, task: Task) -> None:
    response = program(bob).put(f"{TASKS}/{task.pk}/state", {"state": "soon"}, JSON)
    assert response.status_code == 422
    assert "没有「soon」这个状态" in response.json()["detail"]


def test_a_viewer_moves_nothing(program: Program, vera: Member, task: Task) -> None:
    response = program(vera).put(f"{TASKS}/{task.pk}/state", {"state": "done"}, JSON)
    assert response.status_code == 403


def test_a_task_of_elsewhere_is_not_found(program: Program, bob: Member, task: Task) -> None:
    response = program(bob).put(f"{TASKS}/{task.pk + 1}/state", {"state": "done"}, JSON)
    assert response.status_code == 404
