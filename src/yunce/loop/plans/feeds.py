"""A calendar feed of tasks: which events it holds, and how each reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.documents.calendar_file import AllDay
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.journal.queries import Touched, touched
from yunce.ground.teams.models import Member
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal
from yunce.loop.plans.models import Feed, FeedScope, Task

MONTHS_BACK = 2  # a calendar keeps what it was told; older months need not be told again
CANCELLED_FOR = timedelta(days=30)  # how long a removed task is told as cancelled
HOST = "yunce"  # of the uids: the same task, whatever the address
Address = Callable[[Task], str]


def events_of(feed: Feed, *, now: datetime, address: Address) -> list[AllDay]:
    """The feed's events in the order of their days; no more queries for more tasks."""
    tasks = list(_tasks(feed, now))
    known = catalogue_of(feed.member.team)
    for task in tasks:
        task.plan.catalogue = known  # goals' names as they are today, looked up once
        if task.goal is not None:
            task.goal.plan = task.plan
    history = touched("task", [task.pk for task in tasks])
    events = [
        event
        for task in tasks
        for event in _events(task, history.get(task.pk), feed.member, address)
    ]
    return sorted(events, key=lambda event: (event.first, event.uid))


def feed_name(feed: Feed) -> str:
    """What a calendar lists it as: 运策 · 内容电商组 · 我的任务."""
    return f"{_('运策')} · {feed.member.team.name} · {feed}"


def _tasks(feed: Feed, now: datetime) -> QuerySet[Task]:
    """The team's of the last months and all to come; removed ones for a while, as cancelled."""
    since = Month.of(timezone.localdate(now)).shift(-MONTHS_BACK).first
    living = Q(deleted_at=None, parent__deleted_at=None)
    lately = Q(deleted_at__gt=now - CANCELLED_FOR) | Q(parent__deleted_at__gt=now - CANCELLED_FOR)
    tasks = Task.objects.filter(living | lately, plan__team=feed.member.team_id)
    tasks = tasks.filter(plan__month_start__gte=since)
    if feed.scope == FeedScope.MINE:
        mine = Task.owners.through.objects.filter(member=feed.member_id).values("task_id")
        tasks = tasks.filter(pk__in=mine)
    return tasks.select_related("plan", "parent").prefetch_related(
        Prefetch("goal", queryset=Goal.objects.all()),
        Prefetch("owners", queryset=Member.objects.select_related("user").order_by("pk")),
    )


def _events(
    task: Task, history: Touched | None, member: Member, address: Address
) -> Iterator[AllDay]:
    """One for its span (or its one end), one for each node."""
    removed = task.deleted_at or (task.parent.deleted_at if task.parent else None)
    changed = max(filter(None, (history.at if history else None, task.created_at, removed)))
    for key, words, first, last in _stretches(task):
        yield AllDay(
            uid=f"task-{task.pk}-{key}@{HOST}",
            title=_title(task, words),
            first=first,
            last=last,
            changed_at=changed,
            revision=(history.times if history else 0) + (removed is not None),
            description=_description(task),
            url=address(task),
            category=task.get_dimension_display(),
            is_cancelled=removed is not None,
        )


def _stretches(task: Task) -> Iterator[tuple[str, str, date, date]]:
    """(key, words, first day, last day). Nodes are told by their place, so a moved one stays."""
    timing = task.timing
    start, end = timing.starts_on, timing.ends_on
    if start and end:
        yield "span", "", start, end
    elif end:
        yield "span", _("截止"), end, end
    elif start:
        yield "span", _("开始"), start, start
    many = len(timing.nodes)
    for number, node in enumerate(timing.nodes, start=1):
        yield f"node{number}", f"{number}/{many}" if many > 1 else "", node, node


def _title(task: Task, words: str) -> str:
    done = "✓ " if task.is_done else ""
    return f"{done}{task.title}（{words}）" if words else f"{done}{task.title}"


def _description(task: Task) -> str:
    lines: Iterable[tuple[str, str]] = (
        (_("目标"), task.goal.name if task.goal else ""),
        (_("负责人"), "、".join(str(owner) for owner in task.owners.all())),
        (_("完成标准"), task.standard),
        (_("备注"), task.note),
        (_("状态"), str(task.get_state_display())),
    )
    return "\n".join(f"{label}：{text}" for label, text in lines if text)
