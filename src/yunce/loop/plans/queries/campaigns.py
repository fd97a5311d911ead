"""The single days tasks are about: livestreams, events, launches; past ones and planned ones."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.text import comparable
from yunce.loop.plans.models import Task

MOST_NODES = 8  # a task of more days is a routine, not an event
_WORDS = re.compile(r"[^\W\d_]+")
BACK = timedelta(days=210)  # what is past teaches how much such a day brings


def campaign_days(
    team: Team, metrics: Collection[str], month: Month
) -> dict[str, dict[str, set[date]]]:
    """Metric → kind of event → days of tasks that serve a goal on it, this month's and earlier.

    Tasks of one name are of one kind, whatever numbers it holds: «3 场直播» teaches «4 场直播».
    """
    tasks = Task.objects.filter(
        plan__team=team,
        plan__month_start__gte=month.first - BACK,
        plan__month_start__lte=month.first,
        deleted_at__isnull=True,
        goal__metric__in=metrics,
        goal__deleted_at__isnull=True,
    ).exclude(nodes=[])
    found: dict[str, dict[str, set[date]]] = {}
    for metric, title, nodes in tasks.values_list("goal__metric", "title", "nodes"):
        if metric is not None and len(nodes) <= MOST_NODES:
            days = found.setdefault(metric, {}).setdefault(_kind(title), set())
            days.update(map(date.fromisoformat, nodes))
    return found


def _kind(title: str) -> str:
    """The words of a title, without numbers and signs."""
    return "".join(_WORDS.findall(comparable(title)))
