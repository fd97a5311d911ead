"""A team's calendar: what kind of day each day is, and the working days of a span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from yunce.engines.calendars.marks import Mark, MarkKind, marks_between
from yunce.engines.calendars.moon import lunar_words, solar_term
from yunce.engines.calendars.statutory import SATURDAY, is_announced, statutory


class DayKind(StrEnum):
    """Whether people work, and why."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # 放假
    MAKEUP = "makeup"  # 调休上班: a weekend day worked in exchange

    @property
    def is_work(self) -> bool:
        return self in (DayKind.WORKDAY, DayKind.MAKEUP)


@dataclass(frozen=True)
class OwnDay:
    """A day or span the team says something of."""

    first: date
    last: date
    name: str
    works: bool | None = None  # None: a mark only; people work or rest as ever


@dataclass(frozen=True)
class Day:
    """One day, as a wall calendar shows it."""

    date: date
    kind: DayKind
    holiday: str  # the statutory holiday, or the team's word for a day off or on
    is_announced: bool  # False: the year's 调休 is not announced yet
    marks: tuple[Mark, ...] = ()

    @property
    def is_work(self) -> bool:
        return self.kind.is_work

    @property
    def lunar(self) -> str:
        return solar_term(self.date) or lunar_words(self.date)


class Calendar:
    """Statutory days with a team's own on top; the last of two own days counts."""

    def __init__(self, own: Iterable[OwnDay] = ()) -> None:
        self.own = tuple(own)
        self._kinds: dict[date, DayKind] = {}  # pages ask for the same days often

    @cached_property
    def _decided(self) -> dict[date, OwnDay]:
        return {
            day: own
            for own in self.own
            if own.works is not None
            for day in days_between(own.first, own.last)
        }

    def day(self, day: date) -> Day:
        return self.days(day, day)[0]

    def days(self, start: date, end: date) -> list[Day]:
        """Every day of the span, both ends included, with the marks on it."""
        marks = [*marks_between(start, end), *self._own_marks(start, end)]
        return [self._day(day, marks) for day in days_between(start, end)]

    def is_workday(self, day: date) -> bool:
        return self._kind(day).is_work

    def workdays(self, start: date, end: date) -> list[date]:
        """The days people work from start to end, both included; none when end is the earlier."""
        return [day for day in days_between(start, end) if self.is_workday(day)]

    def _day(self, day: date, marks: list[Mark]) -> Day:
        own = self._decided.get(day)
        return Day(
            date=day,
            kind=self._kind(day),
            holiday=own.name if own else statutory(day).holiday,
            is_announced=is_announced(day.year),
            marks=tuple(mark for mark in marks if mark.covers(day)),
        )

    def _kind(self, day: date) -> DayKind:
        if day not in self._kinds:
            self._kinds[day] = self._looked_up(day)
        return self._kinds[day]

    def _looked_up(self, day: date) -> DayKind:
        is_weekend = day.isoweekday() >= SATURDAY
        own, state = self._decided.get(day), statutory(day)
        rests = state.is_rest if own is None else not own.works
        if rests:
            named = own is not None or bool(state.holiday)
            return DayKind.HOLIDAY if named or not is_weekend else DayKind.WEEKEND
        return DayKind.MAKEUP if is_weekend else DayKind.WORKDAY

    def _own_marks(self, start: date, end: date) -> Iterator[Mark]:
        for own in self.own:
            if own.first <= end and own.last >= start:
                yield Mark(own.first, own.last, own.name, MarkKind.TEAM)


def days_between(start: date, end: date) -> Iterator[date]:
    for number in range((end - start).days + 1):
        yield start + timedelta(days=number)
