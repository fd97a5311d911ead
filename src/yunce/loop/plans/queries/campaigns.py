"""The single days tasks are about: livestreams, events, launches; past ones and planned ones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.loop.plans.models import Task

MOST_NODES = 8  # a task of more days is a routine, not an event
BACK = timedelta(days=210)  # what is past teaches how much such a day brings


def campaign_days(team: Team, metrics: Collection[str], month: Month) -> dict[str, frozenset[date]]:
    """Metric → the days of tasks that serve a goal on it, of this month and those before."""
    tasks = Task.objects.filter(
        plan__team=team,
        plan__month_start__gte=month.first - BACK,
        plan__month_start__lte=month.first,
        deleted_at__isnull=True,
        goal__metric__in=metrics,
        goal__deleted_at__isnull=True,
    ).exclude(nodes=[])
    found: dict[str, set[date]] = {}
    for metric, nodes in tasks.values_list("goal__metric", "nodes"):
        if metric is not None and len(nodes) <= MOST_NODES:
            found.setdefault(metric, set()).update(map(date.fromisoformat, nodes))
    return {metric: frozenset(days) for metric, days in found.items()}
