"""What one person's day holds: tasks in the matrix, the axis, what was left, the team's load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch, Q
from django.utils import timezone

from yunce.ground.calendars.queries import available_hours, calendar_of
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, members_of
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries import plan_of, plans_of
from yunce.loop.plans.axis import STEP, Axis, Block, Work, lay_out
from yunce.loop.plans.calls import calls_for
from yunce.loop.plans.matrix import Corner, Place
from yunce.loop.plans.models import Comment, Contribution, DayWork, Task
from yunce.loop.plans.places import Places
from yunce.loop.plans.queries import gone_on
from yunce.loop.plans.rules import asks_for, day_share, days_asked

LOOK_AROUND = timedelta(days=62)  # a span of this month or the one beside it lies inside
SCALE = Decimal("1.25")
NEARLY_FULL = Decimal("0.95")  # of the hours a person has


@dataclass(frozen=True)
class Item:
    """One task of the day."""

    task: Task
    place: Place
    minutes: int | None  # this day's share of the estimate
    work: DayWork | None  # what this person has done of it today
    waiting: int  # undone tasks that come after it
    is_done: bool

    @property
    def is_running(self) -> bool:
        return self.work is not None and self.work.running_since is not None

    @property
    def worked(self) -> int:
        return self.work.minutes if self.work else 0

    @property
    def done_at(self) -> datetime | None:
        return (self.work.done_at if self.work else None) or self.task.done_at


@dataclass(frozen=True)
class Left:
    """A task that was to be done before this day."""

    task: Task
    since: date


@dataclass(frozen=True)
class Load:
    """One member's day: hours asked against hours there."""

    member: Member
    hours: Decimal  # asked
    available: Decimal
    unknown: int  # tasks nobody has estimated

    @property
    def left(self) -> Decimal:
        return self.available - self.hours

    @property
    def over(self) -> Decimal:
        return -self.left

    @property
    def width(self) -> Decimal:
        """Of the bar in per cent; its end is `SCALE` times the hours there."""
        return _percent(self.hours, self._whole)

    @property
    def mark(self) -> Decimal:
        return _percent(self.available, self._whole)

    @property
    def _whole(self) -> Decimal:
        return max(self.available * SCALE, self.hours, Decimal(1))

    @property
    def tone(self) -> str:
        if self.hours > self.available:
            return "bad"
        return "warn" if self.hours > self.available * NEARLY_FULL else ""


@dataclass(frozen=True)
class Line:
    """A block of the axis with the task it is about; None is the midday break."""

    block: Block
    item: Item | None
    row: int
    rows: int


@dataclass(frozen=True)
class Today:
    """The page's content."""

    day: date
    items: tuple[Item, ...]
    left: tuple[Left, ...]
    loads: tuple[Load, ...]
    calls: tuple[Comment, ...]  # where somebody called this person
    available: int  # this person's minutes
    now: int | None  # minutes of the day; None on another day

    @property
    def open_items(self) -> list[Item]:
        return [item for item in self.items if not item.is_done]

    @property
    def planned(self) -> int:
        return sum(item.minutes or 0 for item in self.open_items)

    @property
    def spent(self) -> int:
        return sum(item.worked for item in self.items)

    @property
    def unknown(self) -> int:
        return sum(item.minutes is None for item in self.open_items)

    @property
    def buffer(self) -> int:
        return self.available - self.planned - self.spent

    @property
    def over(self) -> int:
        return -self.buffer

    @property
    def blocking(self) -> int:
        return sum(item.waiting > 0 for item in self.open_items)

    def at(self, corner: Corner) -> list[Item]:
        return [item for item in self.items if item.place.corner == corner]

    @cached_property
    def axis(self) -> Axis:
        works = [
            Work(
                key=item.task.pk,
                minutes=item.worked or item.minutes if item.is_done else item.minutes,
                starts_at=_hour(item),
            )
            for item in self.items
            if not item.is_done or _hour(item)
        ]
        return lay_out(works, now=self.now or 0)

    @property
    def lines(self) -> list[Line]:
        found = {item.task.pk: item for item in self.items}
        opens = self.axis.opens
        return [
            Line(block, found.get(block.key), (block.start - opens) // STEP, block.length // STEP)
            for block in self.axis.blocks
        ]

    @property
    def now_row(self) -> int | None:
        if self.now is None or not self.axis.opens <= self.now < self.axis.closes:
            return None
        return (self.now - self.axis.opens) // STEP


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole * 100).quantize(Decimal("0.1"))


def _hour(item: Item) -> time | None:
    return item.work.starts_at if item.work else None


def today_of(access: Access, day: date, *, now: datetime) -> Today:
    """Everything the page shows; the number of queries does not grow with the tasks."""
    calendar = calendar_of(access.team)
    workdays = calendar.workdays(day - LOOK_AROUND, day + LOOK_AROUND)
    before = max((each for each in workdays if each < day), default=day - timedelta(days=1))
    plan = plan_of(access.team, Month.of(day))
    tasks = _tasks(access, {Month.of(day), Month.of(before)}, day)
    works = _works(tasks, (before, day))
    places = Places(plan, tasks, day=day, workdays=workdays)
    items = [
        _item(task, works.get((task.pk, access.member.pk, day)), places)
        for task in tasks
        if _is_mine(task, access, works, day) and _shows(task, day)
    ]
    hours = available_hours(access.team, day, day)
    mine = hours.get(access.member.pk, {}).get(day, Decimal(0))
    local = timezone.localtime(now)
    return Today(
        day=day,
        items=tuple(sorted(items, key=_order)),
        left=tuple(_left(tasks, access, works, day=day, before=before)),
        loads=tuple(_loads(access, tasks, works, day, hours, workdays)),
        calls=tuple(calls_for(access.member, day)),
        available=int(mine * 60),
        now=local.hour * 60 + local.minute if local.date() == day else None,
    )


Works = Mapping[tuple[int, int, date], DayWork]  # (task, member, day) → work


def _item(task: Task, work: DayWork | None, places: Places) -> Item:
    share = day_share(task.estimate_minutes, task.timing, places.workdays)
    done = task.is_done or (work is not None and work.done_at is not None)
    return Item(task, places.place(task), share, work, places.waiting[task.pk], done)


def _tasks(access: Access, months: Iterable[Month], day: date) -> list[Task]:
    """The tasks of these months, and whatever somebody brought to this day from another."""
    plans = plans_of(access.team).filter(month_start__in=[month.first for month in months])
    brought = DayWork.objects.filter(day=day, task__plan__team=access.team)
    tasks = Task.objects.filter(
        Q(plan__in=plans) | Q(pk__in=brought.values("task")),
        deleted_at=None,
        parent__deleted_at=None,
    )
    contributions = Contribution.objects.filter(goal__deleted_at=None)
    return list(
        tasks.exclude(gone_on())
        .select_related("plan__team", "parent")
        .prefetch_related(
            Prefetch("goal", queryset=Goal.objects.all()),
            Prefetch("owners", queryset=Member.objects.select_related("user").order_by("pk")),
            Prefetch("contributions", queryset=contributions),
        )
    )


def _works(tasks: Sequence[Task], days: Iterable[date]) -> Works:
    rows = DayWork.objects.filter(task__in=tasks, day__in=list(days))
    return {(row.task_id, row.member_id, row.day): row for row in rows}


def _is_mine(task: Task, access: Access, works: Works, day: date) -> bool:
    if (task.pk, access.member.pk, day) in works:
        return True
    owners = {member.pk for member in task.owners.all()}
    return access.member.pk in owners and asks_for(task.timing, day)


def _shows(task: Task, day: date) -> bool:
    """What was finished before this day is no longer on its list."""
    return task.done_at is None or timezone.localtime(task.done_at).date() >= day


def _order(item: Item) -> tuple[int, bool, int, int]:
    corner = list(Corner).index(item.place.corner)
    return corner, item.is_done, -item.place.importance, item.task.position


def _left(
    tasks: Sequence[Task], access: Access, works: Works, *, day: date, before: date
) -> Iterable[Left]:
    """Undone tasks of this person named for the last workday, or overdue, and not on the list."""
    me = access.member.pk
    for task in tasks:
        if task.is_done or _is_mine(task, access, works, day):
            continue
        brought = works.get((task.pk, me, before))
        is_mine = brought is not None or me in {member.pk for member in task.owners.all()}
        finished = any(
            work.done_at and work.day == before and work.task_id == task.pk
            for work in works.values()
        )
        days = task.timing.days
        if not is_mine or finished:
            continue
        if days and days[-1] < day:
            yield Left(task, days[-1])
        elif before in days or brought is not None:
            yield Left(task, before)


def _loads(
    access: Access,
    tasks: Sequence[Task],
    works: Works,
    day: date,
    hours: Mapping[int, Mapping[date, Decimal]],
    workdays: Sequence[date],
) -> Iterable[Load]:
    asked: dict[int, list[int | None]] = defaultdict(list)
    for task in tasks:
        if not _shows(task, day):
            continue
        share = day_share(task.estimate_minutes, task.timing, workdays)
        named = (
            {m.pk for m in task.owners.all()} if day in days_asked(task.timing, workdays) else ()
        )
        brought = {member for number, member, when in works if number == task.pk and when == day}
        for member in {*named, *brought}:
            asked[member].append(share)
    for member in members_of(access.team):
        available = hours.get(member.pk, {}).get(day, Decimal(0))
        shares = asked[member.pk]
        if not available and not shares:
            continue
        known = Decimal(sum(share for share in shares if share is not None)) / 60
        yield Load(member, known, available, sum(share is None for share in shares))
