"""The calendar of a month's tasks: what is due, begins or ends on each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from yunce.engines.calendars import Day
from yunce.ground.calendars.queries import Square, month_calendar
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import month_tasks
from yunce.loop.plans.rules import write_timing

SHOWN = 6  # of one day; the rest fold away


@dataclass(frozen=True)
class Chip:
    """A task on a day."""

    task: Task
    day: date
    days: str  # all its days, as the plan table writes them
    node: date | None  # this node alone can be moved; None: the whole span
    mark: str  # begins, ends, or empty


@dataclass(frozen=True)
class Cell:
    """One day of the grid."""

    square: Square
    chips: tuple[Chip, ...]
    folded: tuple[Chip, ...]

    @property
    def day(self) -> Day:
        return self.square.day


@dataclass(frozen=True)
class DayGrid:
    """What the page draws."""

    weeks: tuple[tuple[Cell, ...], ...]
    tasks: int
    undated: tuple[Task, ...]


def daygrid_of(team: Team, month: Month, plan: MonthPlan | None) -> DayGrid:
    """The wall calendar's squares with the tasks on them."""
    tasks = month_tasks(plan) if plan else []
    by_day: dict[date, list[Chip]] = defaultdict(list)
    for chip in (chip for task in tasks for chip in chips_of(task)):
        by_day[chip.day].append(chip)
    weeks = tuple(
        tuple(_cell(square, by_day.get(square.day.date, ())) for square in week)
        for week in month_calendar(team, month).weeks
    )
    undated = tuple(task for task in tasks if not task.timing.days and not task.is_done)
    return DayGrid(weeks, len(tasks), undated)


def chips_of(task: Task) -> Iterator[Chip]:
    """A span shows where it begins and where it ends; every node shows."""
    timing, days = task.timing, write_timing(task.timing)
    start, end = timing.starts_on, timing.ends_on
    if start:
        yield Chip(task, start, days, None, "" if start == end else "begins")
    if end and end != start:
        yield Chip(task, end, days, None, "ends")
    for node in timing.nodes:
        yield Chip(task, node, days, node, "")


def _cell(square: Square, chips: Iterable[Chip]) -> Cell:
    listed = tuple(chips)
    return Cell(square, listed[:SHOWN], listed[SHOWN:])
