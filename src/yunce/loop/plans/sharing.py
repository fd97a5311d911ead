"""A plan as a share link shows it: the chosen columns, and nothing else is even read out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan, SubjectKind
from yunce.loop.goals.queries import goals_of
from yunce.loop.goals.queries.changes import Amendments, amendments_of
from yunce.loop.plans.models import Share, SharedColumn
from yunce.loop.plans.queries import PlanRow, plan_rows, target_text
from yunce.loop.plans.rules import TaskField

GROUPED = (SharedColumn.DIMENSION, SharedColumn.METRIC)
OF_A_TASK = {
    SharedColumn.TITLE: TaskField.TITLE,
    SharedColumn.OWNERS: TaskField.OWNERS,
    SharedColumn.NODES: TaskField.NODES,
    SharedColumn.STANDARD: TaskField.STANDARD,
    SharedColumn.NOTE: TaskField.NOTE,
}


@dataclass(frozen=True)
class SharedCell:
    """One cell; `old` is what it read when the plan was locked, where it was changed since."""

    label: str
    text: str
    old: str = ""
    span: int = 1
    is_head: bool = False


@dataclass(frozen=True)
class SharedGoal:
    """One goal of the list on top."""

    name: str
    must: str
    stretch: str
    old_must: str
    old_stretch: str


@dataclass(frozen=True)
class SharedPlan:
    """What a guest sees."""

    team: str
    month: Month
    state: str
    state_label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[SharedCell, ...], ...]
    goals: tuple[SharedGoal, ...]

    @property
    def has_changes(self) -> bool:
        cells = any(cell.old for row in self.rows for cell in row)
        return cells or any(goal.old_must or goal.old_stretch for goal in self.goals)

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.goals)


def shared_plan(share: Share) -> SharedPlan:
    plan = share.plan
    columns = [each for each in SharedColumn if share.shows(each) and each in _texts()]
    amendments = amendments_of(plan)
    goals = _goals(plan, amendments) if share.shows(SharedColumn.GOALS) else ()
    rows = tuple(_rows(plan_rows(plan), columns, amendments)) if columns else ()
    return SharedPlan(
        team=plan.team.name,
        month=plan.month,
        state=plan.state,
        state_label=str(plan.get_state_display()),
        columns=tuple(str(each.label) for each in columns),
        rows=rows,
        goals=tuple(goals),
    )


def _goals(plan: MonthPlan, amendments: Amendments) -> Iterator[SharedGoal]:
    for goal in goals_of(plan):
        old = amendments.old_targets(goal)
        yield SharedGoal(
            name=goal.name,
            must=target_text(goal, goal.must),
            stretch=target_text(goal, goal.stretch) if goal.stretch is not None else "",
            old_must=target_text(goal, old.must) if old.must is not None else "",
            old_stretch=target_text(goal, old.stretch) if old.stretch is not None else "",
        )


def _texts() -> dict[SharedColumn, Callable[[PlanRow], str]]:
    return {
        SharedColumn.DIMENSION: lambda row: row.dimension_label,
        SharedColumn.METRIC: lambda row: row.metric_text,
        SharedColumn.TITLE: lambda row: row.title,
        SharedColumn.OWNERS: lambda row: row.owners_text,
        SharedColumn.NODES: lambda row: row.nodes_text,
        SharedColumn.STANDARD: lambda row: row.standard,
        SharedColumn.NOTE: lambda row: row.note,
    }


def _rows(
    rows: Sequence[PlanRow], columns: Sequence[SharedColumn], amendments: Amendments
) -> Iterator[tuple[SharedCell, ...]]:
    """The table's lines; without a task's column one line a goal, or one a dimension."""
    for _dimension, group in groupby(rows, key=lambda row: row.dimension):
        listed = _shown(list(group), columns)
        for at, row in enumerate(listed):
            cells = (
                _cell(row, column, amendments, listed)
                for column in columns
                if not _is_covered(row, column, listed, at)
            )
            yield tuple(cells)


def _shown(rows: list[PlanRow], columns: Sequence[SharedColumn]) -> list[PlanRow]:
    if any(column in OF_A_TASK for column in columns):
        return rows
    if SharedColumn.METRIC in columns:
        return [row for row in rows if row.goal_span and row.goal] or rows[:1]
    return rows[:1]


def _is_covered(row: PlanRow, column: SharedColumn, listed: Sequence[PlanRow], at: int) -> bool:
    """Does the cell above reach down here?"""
    if column is SharedColumn.DIMENSION:
        return at > 0
    return column is SharedColumn.METRIC and not _span(row, listed)


def _span(row: PlanRow, listed: Sequence[PlanRow]) -> int:
    """How many of the shown lines the goal's cell covers; 0 under it."""
    if not row.goal_span:
        return 0
    same = [each for each in listed if row.goal and each.goal and each.goal.pk == row.goal.pk]
    return max(len(same), 1)


def _cell(
    row: PlanRow, column: SharedColumn, amendments: Amendments, listed: Sequence[PlanRow]
) -> SharedCell:
    text = _texts()[column](row)
    label = str(column.label)
    if column is SharedColumn.DIMENSION:
        return SharedCell(label, text, span=len(listed), is_head=True)
    if column is SharedColumn.METRIC:
        old = _old_metric(row.goal, amendments)
        return SharedCell(label, text, old=old, span=_span(row, listed))
    old = ""
    if row.task is not None:
        old = amendments.old_text(SubjectKind.TASK, row.task.pk, OF_A_TASK[column].value)
    return SharedCell(label, text, old=old if old != text else "")


def _old_metric(goal: Goal | None, amendments: Amendments) -> str:
    was = amendments.old_targets(goal).must if goal else None
    return target_text(goal, was) if goal and was is not None else ""
