"""任务怎样帮到指标: what each task is expected to bring to which goal, and whether it will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yunce.engines.metrics import Kind
from yunce.engines.targets import Reconciliation, reconcile
from yunce.kit.numbers import Unit
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import goals_of
from yunce.loop.goals.rules import write_target
from yunce.loop.goals.rules.parts import fit_word
from yunce.loop.plans.models import Contribution, Task
from yunce.loop.plans.queries import month_tasks


@dataclass(frozen=True)
class Share:
    """What one task is expected to bring to one goal."""

    goal: Goal
    amount: Decimal | None

    @property
    def typed(self) -> str:
        return write_target(self.amount, self.goal.spec.unit)

    @property
    def unit(self) -> Unit:
        return self.goal.spec.unit

    @property
    def is_own(self) -> bool:
        return self.amount is not None


@dataclass(frozen=True)
class Helper:
    """A task with what it brings to each goal, in the goals' order."""

    task: Task
    shares: tuple[Share, ...]

    @property
    def helps(self) -> bool:
        return any(share.amount is not None for share in self.shares)


@dataclass(frozen=True)
class Column:
    """A goal with what the tasks bring it together."""

    goal: Goal
    total: Decimal | None
    must: Reconciliation
    stretch: Reconciliation | None

    @property
    def unit(self) -> Unit:
        return self.goal.spec.unit

    @property
    def word(self) -> str:
        return fit_word(self.must)

    @property
    def stretch_word(self) -> str:
        return fit_word(self.stretch) if self.stretch else ""

    @property
    def is_points(self) -> bool:
        """Of a rate, tasks bring points: on top of the baseline they must reach the target."""
        return self.goal.spec.kind in (Kind.RATIO, Kind.MEAN)


@dataclass(frozen=True)
class Contributions:
    """The whole page."""

    columns: tuple[Column, ...]
    helpers: tuple[Helper, ...]

    @property
    def idle(self) -> tuple[Task, ...]:
        """Tasks nobody said what they bring."""
        return tuple(helper.task for helper in self.helpers if not helper.helps)


def contributions_of(plan: MonthPlan, tasks: Sequence[Task] | None = None) -> Contributions:
    """Three queries and what tasks are read with, however many; ``tasks``: the table's, in hand."""
    goals = list(goals_of(plan))
    if tasks is None:
        tasks = [task for task in month_tasks(plan) if task.is_line]
    found = {
        (row.task_id, row.goal_id): row.amount
        for row in Contribution.objects.filter(task__in=tasks, goal__in=goals)
    }
    helpers = tuple(
        Helper(task, tuple(Share(goal, found.get((task.pk, goal.pk))) for goal in goals))
        for task in tasks
    )
    return Contributions(tuple(_column(goal, helpers) for goal in goals), helpers)


def _column(goal: Goal, helpers: Sequence[Helper]) -> Column:
    amounts = [
        share.amount
        for helper in helpers
        for share in helper.shares
        if share.goal.pk == goal.pk and share.amount is not None
    ]
    total = sum(amounts, Decimal(0)) if amounts else None
    reached = _reached(goal, total)
    stretch = reconcile(reached, goal.stretch) if goal.stretch is not None else None
    return Column(goal, total, reconcile(reached, goal.must), stretch)


def _reached(goal: Goal, total: Decimal | None) -> Decimal | None:
    """What the goal comes to: points stand on the baseline; unknown baseline, unknown sum."""
    if total is None or goal.spec.kind not in (Kind.RATIO, Kind.MEAN):
        return total
    return None if goal.baseline is None else goal.baseline + total
