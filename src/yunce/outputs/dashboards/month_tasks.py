"""The tasks of the coming days, with their next node."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.models import Task, TaskState

AHEAD = timedelta(days=6)  # today and the six days after it


@dataclass(frozen=True)
class NearTask:
    """A task with the day it is about."""

    task: Task
    day: date | None
    is_today: bool
    is_overdue: bool


def near_tasks(plan: MonthPlan, *, day: date) -> list[NearTask]:
    """Undone tasks: overdue first, then by next node up to a week ahead."""
    near = [_near(task, day) for task in _undone(plan, day)]
    until = day + AHEAD
    shown = [task for task in near if task.day is not None and task.day <= until]
    return sorted(shown, key=lambda near: (near.day or day, near.task.position, near.task.pk))


def undone_tasks(plan: MonthPlan, *, day: date) -> list[NearTask]:
    """What a finished month left open."""
    return [NearTask(task, task.ends_on, False, False) for task in _undone(plan, day)]


def _undone(plan: MonthPlan, day: date) -> QuerySet[Task]:
    """What was open at the end of that day, whatever has been done since."""
    done_by_then = Q(done_at__isnull=True) | Q(done_at__date__lte=day)
    tasks = plan.tasks.filter(deleted_at__isnull=True).exclude(done_by_then, state=TaskState.DONE)
    return tasks.prefetch_related("owners__user")


def _near(task: Task, day: date) -> NearTask:
    days = sorted([date.fromisoformat(node) for node in task.nodes] + _ends(task))
    coming = next((node for node in days if node >= day), None)
    if coming is not None:
        return NearTask(task, coming, coming == day, False)
    return NearTask(task, days[-1] if days else None, False, bool(days))


def _ends(task: Task) -> list[date]:
    return [task.ends_on] if task.ends_on else []
