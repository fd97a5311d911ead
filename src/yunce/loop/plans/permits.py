"""What changing a field of a task asks of a person."""

from __future__ import annotations

from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.models import PlanState
from yunce.loop.plans.models import Task
from yunce.loop.plans.rules import WORK_FIELDS, TaskField


def capability_for(task: Task, field: TaskField | None = None) -> Capability:
    """The plan table is the lead's; how the work is done is everybody's who records."""
    if field in WORK_FIELDS or not task.is_line:
        return Capability.RECORD
    return Capability.PLAN


def may_change_task(access: Access, task: Task, field: TaskField | None = None) -> bool:
    """Whether the page should offer it; the action itself asks again."""
    capability = capability_for(task, field)
    if not access.may(capability) or task.plan.is_closed:
        return False
    return capability is Capability.RECORD or task.plan.state == PlanState.DRAFT


def asks_reason(access: Access, task: Task, field: TaskField | None = None) -> bool:
    """Does the plan stand, so that this becomes a change with a reason?"""
    return (
        capability_for(task, field) is Capability.PLAN
        and access.may_plan
        and task.plan.state == PlanState.LOCKED
    )
