"""A month's plan as a document tells it: goals checked, split and compared, tasks, people, risks.

It stands on what the plan's pages read, which stand on `queries`; so it cannot live among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yunce.engines.calendars import Day
from yunce.ground.calendars.queries import calendar_of
from yunce.loop.goals.models import Goal, MonthPlan, Objective
from yunce.loop.goals.queries.curves import curve_of
from yunce.loop.goals.queries.history import histories_of
from yunce.loop.goals.queries.parts import TargetTree, trees_of
from yunce.loop.goals.rules.curves import Curve
from yunce.loop.goals.rules.history import History
from yunce.loop.goals.rules.smart import Smart, check
from yunce.loop.plans.aims import aim_of, is_undated
from yunce.loop.plans.contributions import Column as Helped
from yunce.loop.plans.contributions import Contributions, Share, contributions_of
from yunce.loop.plans.critical import critical_path
from yunce.loop.plans.load import Filled, Fullness, days_of, weeks_of
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import PlanRow, edges_of, month_tasks, plan_rows
from yunce.loop.plans.workload import DayLoad, PersonLoad, Workload, workload_of

__all__ = [
    "Contributions",
    "DayLoad",
    "Dossier",
    "Filled",
    "Fullness",
    "Helped",
    "PersonLoad",
    "Share",
    "Workload",
    "dossier_of",
    "weeks_of",
]


@dataclass(frozen=True)
class Dossier:
    """Everything the program knows of a month's plan; numbers of the month itself are elsewhere."""

    plan: MonthPlan
    rows: tuple[PlanRow, ...]  # the plan table
    tasks: tuple[Task, ...]  # also sub-tasks and what was jotted down
    goals: tuple[Goal, ...]  # in the table's order
    smart: Mapping[int, Smart]  # goal → its check
    histories: Mapping[int, History]
    trees: Mapping[int, TargetTree]
    contributions: Contributions
    workload: Workload
    critical: tuple[Task, ...]  # the chain of waiting tasks that decides when the last one ends
    critical_days: int  # its working days; 0: nothing waits

    @property
    def lines(self) -> tuple[Task, ...]:
        """The tasks of the plan table."""
        return tuple(row.task for row in self.rows if row.task)

    @property
    def days(self) -> tuple[Day, ...]:
        return self.workload.days

    @property
    def split(self) -> tuple[TargetTree, ...]:
        """Goals somebody took apart."""
        return tuple(tree for tree in self.trees.values() if tree.branches)

    @property
    def without_owner(self) -> tuple[Task, ...]:
        return tuple(task for task in self.lines if not task.people)

    @property
    def without_days(self) -> tuple[Task, ...]:
        return tuple(task for task in self.lines if is_undated(task))

    @property
    def without_standard(self) -> tuple[Task, ...]:
        return tuple(task for task in self.lines if not task.standard.strip())

    @property
    def objectives(self) -> tuple[tuple[Objective, tuple[Goal, ...]], ...]:
        """What the month aligns to, with the goals that do."""
        found: dict[int, list[Goal]] = {}
        for goal in self.goals:
            if goal.objective_id:
                found.setdefault(goal.objective_id, []).append(goal)
        listed = Objective.objects.in_bulk(list(found))
        return tuple((listed[number], tuple(goals)) for number, goals in found.items())

    def curve_of(self, goal: Goal) -> Curve:
        return curve_of(goal)


def dossier_of(plan: MonthPlan) -> Dossier:
    tasks = month_tasks(plan)
    rows = plan_rows(plan, tasks)
    goals = list({row.goal.pk: row.goal for row in rows if row.goal}.values())
    for goal in goals:  # the plan in hand, so that none asks for it and its catalogue again
        goal.plan = plan
    histories, lengths = histories_of(goals), _worked(plan, tasks)
    by_number = {task.pk: task for task in tasks}
    chain = [by_number[number] for number in critical_path(lengths, edges_of(plan))]
    return Dossier(
        plan=plan,
        rows=tuple(rows),
        tasks=tuple(tasks),
        goals=tuple(goals),
        smart=_checks(goals, rows, histories),
        histories=histories,
        trees=trees_of(goals),
        contributions=contributions_of(plan, [task for task in tasks if task.is_line]),
        workload=workload_of(plan, tasks),
        critical=tuple(chain),
        critical_days=sum(lengths[task.pk] for task in chain),
    )


def _worked(plan: MonthPlan, tasks: list[Task]) -> dict[int, int]:
    """Task → its working days, where it has any."""
    is_workday = calendar_of(plan.team).is_workday
    days = {task.pk: days_of(task.timing, is_workday) or task.timing.days for task in tasks}
    return {number: len(found) for number, found in days.items() if found}


def _checks(
    goals: list[Goal], rows: list[PlanRow], histories: Mapping[int, History]
) -> dict[int, Smart]:
    served: dict[int, list[Task]] = {}
    for row in rows:
        if row.goal and row.task:
            served.setdefault(row.goal.pk, []).append(row.task)
    return {
        goal.pk: check(aim_of(goal, served.get(goal.pk, ()), histories.get(goal.pk)))
        for goal in goals
    }
