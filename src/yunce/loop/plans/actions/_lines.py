"""Lines of the plan table: adding, removing, moving, and the state of a task."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions import EditConflictError, lock_plan
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.actions._checked import (
    dimension_of,
    lock_task,
    refuse_outsiders,
    set_text,
    set_timing,
)
from yunce.loop.plans.actions._checked import note as _note
from yunce.loop.plans.models import Task, TaskState
from yunce.loop.plans.permits import capability_for
from yunce.loop.plans.queries import lines_in
from yunce.loop.plans.rules import TaskField


@transaction.atomic
def add_task(
    *,
    access: Access,
    plan: MonthPlan,
    title: str,
    goal: Goal | None = None,
    dimension: str = "",
    owners: Sequence[Member] = (),
    nodes: str = "",
    standard: str = "",
    note: str = "",
) -> Task:
    """Add a line to the plan table, under a goal or (without one) in a dimension."""
    plan = lock_plan(access=access, plan=plan)
    task = Task(plan=plan, goal=goal, dimension=dimension_of(plan, goal, dimension))
    set_text(task, TaskField.TITLE, title)
    set_text(task, TaskField.STANDARD, standard)
    set_text(task, TaskField.NOTE, note)
    set_timing(task, nodes)
    refuse_outsiders(access, owners)
    last = plan.tasks.aggregate(last=Max("position"))["last"]
    task.position = 0 if last is None else int(last) + 1
    task.save()
    task.owners.set(owners)
    _note(access, "plans.add_task", task)
    return task


@transaction.atomic
def remove_task(*, access: Access, task: Task) -> Task:
    """Take a task out of the plan; `restore_task` undoes it."""
    current = lock_task(access, task, capability_for(task))
    current.deleted_at = timezone.now()
    current.save(update_fields=["deleted_at"])
    _note(access, "plans.remove_task", current)
    return current


@transaction.atomic
def restore_task(*, access: Access, task: Task) -> Task:
    """Bring a removed task back; one that is there stays as it is."""
    lock_plan(access=access, plan=task.plan, capability=capability_for(task))
    current = Task.objects.select_for_update().get(pk=task.pk)
    if current.deleted_at is None:
        return current
    current.deleted_at = None
    current.save(update_fields=["deleted_at"])
    _note(access, "plans.restore_task", current)
    return current


def state_named(text: str) -> str:
    if text not in TaskState.values:
        raise ValidationError(_("没有「%s」这个状态。请从列表里选。") % text)
    return text


@transaction.atomic
def set_state(*, access: Access, task: Task, state: str, seen: str) -> Task:
    """Move a task on (未开始 · 进行中 · 已完成); members do this also in a finalised month."""
    current = lock_task(access, task, Capability.RECORD)
    state = state_named(state)
    if current.state not in (seen, state):
        raise EditConflictError(field="state", current=current.state, wanted=state)
    was = current.state
    current.state = state
    current.done_at = timezone.now() if state == TaskState.DONE else None
    current.save(update_fields=["state", "done_at"])
    _note(access, "plans.set_state", current, {"state": (was, state)})
    return current


@transaction.atomic
def reorder_tasks(*, access: Access, plan: MonthPlan, numbers: Sequence[int]) -> None:
    """Put the month's tasks in this order; every line must be named once."""
    plan = lock_plan(access=access, plan=plan)
    tasks = {task.pk: task for task in lines_in(plan)}
    if sorted(numbers) != sorted(tasks):
        raise ValidationError(_("任务的数量变了，顺序没有保存。请刷新页面再试。"))
    for position, number in enumerate(numbers):
        tasks[number].position = position
    Task.objects.bulk_update(tasks.values(), ["position"])
    write_journal(
        verb="plans.reorder_tasks", subject=plan, actor=access.user, team_id=access.team.pk
    )
