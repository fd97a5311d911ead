"""The plan table as the page draws it: rows of cells, and what each row's menu offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from yunce.ground.teams.queries import Access
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries.changes import Amendments, amendments_of
from yunce.loop.goals.rules.smart import Smart
from yunce.loop.plans.cells import (
    FIRST_TASK,
    OWNER_FIELD,
    TARGETS_FIELD,
    Cell,
    amended,
    goal_cell,
    task_cell,
)
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import PlanRow, plan_rows
from yunce.loop.plans.rules import TaskField


@dataclass(frozen=True)
class Steps:
    """Where a line may go inside its group."""

    up: bool = False
    down: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the table; a cell that is None is drawn as —."""

    row: PlanRow
    targets: Cell | None
    title: Cell | None
    owners: Cell | None
    rest: tuple[Cell | None, ...]  # 时间节点, 完成标准, 备注
    goal_steps: Steps
    task_steps: Steps
    smart: Smart | None = None  # of a goal's first line

    @property
    def cells(self) -> tuple[Cell, ...]:
        every = (self.targets, self.title, self.owners, *self.rest)
        return tuple(cell for cell in every if cell)


@dataclass(frozen=True)
class Facts:
    """The plan in four counts."""

    goals: int
    tasks: int
    without_owner: int
    without_days: int


def lines_of(access: Access, plan: MonthPlan) -> list[Line]:
    rows = plan_rows(plan)
    for row in rows:  # the plan in hand, so that no cell asks for it again
        for subject in (row.goal, row.task):
            if subject is not None:
                subject.plan = plan
    amendments = amendments_of(plan)
    groups = _Groups(rows)
    return [_amended(_line(access, row, groups), amendments) for row in rows]


class _Groups:
    """Which lines stand together, gone through once."""

    def __init__(self, rows: Sequence[PlanRow]) -> None:
        self.goals: dict[str, list[int]] = defaultdict(list)
        self.tasks: dict[tuple[str, int | None], list[int]] = defaultdict(list)
        for row in rows:
            if row.goal and row.goal_span:
                self.goals[row.dimension].append(row.goal.pk)
            if row.task:
                self.tasks[_group(row)].append(row.task.pk)

    def goal_steps(self, row: PlanRow) -> Steps:
        return _steps(row.goal.pk, self.goals[row.dimension]) if row.goal else Steps()

    def task_steps(self, row: PlanRow) -> Steps:
        return _steps(row.task.pk, self.tasks[_group(row)]) if row.task else Steps()


def _group(row: PlanRow) -> tuple[str, int | None]:
    return row.dimension, row.goal.pk if row.goal else None


def _amended(line: Line, amendments: Amendments) -> Line:
    if not (amendments.first or amendments.waiting):
        return line
    return replace(
        line,
        targets=amended(line.targets, amendments) if line.targets else None,
        title=amended(line.title, amendments) if line.title else None,
        owners=amended(line.owners, amendments) if line.owners else None,
        rest=tuple(amended(cell, amendments) if cell else None for cell in line.rest),
    )


def _line(access: Access, row: PlanRow, groups: _Groups) -> Line:
    goal, task = row.goal, row.task
    targets = goal_cell(access, goal, TARGETS_FIELD) if goal and row.goal_span else None
    if task is None:
        return Line(
            row=row,
            targets=targets,
            title=goal_cell(access, goal, FIRST_TASK) if goal else None,
            owners=goal_cell(access, goal, OWNER_FIELD) if goal else None,
            rest=(None, None, None),
            goal_steps=groups.goal_steps(row),
            task_steps=Steps(),
        )
    rest = (TaskField.NODES, TaskField.STANDARD, TaskField.NOTE)
    return Line(
        row=row,
        targets=targets,
        title=task_cell(access, task, TaskField.TITLE),
        owners=task_cell(access, task, TaskField.OWNERS),
        rest=tuple(task_cell(access, task, field) for field in rest),
        goal_steps=groups.goal_steps(row),
        task_steps=groups.task_steps(row),
    )


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
        without_owner=sum(not task.owners.all() for task in tasks),
        without_days=sum(not task.timing.days for task in tasks),
    )
