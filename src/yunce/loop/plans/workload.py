"""Reading how full the month is: who has how much to do, by day and week, and the buffer left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from yunce.engines.calendars import Day
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
    days_of,
    filled,
    spread,
    tenths,
    weeks_of,
)
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import tasks_of

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
class Workload:
    """The month's hours, planned and there."""

    people: tuple[PersonLoad, ...]
    days: tuple[Day, ...]
    weeks: tuple[DayLoad, ...]  # everybody together
    total: Filled
    unplaced: tuple[Task, ...]  # estimated, without days: what 排一排 can place
    unplaced_hours: Decimal
    unknown: tuple[Task, ...]  # without an estimate: not counted

    @property
    def is_known(self) -> bool:
        """Is there anything to count?"""
        return bool(self.total.planned or self.unplaced)


def counted(tasks: Iterable[Task]) -> list[Task]:
    """Tasks whose own estimate counts: where sub-tasks have theirs, they stand for the parent."""
    listed = list(tasks)
    split = {task.parent_id for task in listed if task.parent_id and task.estimate_minutes}
    return [task for task in listed if task.pk not in split]


def workload_of(plan: MonthPlan, tasks: Sequence[Task] | None = None) -> Workload:
    """Eight queries, however many people and tasks; fewer when the tasks are in hand."""
    listed = counted(tasks_of(plan) if tasks is None else tasks)
    month, calendar = plan.month, calendar_of(plan.team)
    days = {task.pk: days_of(task.timing, calendar.is_workday) for task in listed}
    known = [task for task in listed if task.estimate_minutes]
    members = list(members_of(plan.team))
    hours = hours_of(plan.team, month, tasks=listed, members=members)
    asked = spread(_work(task, days[task.pk]) for task in known)
    titles = _titles(known, days)
    people = [
        _person(member, asked, hours, titles, month=month)
        for member in members
        if member.pk in hours
    ]
    loose = _person(None, asked, {}, titles, month=month)
    rows = (*people, loose) if loose.total.planned else tuple(people)
    unplaced = tuple(task for task in known if not days[task.pk])
    return Workload(
        people=rows,
        days=tuple(calendar.days(month.first, month.last)),
        weeks=_together(rows, month),
        total=_sum(row.total for row in rows),
        unplaced=unplaced,
        unplaced_hours=tenths(Fraction(sum(map(_all_minutes, unplaced)), MINUTES)),
        unknown=tuple(task for task in listed if not task.estimate_minutes and not task.is_done),
    )


def hours_of(
    team: Team, month: Month, *, tasks: Iterable[Task], members: Iterable[Member]
) -> Hours:
    """Who works on the plan: members who record, and whoever else owns a task."""
    owning = {member.pk for task in tasks for member in task.owners.all()}
    doing = {m.pk for m in members if may(m.role, Capability.RECORD)} | owning
    hours = available_hours(team, month.first, month.last)
    return {member: days for member, days in hours.items() if member in doing}


def _work(task: Task, days: tuple[date, ...]) -> Work:
    people = tuple(member.pk for member in task.owners.all() if member.left_at is None)
    return Work(people, task.estimate_minutes or 0, days)


def _all_minutes(task: Task) -> int:
    return (task.estimate_minutes or 0) * max(1, len(task.owners.all()))


def _titles(
    tasks: Iterable[Task], days: Mapping[int, tuple[date, ...]]
) -> dict[tuple[int, date], list[str]]:
    found: dict[tuple[int, date], list[str]] = {}
    for task in tasks:
        people = [member.pk for member in task.owners.all() if member.left_at is None] or [NOBODY]
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
