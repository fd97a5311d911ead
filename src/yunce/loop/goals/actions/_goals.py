"""The goals of a month: adding, removing, their order."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.metrics import UnknownMetricError
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions._checked import (
    Targets,
    checked_label,
    lock_goal,
    lock_plan,
    never_a_month,
    next_position,
    note,
    refuse_outsider,
    refuse_second,
)
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.rules import may_be_goal, target_problem


@transaction.atomic
def add_goal(
    *,
    access: Access,
    plan: MonthPlan,
    metric: str,
    targets: Targets,
    label: str = "",
    owner: Member | None = None,
) -> Goal:
    """Add a goal on a catalogue metric; ValidationError says what is wrong with the targets."""
    plan = lock_plan(access=access, plan=plan)
    try:
        spec = plan.catalogue.metric(metric)
    except UnknownMetricError as error:
        raise ValidationError({"metric": str(error)}) from error
    if not may_be_goal(spec, plan.catalogue):
        raise ValidationError({"metric": never_a_month(spec, plan.catalogue)})
    if problem := target_problem(targets.must, targets.stretch, spec.direction):
        raise ValidationError({"stretch": problem})
    refuse_second(plan, metric)
    refuse_outsider(access, owner)
    goal = Goal.objects.create(
        plan=plan,
        dimension=spec.dimension.value,
        metric=metric,
        label=checked_label(label),
        must=targets.must,
        stretch=targets.stretch,
        owner=owner,
        position=next_position(plan),
    )
    note(access, "goals.add_goal", goal)
    return goal


@transaction.atomic
def remove_goal(*, access: Access, goal: Goal) -> Goal:
    """Take a goal out of the month; its tasks stay in their dimension, `restore_goal` undoes it."""
    current = lock_goal(access, goal)
    current.deleted_at = timezone.now()
    current.save(update_fields=["deleted_at"])
    note(access, "goals.remove_goal", current)
    return current


@transaction.atomic
def restore_goal(*, access: Access, goal: Goal) -> Goal:
    """Bring a removed goal back with everything it had; one that is there stays as it is."""
    plan = lock_plan(access=access, plan=goal.plan)
    current = Goal.everything.select_for_update().get(pk=goal.pk)
    if current.deleted_at is None:
        return current
    refuse_second(plan, current.metric)
    current.deleted_at = None
    current.save(update_fields=["deleted_at"])
    note(access, "goals.restore_goal", current)
    return current


@transaction.atomic
def reorder_goals(*, access: Access, plan: MonthPlan, numbers: list[int]) -> None:
    """Put the month's goals in this order; every goal must be named once."""
    plan = lock_plan(access=access, plan=plan)
    goals = {goal.pk: goal for goal in plan.goals.all()}
    if sorted(numbers) != sorted(goals):
        raise ValidationError(_("目标的数量变了，顺序没有保存。请刷新页面再试。"))
    for position, number in enumerate(numbers):
        goals[number].position = position
    Goal.objects.bulk_update(goals.values(), ["position"])
    note(access, "goals.reorder_goals", plan)
