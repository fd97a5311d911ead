"""Changing one field of a task: a cell of the plan table or of the task's own page.

`value` and `seen` are the cell's text (`cell_text`); members, goals and tasks are their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.plans.actions._checked import (
    lock_task,
    members_numbered,
    numbers_text,
    repeat,
    set_text,
    set_timing,
)
from yunce.loop.plans.actions._checked import note as _note
from yunce.loop.plans.dependencies import circle_through
from yunce.loop.plans.efforts import EffortError, read_minutes
from yunce.loop.plans.fetching import goal_numbered
from yunce.loop.plans.models import Quadrant, Task
from yunce.loop.plans.permits import capability_for
from yunce.loop.plans.queries import cell_text, edges_of
from yunce.loop.plans.recurrence import RecurrenceError, read_recurrence
from yunce.loop.plans.rules import TaskField, read_numbers

SAVED: dict[TaskField, list[str]] = {
    TaskField.TITLE: ["title"],
    TaskField.STANDARD: ["standard"],
    TaskField.NOTE: ["note"],
    TaskField.NODES: ["starts_on", "ends_on", "nodes", "timing_words", "recurrence"],
    TaskField.GOAL: ["goal", "dimension"],
    TaskField.ESTIMATE: ["estimate_minutes"],
    TaskField.IMPORTANCE: ["importance"],
    TaskField.QUADRANT: ["quadrant"],
    TaskField.RECURRENCE: ["recurrence", "starts_on", "ends_on", "nodes", "timing_words"],
    TaskField.PARENT: ["parent", "goal", "dimension"],
}
Many = Sequence[Member] | Sequence[Task]


@transaction.atomic
def edit_task(*, access: Access, task: Task, field: TaskField, value: str, seen: str) -> Task:
    """Write one cell unless somebody else changed it since `seen`."""
    current = lock_task(access, task, capability_for(task, field))
    was = cell_text(current, field)
    many = put(access, current, field, value)
    wanted = numbers_text(many) if many is not None else cell_text(current, field)
    if was not in (seen, wanted):
        raise EditConflictError(field=field, current=was, wanted=wanted)
    if was == wanted:
        return current
    if many is None:
        current.save(update_fields=SAVED[field])
    else:
        getattr(current, field.value).set(many)
    _note(access, "plans.edit_task", current, {field.value: (was, wanted)})
    return current


def put(access: Access, task: Task, field: TaskField, value: str) -> Many | None:
    """Change the task in memory; what a task has many of is given back, to be saved apart."""
    if field in (TaskField.OWNERS, TaskField.REVIEWERS):
        return members_numbered(access, value)
    if field is TaskField.AFTER:
        return _predecessors(task, value)
    if field in SETTERS:
        SETTERS[field](task, value)
    else:
        set_text(task, field, value)
    return None


def _set_goal(task: Task, value: str) -> None:
    if not value.strip():
        task.goal = None
        return
    goal = goal_numbered(task.plan, value)
    task.goal, task.dimension = goal, goal.dimension


def _set_estimate(task: Task, value: str) -> None:
    try:
        task.estimate_minutes = read_minutes(value)
    except EffortError as error:
        raise ValidationError({"estimate": str(error)}) from error


def _set_importance(task: Task, value: str) -> None:
    if value not in ("", "1", "2", "3", "4", "5"):
        raise ValidationError({"importance": _("重要程度是 1 到 5，或留空由运策推算。")})
    task.importance = int(value) if value else None


def _set_quadrant(task: Task, value: str) -> None:
    if value and value not in Quadrant.values:
        raise ValidationError({"quadrant": _("没有「%s」这个象限。请从四个里选。") % value})
    task.quadrant = value


def _set_recurrence(task: Task, value: str) -> None:
    try:
        repeat(task, read_recurrence(value))
    except RecurrenceError as error:
        raise ValidationError({"recurrence": str(error)}) from error


def _set_parent(task: Task, value: str) -> None:
    """A sub-task serves what its parent serves; there is one level of them."""
    if not value.strip():
        task.parent = None
        return
    found = Task.objects.filter(
        pk__in=read_numbers(value) or [], plan=task.plan, deleted_at=None
    ).first()
    if found is None or found.pk == task.pk:
        raise ValidationError({"parent": _("这个月没有这个任务。请从列表里选。")})
    if found.parent_id is not None or task.subtasks.filter(deleted_at=None).exists():
        raise ValidationError({"parent": _("子任务只有一层：子任务下面不能再放子任务。")})
    task.parent, task.goal, task.dimension = found, found.goal, found.dimension


def _predecessors(task: Task, value: str) -> list[Task]:
    numbers = read_numbers(value)
    month = {each.pk: each for each in Task.objects.filter(plan=task.plan, deleted_at=None)}
    if numbers is None or not set(numbers) <= set(month):
        raise ValidationError({"after": _("前置任务要从本月的任务里选。")})
    if circle := circle_through(task.pk, numbers, edges_of(task.plan)):
        named = " → ".join(f"「{month[number].title[:20]}」" for number in circle)
        raise ValidationError({"after": _("前置任务绕成了一圈：%s。请去掉其中一个。") % named})
    return [month[number] for number in numbers]


SETTERS = {
    TaskField.NODES: set_timing,
    TaskField.GOAL: _set_goal,
    TaskField.ESTIMATE: _set_estimate,
    TaskField.IMPORTANCE: _set_importance,
    TaskField.QUADRANT: _set_quadrant,
    TaskField.RECURRENCE: _set_recurrence,
    TaskField.PARENT: _set_parent,
}
