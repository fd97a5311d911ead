"""Tasks of a month."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from ninja import Router, Schema

from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.plans.actions import set_state
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import tasks_of
from yunce.outputs.api.months import plan_in
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["tasks"])


class TaskOut(Schema):
    id: int
    title: str
    dimension: str
    goal_id: int | None
    owners: list[str]
    starts_on: date | None
    ends_on: date | None
    nodes: list[date]
    standard: str
    note: str
    state: str

    @staticmethod
    def resolve_owners(task: Task) -> list[str]:
        return [member.user.name for member in task.owners.all()]


class StateIn(Schema):
    state: str  # todo · doing · done
    seen: str | None = None  # the state the program saw; another one since then is a conflict


@router.get("/teams/{slug}/months/{month}/tasks", response=list[TaskOut], operation_id="list_tasks")
def list_tasks(request: SignedInRequest, slug: str, month: str) -> object:
    """The month's tasks in the order of the plan table."""
    team = access_for(request.auth, slug, Capability.SEE_PLAN).team
    return list(tasks_of(plan_in(team, month)))


@router.put(
    "/teams/{slug}/months/{month}/tasks/{int:task_id}/state",
    response=TaskOut,
    operation_id="set_task_state",
)
def put_state(
    request: SignedInRequest, slug: str, month: str, task_id: int, wanted: StateIn
) -> object:
    """Move a task on."""
    access = access_for(request.auth, slug, Capability.RECORD)
    task = tasks_of(plan_in(access.team, month)).filter(pk=task_id).first()
    if task is None:
        raise Http404
    seen = task.state if wanted.seen is None else wanted.seen
    return set_state(access=access, task=task, state=wanted.state, seen=seen)
