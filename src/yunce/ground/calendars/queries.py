"""Reading a team's calendar and the hours its people have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from yunce.engines.calendars import Calendar, Day
from yunce.ground.calendars.models import Leave, TeamDay, WorkingTime
from yunce.ground.calendars.rules import Away, Terms, hours_by_day
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import members_of
from yunce.kit.months import Month


def own_days_of(team: Team) -> QuerySet[TeamDay]:
    return TeamDay.objects.filter(team=team)


def own_day_in(team: Team, number: int) -> TeamDay:
    """Http404 when the team has no such day."""
    return get_object_or_404(own_days_of(team), pk=number)


def calendar_of(team: Team) -> Calendar:
    """The statutory calendar with the team's own days on top; one query."""
    return Calendar(day.own_day for day in own_days_of(team))


def leaves_between(team: Team, start: date, end: date) -> QuerySet[Leave]:
    found = Leave.objects.filter(member__team=team, first__lte=end, last__gte=start)
    return found.select_related("member__user")


def leave_in(team: Team, number: int) -> Leave:
    """Http404 when nobody of the team has such a leave."""
    return get_object_or_404(
        Leave.objects.filter(member__team=team).select_related("member__user"), pk=number
    )


def terms_of(team: Team) -> dict[int, Terms]:
    """Member → hours and share, where they differ from the usual."""
    rows = WorkingTime.objects.filter(member__team=team)
    return {row.member_id: Terms(row.hours, row.share) for row in rows}


def available_hours(team: Team, start: date, end: date) -> dict[int, Mapping[date, Decimal]]:
    """Member → working day → hours for the plan; four queries, however many people.

    The source of capacity: Σ of these (DOMAIN §3 Buffer).
    """
    workdays = calendar_of(team).workdays(start, end)
    away: dict[int, list[Away]] = defaultdict(list)
    for leave in leaves_between(team, start, end):
        away[leave.member_id].append(Away(leave.first, leave.last, leave.is_half))
    terms = terms_of(team)
    return {
        member.pk: hours_by_day(workdays, terms.get(member.pk, Terms()), away[member.pk])
        for member in members_of(team)
    }


@dataclass(frozen=True)
class Square:
    """One day of the calendar page."""

    day: Day
    leaves: tuple[Leave, ...]
    in_month: bool


@dataclass(frozen=True)
class Person:
    """A member with their hours in the month."""

    member: Member
    terms: Terms
    hours: Decimal  # Σ over the month's working days, leave taken off


@dataclass(frozen=True)
class MonthCalendar:
    """What the calendar page shows."""

    weeks: tuple[tuple[Square, ...], ...]  # Monday to Sunday
    workdays: int
    people: tuple[Person, ...]
    is_announced: bool

    @property
    def hours(self) -> Decimal:
        return sum((person.hours for person in self.people), Decimal(0))


def month_calendar(team: Team, month: Month) -> MonthCalendar:
    start = month.first - timedelta(days=month.first.weekday())
    end = month.last + timedelta(days=6 - month.last.weekday())
    leaves = list(leaves_between(team, start, end))
    squares = [
        Square(
            day=day,
            leaves=tuple(leave for leave in leaves if leave.first <= day.date <= leave.last),
            in_month=Month.of(day.date) == month,
        )
        for day in calendar_of(team).days(start, end)
    ]
    terms, hours = terms_of(team), available_hours(team, month.first, month.last)
    return MonthCalendar(
        weeks=tuple(tuple(squares[at : at + 7]) for at in range(0, len(squares), 7)),
        workdays=sum(square.in_month and square.day.is_work for square in squares),
        people=tuple(
            Person(
                member, terms.get(member.pk, Terms()), sum(hours[member.pk].values(), Decimal(0))
            )
            for member in members_of(team)
        ),
        is_announced=all(square.day.is_announced for square in squares if square.in_month),
    )
