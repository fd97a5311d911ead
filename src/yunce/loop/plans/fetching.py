"""The month's records a request is about; what is not in this team and month is not there."""

from __future__ import annotations

from django.http import Http404

from yunce.ground.teams.queries import Access
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.models import Task


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


def task_or_404(access: Access, month: Month, number: int, *, removed: bool = False) -> Task:
    tasks = Task.objects.filter(plan__team=access.team, plan__month_start=month.first)
    found = tasks.filter(pk=number, deleted_at__isnull=not removed)
    task = found.select_related("plan__team", "goal").prefetch_related("owners__user").first()
    if task is None:
        raise Http404
    return task
