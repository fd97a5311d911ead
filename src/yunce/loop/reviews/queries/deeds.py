"""What a team did and may ask 有没有用 of: tasks with days, improvements, its own calendar days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from yunce.ground.calendars.queries import own_days_of
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.loop.plans.models import Task
from yunce.loop.reviews.models import Improvement

NODE_DAYS = 3  # an event's day and the two after it
AFTER_DAYS = 14  # an improvement is looked at so long after it was done
LONGEST = 31  # days; what goes on longer is no event
ONGOING = 14  # a span longer than this is what a team does anyway, not a change beside another
MOST = 60
TASK, IMPROVEMENT, OWN_DAY = "task", "improvement", "day"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deed:
    """Something done on known days. ``key`` names it in an address."""

    key: str  # task:12:2025-05-10 · improvement:3 · day:7
    kind: str
    title: str
    start: date
    end: date  # inclusive
    metric: str = ""  # of the goal it serves
    dimension: str = ""
    month: Month | None = None  # whose plan or review it stands in
    source: str = ""  # all windows of one task have the same

    @property
    def is_event(self) -> bool:
        return (self.end - self.start).days < ONGOING

    def overlaps(self, other: Deed) -> bool:
        return self.start <= other.end and other.start <= self.end


def deeds_of(team: Team, *, today: date, since: date) -> list[Deed]:
    """Begun between ``since`` and ``today``, the newest first; three queries."""
    month = (since - LONGEST * DAY).replace(day=1)  # of the oldest plan looked into
    found = [*_tasks(team, month), *_improvements(team, month), *_own_days(team)]
    inside = [each for each in found if since <= each.start <= today]
    inside.sort(key=lambda each: (-each.start.toordinal(), each.title, each.key))
    return inside[:MOST]


def beside(deed: Deed, deeds: Iterable[Deed]) -> list[Deed]:
    """Other events that fall into its days and serve the same: nobody can tell which it was."""
    return [
        other
        for other in deeds
        if other.source != deed.source
        and other.is_event
        and other.overlaps(deed)
        and _serves_the_same(deed, other)
    ]


def before(deed: Deed, deeds: Iterable[Deed], *, days: int) -> list[Deed]:
    """Events for the same in the days it is compared with: they lift what it is measured by."""
    return [
        other
        for other in deeds
        if other.key != deed.key
        and other.is_event
        and deed.start - days * DAY <= other.start < deed.start
        and _serves_the_same(deed, other)
    ]


def _serves_the_same(deed: Deed, other: Deed) -> bool:
    """Days of the calendar are for everything."""
    return OWN_DAY in (deed.kind, other.kind) or (
        other.metric == deed.metric
        if deed.metric and other.metric
        else other.dimension == deed.dimension
    )


def _tasks(team: Team, month: date) -> Iterator[Deed]:
    tasks = Task.objects.filter(plan__team=team, plan__month_start__gte=month, deleted_at=None)
    tasks = tasks.filter(parent=None)
    # An improvement's task is told as the improvement.
    tasks = tasks.exclude(improvements__deleted_at=None, improvements__isnull=False)
    for task in tasks.exclude(dimension="").select_related("plan", "goal"):
        for key, start, end in _windows(task):
            yield Deed(
                key=f"{TASK}:{task.pk}{key}",
                kind=TASK,
                title=task.title,
                start=start,
                end=end,
                metric=_metric(task),
                dimension=task.dimension,
                month=task.plan.month,
                source=f"{TASK}:{task.pk}",
            )


def _metric(task: Task) -> str:
    goal = task.goal
    return goal.metric if goal is not None and goal.deleted_at is None else ""


def _windows(task: Task) -> Iterator[tuple[str, date, date]]:
    for node in task.timing.nodes:
        yield f":{node}", node, node + (NODE_DAYS - 1) * DAY
    start, end = task.starts_on, task.ends_on
    if start and end and not task.nodes and (end - start).days < LONGEST:
        yield "", start, end


def _improvements(team: Team, month: date) -> Iterator[Deed]:
    rows = Improvement.objects.filter(plan__team=team, deleted_at=None)
    rows = rows.filter(plan__month_start__gte=month)
    for each in rows.select_related("plan", "task__goal", "task__plan"):
        done = _done_on(each)
        if done is not None:
            yield Deed(
                key=f"{IMPROVEMENT}:{each.pk}",
                kind=IMPROVEMENT,
                title=each.measure,
                start=done,
                end=done + (AFTER_DAYS - 1) * DAY,
                metric=_metric(each.task) if each.task else "",
                dimension=each.dimension,
                month=each.plan.month,
                source=f"{IMPROVEMENT}:{each.pk}",
            )


def _done_on(improvement: Improvement) -> date | None:
    """The day it was done, else the day it should be."""
    task = improvement.task if improvement.task and not improvement.task.deleted_at else None
    if task is None:
        return improvement.due_on
    if task.done_at:
        return timezone.localtime(task.done_at).date()
    return task.ends_on or max(task.timing.nodes, default=improvement.due_on)


def _own_days(team: Team) -> Iterator[Deed]:
    for own in own_days_of(team):
        if (own.last - own.first).days < LONGEST:
            yield Deed(
                key=f"{OWN_DAY}:{own.pk}",
                kind=OWN_DAY,
                title=own.name,
                start=own.first,
                end=own.last,
                source=f"{OWN_DAY}:{own.pk}",
            )


def deed_keyed(deeds: Sequence[Deed], key: str) -> Deed | None:
    return next((each for each in deeds if each.key == key), None)
