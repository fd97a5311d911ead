"""What the plan page says of its goals: the SMART check of each, and one goal's tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries.history import histories_of, months_before
from yunce.loop.goals.queries.parts import TargetTree, trees_of
from yunce.loop.goals.rules.history import History, PastMonth
from yunce.loop.goals.rules.smart import Aim, Letter, Smart, check
from yunce.loop.plans.models import Task
from yunce.loop.plans.table import Line


@dataclass(frozen=True)
class Flaw:
    """A letter a goal fails."""

    goal: Goal
    letter: Letter


@dataclass(frozen=True)
class Aims:
    """The goals of a plan, checked and added up."""

    checks: Mapping[int, Smart]  # goal → its check
    flaws: tuple[Flaw, ...]
    trees: tuple[TargetTree, ...]
    tree: TargetTree | None  # the one in the card

    @property
    def passed(self) -> int:
        return sum(smart.passed for smart in self.checks.values())

    @property
    def asked(self) -> int:
        return sum(smart.asked for smart in self.checks.values())

    @property
    def split(self) -> tuple[TargetTree, ...]:
        return tuple(tree for tree in self.trees if tree.branches)

    @property
    def short(self) -> int:
        """Trees that do not come to their must target."""
        return sum(tree.must.found.fit.value in ("gap", "unknown") for tree in self.split)


def aims_of(access: Access, plan: MonthPlan, lines: Sequence[Line], *, asked: str = "") -> Aims:
    goals = list({line.row.goal.pk: line.row.goal for line in lines if line.row.goal}.values())
    sees_numbers = access.may(Capability.SEE_ALL)
    histories = histories_of(goals) if sees_numbers else {}
    tasks = _tasks(lines)
    checks = {
        goal.pk: check(aim_of(goal, tasks.get(goal.pk, ()), histories.get(goal.pk)))
        for goal in goals
    }
    found = trees_of(goals)
    trees = tuple(found[goal.pk] for goal in goals)
    chosen = next((tree for tree in trees if str(tree.goal.pk) == asked), None)
    chosen = chosen or next((tree for tree in trees if tree.branches), None)
    return Aims(
        checks=checks,
        flaws=tuple(Flaw(goal, letter) for goal in goals for letter in checks[goal.pk].failing),
        trees=trees,
        tree=chosen or (trees[0] if trees else None),
    )


def with_checks(lines: Sequence[Line], aims: Aims) -> list[Line]:
    """The table's lines, each goal's first with its check."""
    return [
        replace(line, smart=aims.checks[line.row.goal.pk])
        if line.row.goal and line.row.goal_span
        else line
        for line in lines
    ]


def is_undated(task: Task) -> bool:
    """Neither a day nor a rhythm (每日) is written."""
    return not task.timing.days and not task.timing_words


def _tasks(lines: Sequence[Line]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    for line in lines:
        if line.row.goal and line.row.task:
            found.setdefault(line.row.goal.pk, []).append(line.row.task)
    return found


def aim_of(goal: Goal, tasks: Sequence[Task], history: History | None) -> Aim:
    month = goal.plan.month
    return Aim(
        name=goal.name,
        is_defined=goal.is_defined,
        must=goal.must,
        unit=goal.spec.unit,
        tasks=len(tasks),
        tasks_without_days=[task.title for task in tasks if is_undated(task)],
        baseline=goal.baseline,
        history=history or _nothing_known(goal),
        direction=goal.plan.direction,
        has_objective=goal.objective_id is not None,
        last_day=f"{month.number}/{month.day_count}",
    )


def _nothing_known(goal: Goal) -> History:
    months = months_before(goal.plan.month)
    return History(tuple(PastMonth(month, None) for month in months), goal.spec.direction)
