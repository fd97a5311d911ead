"""Copying: one task with its sub-tasks, or the whole of last month."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions import copy_parts, lock_plan
from yunce.loop.goals.models import Goal, MonthPlan, Part, Shape
from yunce.loop.plans.actions._checked import lock_task, repeat
from yunce.loop.plans.actions._checked import note as _note
from yunce.loop.plans.models import CheckItem, Contribution, Task
from yunce.loop.plans.permits import capability_for
from yunce.loop.plans.queries import has_lines

COPIED = ("title", "standard", "note", "estimate_minutes", "importance", "quadrant", "recurrence")
DAYS = ("starts_on", "ends_on", "nodes", "timing_words")


@transaction.atomic
def copy_task(*, access: Access, task: Task) -> Task:
    """The task again in the same month, with its sub-tasks, checklist, owners and contributions.

    What was done, said or worked on the first one stays with the first one.
    """
    current = lock_task(access, task, capability_for(task))
    last = current.plan.tasks.aggregate(last=Max("position"))["last"] or 0
    copy = copied(current, current.plan, current.goal, parent=current.parent, position=last + 1)
    for sub in current.subtasks.filter(deleted_at=None):
        copied(sub, current.plan, current.goal, parent=copy, position=sub.position)
    _note(access, "plans.copy_task", copy)
    return copy


@transaction.atomic
def copy_previous_month(*, access: Access, plan: MonthPlan) -> MonthPlan:
    """Fill an empty month with the previous month's goals and tasks.

    Targets and what they are made of, owners, standards, checklists, notes and expected
    contributions come along. Dates and weeks do not, for they are another month's days; only what
    recurs is written out anew.
    """
    plan = lock_plan(access=access, plan=plan)
    if has_lines(plan.team, plan.month):
        raise ValidationError(_("这个月已经有目标或任务，不能再从上月复制。"))
    source = MonthPlan.objects.filter(team=plan.team, month_start=plan.month.previous.first).first()
    if source is None or not has_lines(plan.team, source.month):
        raise ValidationError(_("上个月没有计划可以复制。请直接加指标。"))
    goals = {goal.pk: _copy_goal(goal, plan) for goal in source.goals.all()}
    _copy_trees(access, goals)
    _copy_month_tasks(source, plan, goals)
    write_journal(
        verb="plans.copy_previous_month",
        subject=plan,
        actor=access.user,
        team_id=access.team.pk,
        changes={"goals": (0, len(goals))},
    )
    return plan


def _copy_goal(goal: Goal, plan: MonthPlan) -> Goal:
    return Goal.objects.create(
        plan=plan,
        dimension=goal.dimension,
        metric=goal.metric,
        label=goal.label,
        must=goal.must,
        stretch=goal.stretch,
        owner_id=goal.owner_id,
        importance=goal.importance,
        shape=goal.shape if goal.shape != Shape.HAND else Shape.EVEN,
        position=goal.position,
    )


def _copy_trees(access: Access, goals: Mapping[int, Goal]) -> None:
    """The parts of each goal, but for weeks, which belong to their month."""
    parts = list(Part.objects.filter(goal__in=list(goals)))
    for number, goal in goals.items():
        kept = [part for part in parts if part.goal_id == number and not part.week]
        if kept:
            copy_parts(access=access, goal=goal, parts=kept)


def _copy_month_tasks(source: MonthPlan, plan: MonthPlan, goals: Mapping[int, Goal]) -> None:
    """Lines first, then their sub-tasks; what was jotted down stays behind."""
    copies: dict[int, Task] = {}
    tasks = source.tasks.filter(deleted_at=None, parent__deleted_at=None).exclude(dimension="")
    for task in sorted(tasks, key=lambda each: each.parent_id is not None):
        parent = copies.get(task.parent_id or 0)
        if task.parent_id is not None and parent is None:
            continue
        goal = goals.get(task.goal_id or 0)
        copies[task.pk] = copied(task, plan, goal, parent=parent, position=task.position)
    _copy_contributions(copies, goals)
    for old, copy in copies.items():
        befores = Task.objects.filter(before=old).values_list("pk", flat=True)
        copy.after.set([copies[number] for number in befores if number in copies])


def _copy_contributions(copies: Mapping[int, Task], goals: Mapping[int, Goal]) -> None:
    """What the tasks were to bring, to the same goals of the new month."""
    found = Contribution.objects.filter(task__in=list(copies), goal__in=list(goals))
    Contribution.objects.bulk_create(
        Contribution(task=copies[each.task_id], goal=goals[each.goal_id], amount=each.amount)
        for each in found
    )


def copied(
    task: Task, plan: MonthPlan, goal: Goal | None, *, parent: Task | None, position: int
) -> Task:
    """A task like this one; dates and contributions only inside the same month."""
    copy = Task(plan=plan, goal=goal, dimension=task.dimension, parent=parent, position=position)
    is_same_month = task.plan_id == plan.pk
    for name in (*COPIED, *(DAYS if is_same_month else ())):
        setattr(copy, name, getattr(task, name))
    if not is_same_month:
        repeat(copy, task.recurrence)
    copy.save()
    copy.owners.set(task.owners.all())
    copy.reviewers.set(task.reviewers.all())
    CheckItem.objects.bulk_create(
        CheckItem(task=copy, text=item.text, position=item.position) for item in task.checks.all()
    )
    if is_same_month:
        Contribution.objects.bulk_create(
            Contribution(task=copy, goal_id=each.goal_id, amount=each.amount)
            for each in task.contributions.all()
        )
    return copy
