"""The month's tasks as a list or a board: filters and order from the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month
from yunce.loop.goals.models import DimensionChoice, Goal
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.models import Task, TaskState
from yunce.loop.plans.permits import may_change_task
from yunce.loop.plans.queries import month_tasks, onward_of
from yunce.loop.plans.rules import is_overdue, next_day, urgency, write_timing

FILTERS = ("owner", "state", "goal", "dimension", "q", "late")
NOBODY = "none"  # owner=none: tasks nobody owns


@dataclass(frozen=True)
class TaskLine:
    """A task as the list shows it."""

    task: Task
    next_day: date | None
    days: str
    is_overdue: bool
    may_move: bool
    may_edit: bool
    went_to: Task | None = None  # in a later month

    @property
    def came_from(self) -> Month | None:
        return self.task.came_from.plan.month if self.task.came_from else None

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in TaskState]


@dataclass(frozen=True)
class Column:
    """A state of the board with its tasks."""

    state: str
    label: str
    lines: tuple[TaskLine, ...]


@dataclass(frozen=True)
class Listing:
    """The tasks that pass, and what the filters offer."""

    lines: tuple[TaskLine, ...]
    total: int
    owners: tuple[Member, ...]
    goals: tuple[Goal, ...]
    asked: Mapping[str, str]
    sort: str

    @property
    def done(self) -> int:
        return sum(line.task.is_done for line in self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.is_overdue for line in self.lines)

    @property
    def is_filtered(self) -> bool:
        return any(self.asked.values())

    @property
    def columns(self) -> list[Column]:
        return [
            Column(
                state.value,
                str(state.label),
                tuple(line for line in self.lines if line.task.state == state),
            )
            for state in TaskState
        ]

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in TaskState]

    @property
    def dimensions(self) -> list[tuple[str, str]]:
        return [(each.value, str(each.label)) for each in DimensionChoice]

    @property
    def may_choose(self) -> bool:
        return any(line.may_move for line in self.lines)


def listing_of(access: Access, month: Month, asked: Mapping[str, str], *, today: date) -> Listing:
    """The month's tasks; what the address asks for that does not exist shows nothing."""
    plan = plan_of(access.team, month)
    tasks = month_tasks(plan, also=("came_from__plan",)) if plan else []
    onward = onward_of(tasks) if tasks else {}
    wanted = {name: asked.get(name, "") for name in FILTERS}
    passing = [task for task in tasks if _passes(task, wanted, today)]
    sort = asked.get("sort", "")
    owners = {m.pk: m for task in tasks for m in task.people}
    goals = {task.goal.pk: task.goal for task in tasks if task.goal}
    return Listing(
        lines=tuple(
            line_of(access, task, today, went_to=onward.get(task.pk))
            for task in sorted_by(passing, sort, today)
        ),
        total=len(tasks),
        owners=tuple(owners[number] for number in sorted(owners)),
        goals=tuple(sorted(goals.values(), key=lambda goal: (goal.position, goal.pk))),
        asked=wanted,
        sort=sort,
    )


def line_of(access: Access, task: Task, today: date, *, went_to: Task | None = None) -> TaskLine:
    timing, is_open = task.timing, not (task.is_done or went_to)
    return TaskLine(
        task=task,
        next_day=next_day(timing, today),
        days=write_timing(timing),
        is_overdue=is_overdue(timing, today, done=not is_open),
        may_move=access.may_record and not task.plan.is_closed,
        may_edit=may_change_task(access, task),
        went_to=went_to,
    )


def _passes(task: Task, wanted: Mapping[str, str], today: date) -> bool:
    owners = {str(member.pk) for member in task.people} or {NOBODY}
    goal = str(task.goal.pk) if task.goal else NOBODY
    words = f"{task.title} {task.note} {task.standard}".lower()
    return (
        (not wanted["owner"] or wanted["owner"] in owners)
        and wanted["state"] in ("", task.state)
        and wanted["goal"] in ("", goal)
        and wanted["dimension"] in ("", task.dimension)
        and wanted["q"].strip().lower() in words
        and (not wanted["late"] or is_overdue(task.timing, today, done=task.is_done))
    )


def sorted_by(tasks: Sequence[Task], sort: str, today: date) -> list[Task]:
    """In the order asked for; a leading minus turns it round. Otherwise what presses first."""
    key = KEYS.get(sort.removeprefix("-"))
    if key is None:
        return sorted(tasks, key=lambda task: urgency(task.timing, today, done=task.is_done).key)
    return sorted(tasks, key=key, reverse=sort.startswith("-"))


STATES = list(TaskState.values)
KEYS: dict[str, Callable[[Task], Any]] = {
    "title": lambda task: task.title,
    "owner": lambda task: "、".join(str(member) for member in task.people),
    "goal": lambda task: (task.goal is None, task.goal.position if task.goal else 0),
    "state": lambda task: STATES.index(task.state),
    "estimate": lambda task: task.estimate_minutes or 0,
    "plan": lambda task: (task.position, task.pk),
}
