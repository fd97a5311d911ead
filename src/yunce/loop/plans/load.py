"""How full people's days are: what tasks ask of them, and the buffer that is left. No Django.

Buffer = 1 − planned ÷ capacity (DOMAIN §3), by person, day, week, and in total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from yunce.kit.months import Month
from yunce.kit.timing import Timing

TIGHT_BELOW = Fraction(10, 100)  # less buffer than this warns
WANTED_TO = Fraction(15, 100)  # 10–15 % is wanted
ROOM_ABOVE = Fraction(25, 100)  # more says there is room
MINUTES = 60  # of an hour
NOBODY = 0  # stands for the person of work that has none


class Fullness(StrEnum):
    """How a stretch of days stands to the wanted buffer."""

    OFF = "off"  # nobody works and nothing is planned
    OVER = "over"  # more planned than there is
    TIGHT = "tight"  # below 10 %
    WANTED = "wanted"  # 10–15 %
    EASY = "easy"  # 15–25 %
    ROOM = "room"  # above 25 %


@dataclass(frozen=True)
class Filled:
    """Planned hours beside the hours there are."""

    planned: Fraction = Fraction(0)
    capacity: Fraction = Fraction(0)

    def __add__(self, other: Filled) -> Filled:
        return Filled(self.planned + other.planned, self.capacity + other.capacity)

    @property
    def buffer(self) -> Fraction | None:
        """Unassigned share of the capacity; None where there is no capacity."""
        return 1 - self.planned / self.capacity if self.capacity else None

    @property
    def percent(self) -> int | None:
        """The buffer in whole per cent, rounded down: 9.6 % must not read as 10."""
        return None if self.buffer is None else floor(self.buffer * 100)

    @property
    def used(self) -> int | None:
        """Planned in per cent of the capacity: what is not buffer."""
        return None if self.percent is None else 100 - self.percent

    @property
    def fullness(self) -> Fullness:
        if self.buffer is None:
            return Fullness.OVER if self.planned else Fullness.OFF
        steps = (
            (self.buffer < 0, Fullness.OVER),
            (self.buffer < TIGHT_BELOW, Fullness.TIGHT),
            (self.buffer <= WANTED_TO, Fullness.WANTED),
            (self.buffer <= ROOM_ABOVE, Fullness.EASY),
        )
        return next((fullness for holds, fullness in steps if holds), Fullness.ROOM)

    @property
    def hours(self) -> Decimal:
        return tenths(self.planned)

    @property
    def available(self) -> Decimal:
        return tenths(self.capacity)


def tenths(hours: Fraction) -> Decimal:
    """Hours to one place, half up."""
    return Decimal(floor(hours * 10 + Fraction(1, 2))) / 10


@dataclass(frozen=True)
class Work:
    """What one task asks of each of its people, and on which days."""

    people: tuple[int, ...]
    minutes: int
    days: tuple[date, ...]


def days_of(timing: Timing, is_workday: Callable[[date], bool]) -> tuple[date, ...]:
    """The days a task is worked on: the working days of its span, and its nodes.

    A span of rest days only is worked on all of them. Something due 「5/26 前」 or begun 「5/6 起」
    says one end only: nobody has said yet when it is worked on.
    """
    span: list[date] = []
    if timing.starts_on and timing.ends_on:
        every = list(days_between(timing.starts_on, timing.ends_on))
        span = [day for day in every if is_workday(day)] or every
    return tuple(sorted({*span, *timing.nodes}))


def days_between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


Minutes = dict[tuple[int, date], Fraction]  # (person, day) → minutes; NOBODY for work without one


def spread(works: Iterable[Work]) -> Minutes:
    """Each task's minutes, evenly over its days, for each of its people."""
    asked: Minutes = {}
    for work in works:
        if not work.days:
            continue
        share = Fraction(work.minutes, len(work.days))
        for day in work.days:
            for person in work.people or (NOBODY,):
                asked[person, day] = asked.get((person, day), 0) + share
    return asked


def asked_between(works: Iterable[Work], first: date, last: date) -> Fraction:
    """The minutes `spread` would put on the days from first to last, added up."""
    by_length: dict[int, int] = {}  # days of a task → minutes × people × its days in between
    for work in works:
        inside = sum(first <= day <= last for day in work.days)
        minutes = work.minutes * max(1, len(work.people)) * inside
        by_length[len(work.days)] = by_length.get(len(work.days), 0) + minutes
    return sum((Fraction(all_, days) for days, all_ in by_length.items() if days), Fraction(0))


def filled(
    asked: Minutes,
    hours: Mapping[int, Mapping[date, Decimal]],
    *,
    person: int,
    days: Iterable[date],
) -> Filled:
    """One person's days together."""
    mine = hours.get(person, {})
    listed = list(days)
    planned = sum((asked.get((person, day), Fraction(0)) for day in listed), Fraction(0))
    return Filled(planned / MINUTES, sum((Fraction(mine.get(d, 0)) for d in listed), Fraction(0)))


def weeks_of(month: Month) -> tuple[tuple[date, date], ...]:
    """Monday to Sunday, cut off at the month's ends.

    >>> [(first.day, last.day) for first, last in weeks_of(Month(2025, 5))]
    [(1, 4), (5, 11), (12, 18), (19, 25), (26, 31)]
    """
    mondays = [day for day in month.days() if day.weekday() == 0 or day == month.first]
    return tuple(
        (first, min(first + timedelta(days=6 - first.weekday()), month.last)) for first in mondays
    )
