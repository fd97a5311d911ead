"""The month's records a request is about; what is not in this team and month is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Manager, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from yunce.ground.teams.queries import Access
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.models import Attachment, CheckItem, Comment, Task
from yunce.loop.plans.rules import read_numbers

Beside = TypeVar("Beside", Attachment, CheckItem, Comment)


def plan_or_404(access: Access, month: Month) -> MonthPlan:
    plan = plan_of(access.team, month)
    if plan is None:
        raise Http404
    return plan


def goal_or_404(access: Access, month: Month, number: int, *, removed: bool = False) -> Goal:
    goals = Goal.everything.filter(plan__team=access.team, plan__month_start=month.first)
    found = goals.filter(pk=number, deleted_at__isnull=not removed)
    goal = found.select_related("plan__team", "owner__user").first()
    if goal is None:
        raise Http404
    return goal


def goal_numbered(plan: MonthPlan, text: str) -> Goal:
    """The goal somebody chose from a list; ValidationError when the month has none such."""
    goals = Goal.objects.filter(pk__in=read_numbers(text) or [], plan=plan)
    return goal_among({goal.pk: goal for goal in goals}, text)


def goal_among(goals: Mapping[int, Goal], text: str) -> Goal:
    goal = next((goals[number] for number in read_numbers(text) or [] if number in goals), None)
    if goal is None:
        raise ValidationError({"goal": _("这个月没有这个目标。请从列表里选。")})
    return goal


def task_or_404(access: Access, month: Month, number: int, *, removed: bool = False) -> Task:
    tasks = Task.objects.filter(plan__team=access.team, plan__month_start=month.first)
    found = tasks.filter(pk=number, deleted_at__isnull=not removed)
    task = found.select_related("plan__team", "goal").prefetch_related("owners__user").first()
    if task is None:
        raise Http404
    return task


def team_task_or_404(access: Access, number: int) -> Task:
    """A task of whatever month: a day's list may hold last month's."""
    task = team_tasks(access, [number]).first()
    if task is None:
        raise Http404
    return task


def team_tasks(access: Access, numbers: Collection[int]) -> QuerySet[Task]:
    tasks = Task.objects.filter(plan__team=access.team, pk__in=numbers, deleted_at=None)
    return tasks.select_related("plan__team", "goal")


def beside_or_404(records: Manager[Beside], task: Task, number: int) -> Beside:
    """A check item, comment or file of this very task."""
    found = records.filter(task=task, pk=number).first()
    if found is None:
        raise Http404
    found.task = task
    return found
