"""The single days tasks are about: livestreams, events, launches; past ones and planned ones."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q

from yunce.engines.forecasts import Campaign
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.text import comparable
from yunce.loop.plans.models import Task

MOST_NODES = 8  # a task of more days is a routine, not an event
_WORDS = re.compile(r"[^\W\d_]+")
BACK = timedelta(days=210)  # what is past teaches how much such a day brings


def campaign_days(
    team: Team, metrics: Collection[str], month: Month
) -> dict[str, dict[str, Campaign]]:
    """Metric → kind of event → days of tasks that serve a goal on it, this month's and earlier.

    Tasks of one name are of one kind, whatever numbers it holds: «3 场直播» teaches «4 场直播».
    What the newest of them is expected to bring, shared by its days, is what one may bring.
    """
    tasks = (
        Task.objects.filter(
            plan__team=team,
            plan__month_start__gte=month.first - BACK,
            plan__month_start__lte=month.first,
            deleted_at__isnull=True,
        )
        .filter(_serving("goal", metrics) | _serving("contributions__goal", metrics))
        .exclude(nodes=[])
        .order_by("plan__month_start", "pk")
    )
    days: dict[tuple[str, str], set[date]] = {}
    expected: dict[tuple[str, str], float] = {}
    columns = ("title", "nodes", "goal__metric", "contributions__goal__metric")
    for title, nodes, own, helped, amount in tasks.values_list(*columns, "contributions__amount"):
        if len(nodes) > MOST_NODES:
            continue
        for metric in {own, helped} & set(metrics):
            days.setdefault((metric, _kind(title)), set()).update(map(date.fromisoformat, nodes))
        if amount is not None:
            expected[helped, _kind(title)] = float(amount) / len(nodes)
    found: dict[str, dict[str, Campaign]] = {}
    for key, when in days.items():
        metric, kind = key
        found.setdefault(metric, {})[kind] = Campaign(frozenset(when), expected.get(key))
    return found


def _serving(goal: str, metrics: Collection[str]) -> Q:
    return Q(**{f"{goal}__metric__in": metrics, f"{goal}__deleted_at__isnull": True})


def _kind(title: str) -> str:
    """The words of a title, without numbers and signs."""
    return "".join(_WORDS.findall(comparable(title)))
