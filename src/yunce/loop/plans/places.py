"""Places of tasks in the important/urgent matrix, from the month's goals and who waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from yunce.engines.metrics import Direction
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import progress_of
from yunce.loop.plans.matrix import Place, Served, importance_of, place_of, urgency_of
from yunce.loop.plans.models import Task

WORK_DAY = 6 * 60  # minutes of a day that an estimate fills


class Places:
    """Puts tasks into the matrix; looks up gaps and circles of waiting once."""

    def __init__(
        self,
        plan: MonthPlan | None,
        tasks: Sequence[Task],
        *,
        day: date,
        workdays: Sequence[date],
    ) -> None:
        self.day = day
        self.workdays = workdays
        self.tasks = {task.pk: task for task in tasks}
        self.gaps = _gaps(plan, day)
        self.waiting = _waiting(tasks)

    def place(self, task: Task) -> Place:
        needs = -(-(task.estimate_minutes or 0) // WORK_DAY)
        urgency = urgency_of(
            task.timing,
            self.day,
            workdays=self.workdays,
            needs_days=needs,
            waiting=self.waiting[task.pk],
        )
        return place_of(self._importance(task), urgency, by_hand=task.quadrant)

    def _importance(self, task: Task) -> tuple[int, str]:
        parent = self.tasks.get(task.parent_id or 0)
        above = self._importance(parent)[0] if parent else None
        return importance_of(self._served(task), by_hand=task.importance, parent=above)

    def _served(self, task: Task) -> list[Served]:
        said = {each.goal_id: each.amount for each in task.contributions.all()}
        if task.goal is not None:
            said.setdefault(task.goal.pk, None)  # type: ignore[arg-type]
        return [
            Served(self.gaps[goal][0], self.gaps[goal][1], amount)
            for goal, amount in said.items()
            if goal in self.gaps
        ]


def _gaps(plan: MonthPlan | None, day: date) -> dict[int, tuple[str, Decimal | None]]:
    """Goal → its name and what its must target still lacks, where the goal accumulates."""
    if plan is None:
        return {}
    gaps = {}
    for progress in progress_of(plan, as_of=day - timedelta(days=1)):
        counts = progress.accumulates and progress.metric.direction is Direction.HIGHER
        lacks = progress.goal.must - (progress.actual or 0) if counts else None
        gaps[progress.goal.pk] = (progress.goal.name, lacks)
    return gaps


def _waiting(tasks: Sequence[Task]) -> dict[int, int]:
    """Task → undone tasks that come directly after it."""
    links = Task.after.through.objects.filter(to_task__in=tasks)
    undone = {task.pk for task in tasks if not task.is_done}
    waiting: dict[int, int] = defaultdict(int)
    for later, earlier in links.values_list("from_task_id", "to_task_id"):
        waiting[earlier] += later in undone
    return waiting
