"""The plan table's lines, which of them stand together, and the plan in four counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.rules.smart import Smart
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import PlanRow, plan_rows


@dataclass(frozen=True)
class Steps:
    """Where a line may go inside its group."""

    up: bool = False
    down: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the table; a goal's first line has its check."""

    row: PlanRow
    smart: Smart | None = None


@dataclass(frozen=True)
class Facts:
    """The plan in four counts."""

    goals: int
    tasks: int
    without_owner: int
    without_days: int


def lines_of(plan: MonthPlan, tasks: Iterable[Task]) -> list[Line]:
    """The table's lines from the month's tasks."""
    rows = plan_rows(plan, tasks)
    for row in rows:  # the plan in hand, so that no goal asks for it again
        if row.goal is not None:
            row.goal.plan = plan
    return [Line(row) for row in rows]


def first_line(lines: Iterable[Line], goal: Goal | None) -> Line | None:
    """The line that holds the goal's targets."""
    return next((line for line in lines if line.row.goal_span and line.row.goal == goal), None)


def goal_steps(goal: Goal) -> Steps:
    """Where a goal may go among its dimension's."""
    return _steps(goal.pk, goals_beside(plan_rows(goal.plan), goal.dimension))


def task_steps(task: Task) -> Steps:
    """Where a task may go among those beside it; nowhere when it stands outside the table."""
    rows = plan_rows(task.plan)
    row = next((row for row in rows if row.task == task), None)
    return _steps(task.pk, tasks_beside(rows, row)) if row else Steps()


def tasks_beside(rows: Sequence[PlanRow], row: PlanRow) -> list[int]:
    """The tasks of the same group: those under one goal, or one dimension's loose ones."""
    return [
        other.task.pk
        for other in rows
        if other.task and other.dimension == row.dimension and _same(other.goal, row.goal)
    ]


def goals_beside(rows: Sequence[PlanRow], dimension: str) -> list[int]:
    return [
        row.goal.pk for row in rows if row.goal and row.goal_span and row.dimension == dimension
    ]


def _same(one: Goal | None, other: Goal | None) -> bool:
    return (one.pk if one else None) == (other.pk if other else None)


def _steps(number: int, group: Sequence[int]) -> Steps:
    return Steps(up=number != group[0], down=number != group[-1])


def facts_of(lines: Sequence[Line]) -> Facts:
    tasks: list[Task] = [line.row.task for line in lines if line.row.task]
    return Facts(
        goals=len({line.row.goal.pk for line in lines if line.row.goal}),
        tasks=len(tasks),
        without_owner=sum(not task.people for task in tasks),
        without_days=sum(not task.timing.days for task in tasks),
    )
