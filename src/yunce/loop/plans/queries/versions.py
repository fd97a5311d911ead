"""Reading a plan as a picture of the day: what a version keeps, what a plan still lacks."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from yunce.kit.timing import short
from yunce.loop.goals.models import Goal, MonthPlan, PlanVersion
from yunce.loop.goals.queries import goals_of
from yunce.loop.goals.queries.curves import curve_weeks
from yunce.loop.goals.queries.parts import TargetTree, shown_value, trees_of, words_of
from yunce.loop.goals.rules import accumulates
from yunce.loop.goals.rules.curves import EVEN
from yunce.loop.plans.comparing import SCHEMA
from yunce.loop.plans.models import Contribution, Task
from yunce.loop.plans.queries import lines_in, target_text
from yunce.loop.plans.readiness import GoalFacts, Lack, TaskFacts, lacks_of
from yunce.loop.plans.rules import write_timing


def versions_of(plan: MonthPlan) -> QuerySet[PlanVersion]:
    """Newest first."""
    return plan.versions.select_related("by__user")


def picture_of(plan: MonthPlan) -> dict[str, Any]:
    """The plan as people read it now; words are kept, so a version outlives renaming."""
    goals = list(goals_of(plan))
    names = {goal.pk: goal.name for goal in goals}
    trees = trees_of(goals)
    return {
        "schema": SCHEMA,
        "direction": plan.direction,
        "goals": [_goal(goal) for goal in goals],
        "tasks": [_task(task, names) for task in lines_in(plan)],
        "parts": [each for goal in goals for each in _parts(trees[goal.pk])],
        "curves": [_curve(goal) for goal in goals if goal.shape != EVEN],
    }


def _parts(tree: TargetTree) -> list[dict[str, Any]]:
    return [
        {
            "id": branch.part.pk,
            "goal": tree.goal.name,
            "name": branch.part.name,
            "says": words_of(branch.part),
            "value": shown_value(branch),
        }
        for branch in tree.walk()
    ]


def _curve(goal: Goal) -> dict[str, Any]:
    """A curve somebody shaped; an even one says nothing of its own."""
    weeks = curve_weeks(goal)
    return {
        "id": goal.pk,
        "name": goal.name,
        "shape": str(goal.get_shape_display()),
        "weeks": "\n".join(f"{week.name} {week.typed}" for week in weeks),
        "days": "\n".join(
            f"{short(cell.day.date)} {cell.typed}"
            for week in weeks
            for cell in week.cells
            if cell.is_fixed
        ),
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "id": goal.pk,
        "dimension": goal.dimension,
        "metric": goal.metric,
        "name": goal.name,
        "must": target_text(goal, goal.must),
        "stretch": target_text(goal, goal.stretch) if goal.stretch is not None else "",
        "owner": str(goal.owner or ""),
    }


def _task(task: Task, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": task.pk,
        "goal": names.get(task.goal_id or 0, ""),
        "dimension": task.dimension,
        "title": task.title,
        "owners": "、".join(str(member) for member in task.owners.all()),
        "nodes": write_timing(task.timing),
        "standard": task.standard,
        "note": task.note,
    }


def lacks_in(plan: MonthPlan) -> list[Lack]:
    """What the plan misses, in sentences."""
    goals, tasks = list(goals_of(plan)), list(lines_in(plan))
    served: dict[int | None, list[TaskFacts]] = defaultdict(list)
    living = {goal.pk for goal in goals}
    for task in tasks:
        served[task.goal_id if task.goal_id in living else None].append(_facts(task))
    planned = _planned(plan)
    return lacks_of(
        direction=plan.direction,
        goals=[_goal_facts(goal, served[goal.pk], planned.get(goal.pk)) for goal in goals],
        loose=served[None],
    )


def _facts(task: Task) -> TaskFacts:
    return TaskFacts(
        title=task.title,
        has_owner=bool(task.owners.all()),
        has_days=bool(task.timing.days or task.timing.words),
        has_standard=bool(task.standard),
    )


def _goal_facts(goal: Goal, tasks: list[TaskFacts], planned: Decimal | None) -> GoalFacts:
    adds_up = planned is not None and accumulates(goal.spec.kind)
    return GoalFacts(
        name=goal.name,
        has_owner=goal.owner is not None,
        tasks=tuple(tasks),
        must=goal.must,
        planned=planned if adds_up else None,
        gap_text=target_text(goal, goal.must - (planned or 0)),
    )


def _planned(plan: MonthPlan) -> dict[int, Decimal]:
    """Goal → what its tasks are expected to bring together."""
    found = Contribution.objects.filter(
        goal__plan=plan, task__deleted_at=None, task__parent__deleted_at=None
    )
    sums = found.values("goal_id").annotate(total=Sum("amount"))
    return {each["goal_id"]: each["total"] for each in sums if each["total"] is not None}
