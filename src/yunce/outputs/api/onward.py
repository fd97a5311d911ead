"""移到下月: unfinished tasks go on in the next month's plan."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.plans.actions import bring_back
from yunce.loop.plans.changing import carry_onward
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import tasks_of
from yunce.outputs.api.ledger import month_named
from yunce.outputs.api.months import plan_in
from yunce.outputs.api.numbers import Number
from yunce.outputs.api.plans import ChangeOut, change_answer
from yunce.outputs.api.request import SignedInRequest
from yunce.outputs.api.tasks import TaskOut

router = Router(tags=["tasks"])
ONWARD = "/teams/{slug}/months/{month}/tasks/onward"


class OnwardIn(Schema):
    tasks: list[Number]
    reason: str = ""  # asked for where a month's plan stands already


class BackIn(Schema):
    tasks: list[Number]  # as they are called in the next month


class OnwardOut(Schema):
    month: str  # the next one
    tasks: list[TaskOut]  # made there
    changes: list[ChangeOut]  # where its plan stands: waiting until others agree


@router.post(ONWARD, response=OnwardOut, operation_id="move_tasks_onward")
def post_onward(request: SignedInRequest, slug: str, month: str, wanted: OnwardIn) -> object:
    """Carry tasks on in the next month; their days are planned anew, the old ones stay."""
    access = access_for(request.auth, slug, Capability.RECORD)
    tasks = _tasks(access.team, month, wanted.tasks)
    made, changes = carry_onward(access=access, tasks=tasks, reason=wanted.reason)
    return {
        "month": str(month_named(month).next),
        "tasks": made,
        "changes": [change_answer(change) for change in changes],
    }


@router.post(f"{ONWARD}/back", response={204: None}, operation_id="bring_tasks_back")
def post_back(request: SignedInRequest, slug: str, month: str, wanted: BackIn) -> object:
    """Undo it: what was made leaves the next month's plan again."""
    access = access_for(request.auth, slug, Capability.RECORD)
    later = str(month_named(month).next)
    bring_back(access=access, tasks=_tasks(access.team, later, wanted.tasks))
    return Status(204, None)


def _tasks(team: Team, month: str, numbers: list[int]) -> list[Task]:
    """The month's tasks of these numbers: all of them, or a sentence."""
    wanted = set(numbers)
    found = list(tasks_of(plan_in(team, month)).filter(pk__in=wanted))
    if missing := sorted(wanted - {task.pk for task in found}):
        words = {"month": month, "listed": "、".join(map(str, missing))}
        sentence = _("%(month)s 没有这些任务：%(listed)s。") % words
        raise ValidationError({"tasks": sentence})
    return found
