"""Reading how full the month is: who has how much to do, by day and week, and the buffer left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from yunce.engines.calendars import Calendar, Day
from yunce.ground.calendars.queries import available_hours, calendar_of
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import members_of
from yunce.ground.teams.rules import Capability, may
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.load import (
    MINUTES,
    NOBODY,
    Filled,
    Minutes,
    Work,
    asked_between,
    days_of,
    filled,
    spread,
    tenths,
    weeks_of,
)
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import month_tasks

Hours = Mapping[int, Mapping[date, Decimal]]


@dataclass(frozen=True)
class DayLoad:
    """One person's day (or week, or month)."""

    first: date
    last: date
    filled: Filled
    titles: tuple[str, ...] = ()  # what they do on it


@dataclass(frozen=True)
class PersonLoad:
    """One row of the table."""

    member: Member | None  # None: work nobody owns
    days: tuple[DayLoad, ...]
    weeks: tuple[DayLoad, ...]
    total: Filled


@dataclass(frozen=True)
class MonthLoad:
    """The month's hours together, planned and there."""

    days: tuple[Day, ...]
    total: Filled
    unplaced: tuple[Task, ...]  # estimated, without days: what 排一排 can place
    unplaced_hours: Decimal

    @property
    def is_known(self) -> bool:
        """Is there anything to count?"""
        return bool(self.total.planned or self.unplaced)


@dataclass(frozen=True)
class Workload(MonthLoad):
    """The same by person, day and week."""

    people: tuple[PersonLoad, ...]
    weeks: tuple[DayLoad, ...]  # everybody together
    unknown: tuple[Task, ...]  # without an estimate: not counted


def counted(tasks: Iterable[Task]) -> list[Task]:
    """Tasks whose own estimate counts: where sub-tasks have theirs, they stand for the parent."""
    listed = list(tasks)
    split = {task.parent_id for task in listed if task.parent_id and task.estimate_minutes}
    return [task for task in listed if task.pk not in split]


@dataclass(frozen=True)
class _Read:
    """A month's tasks, what they ask, and the hours there are."""

    listed: list[Task]
    known: list[Task]  # with an estimate
    days: dict[int, tuple[date, ...]]  # task → the days it is worked on
    members: list[Member]
    hours: Hours
    calendar: Calendar

    @property
    def works(self) -> Iterator[Work]:
        return (_work(task, self.days[task.pk]) for task in self.known)

    @property
    def unplaced(self) -> tuple[Task, ...]:
        return tuple(task for task in self.known if not self.days[task.pk])


def _read(plan: MonthPlan, tasks: Iterable[Task] | None) -> _Read:
    """Eight queries, however many people and tasks; four when the tasks are in hand."""
    listed = counted(month_tasks(plan) if tasks is None else tasks)
    calendar, members = calendar_of(plan.team), list(members_of(plan.team))
    return _Read(
        listed=listed,
        known=[task for task in listed if task.estimate_minutes],
        days={task.pk: days_of(task.timing, calendar.is_workday) for task in listed},
        members=members,
        hours=hours_of(plan.team, plan.month, tasks=listed, members=members),
        calendar=calendar,
    )


def month_load(plan: MonthPlan, tasks: Iterable[Task]) -> MonthLoad:
    """The total alone, for the plan's head."""
    read, month = _read(plan, tasks), plan.month
    planned = asked_between(read.works, month.first, month.last) / MINUTES
    there = sum((Fraction(sum(days.values())) for days in read.hours.values()), Fraction(0))
    return MonthLoad(
        days=tuple(read.calendar.days(month.first, month.last)),
        total=Filled(planned, there),
        unplaced=read.unplaced,
        unplaced_hours=_all_hours(read.unplaced),
    )


def workload_of(plan: MonthPlan, tasks: Iterable[Task] | None = None) -> Workload:
    """Who has how much to do; ``tasks`` are the month's, where they are in hand."""
    read, month = _read(plan, tasks), plan.month
    asked, titles = spread(read.works), _titles(read.known, read.days)
    people = [
        _person(member, asked, read.hours, titles, month=month)
        for member in read.members
        if member.pk in read.hours
    ]
    loose = _person(None, asked, {}, titles, month=month)
    rows = (*people, loose) if loose.total.planned else tuple(people)
    return Workload(
        people=rows,
        days=tuple(read.calendar.days(month.first, month.last)),
        weeks=_together(rows, month),
        total=_sum(row.total for row in rows),
        unplaced=read.unplaced,
        unplaced_hours=_all_hours(read.unplaced),
        unknown=tuple(t for t in read.listed if not t.estimate_minutes and not t.is_done),
    )


def hours_of(
    team: Team, month: Month, *, tasks: Iterable[Task], members: Iterable[Member]
) -> Hours:
    """Who works on the plan: members who record, and whoever else owns a task."""
    owning = {member.pk for task in tasks for member in task.people}
    doing = {m.pk for m in members if may(m.role, Capability.RECORD)} | owning
    hours = available_hours(team, month.first, month.last)
    return {member: days for member, days in hours.items() if member in doing}


def _work(task: Task, days: tuple[date, ...]) -> Work:
    people = tuple(member.pk for member in task.people if member.left_at is None)
    return Work(people, task.estimate_minutes or 0, days)


def _all_hours(tasks: Iterable[Task]) -> Decimal:
    minutes = sum((task.estimate_minutes or 0) * max(1, len(task.people)) for task in tasks)
    return tenths(Fraction(minutes, MINUTES))


def _titles(
    tasks: Iterable[Task], days: Mapping[int, tuple[date, ...]]
) -> dict[tuple[int, date], list[str]]:
    found: dict[tuple[int, date], list[str]] = {}
    for task in tasks:
        people = [member.pk for member in task.people if member.left_at is None] or [NOBODY]
        for person in people:
            for day in days[task.pk]:
                found.setdefault((person, day), []).append(task.title)
    return found


def _person(
    member: Member | None,
    asked: Minutes,
    hours: Hours,
    titles: Mapping[tuple[int, date], list[str]],
    *,
    month: Month,
) -> PersonLoad:
    key = member.pk if member else NOBODY
    days = tuple(
        DayLoad(
            day,
            day,
            filled(asked, hours, person=key, days=[day]),
            tuple(titles.get((key, day), ())),
        )
        for day in month.days()
    )
    weeks = tuple(
        DayLoad(first, last, _sum(day.filled for day in days if first <= day.first <= last))
        for first, last in weeks_of(month)
    )
    return PersonLoad(member, days, weeks, _sum(day.filled for day in days))


def _together(rows: Sequence[PersonLoad], month: Month) -> tuple[DayLoad, ...]:
    return tuple(
        DayLoad(first, last, _sum(row.weeks[number].filled for row in rows))
        for number, (first, last) in enumerate(weeks_of(month))
    )


def _sum(parts: Iterable[Filled]) -> Filled:
    return reduce(Filled.__add__, parts, Filled())
