"""The month's tasks on its days: bars, what waits for what, and the critical path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from yunce.engines.calendars import Day
from yunce.ground.calendars.queries import calendar_of
from yunce.kit.months import Month
from yunce.kit.timing import Timing
from yunce.loop.goals.models import DimensionChoice, MonthPlan
from yunce.loop.plans.critical import critical_path, room_after
from yunce.loop.plans.load import days_of
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import edges_of, month_tasks
from yunce.loop.plans.rules import write_timing

ROW = 32  # pixels of a row
DAY = 10  # of the drawing's width


@dataclass(frozen=True)
class Bar:
    """One stretch of a task inside the month."""

    key: str  # unique on the page
    start: int  # day of the month
    length: int  # days
    node: date | None = None  # this node only; None: the span

    @property
    def end(self) -> int:
        return self.start + self.length - 1


@dataclass(frozen=True)
class Row:
    """One task with its bars."""

    task: Task
    days: str  # as the plan table writes them
    bars: tuple[Bar, ...]
    is_critical: bool
    room: int | None  # working days it may slip; None: nothing waits on it and it on nothing
    waits_for: tuple[str, ...]  # titles
    who: str  # the owners' names


@dataclass(frozen=True)
class Gantt:
    """Everything the page draws."""

    days: tuple[Day, ...]
    rows: tuple[Row, ...]
    undated: tuple[Task, ...]
    links: tuple[tuple[str, bool], ...]  # SVG path, critical?
    critical_days: int  # working days of the critical path; 0 = there is none

    @property
    def width(self) -> int:
        return len(self.days) * DAY

    @property
    def height(self) -> int:
        return len(self.rows) * ROW


def bars_of(task_key: int, timing: Timing, month: Month) -> tuple[Bar, ...]:
    """The span cut to the month (a lone end is drawn as a day), then the nodes inside it."""
    found = []
    first = timing.starts_on or timing.ends_on
    last = timing.ends_on or timing.starts_on
    if first and last and first <= month.last and last >= month.first:
        start, end = max(first, month.first), min(last, month.last)
        found.append(Bar(f"{task_key}-span", start.day, (end - start).days + 1))
    found += [
        Bar(f"{task_key}-{node.day}", node.day, 1, node)
        for node in timing.nodes
        if Month.of(node) == month
    ]
    return tuple(found)


def gantt_of(plan: MonthPlan) -> Gantt:
    """Six queries, however many tasks."""
    tasks, edges = _ordered(month_tasks(plan)), edges_of(plan)
    calendar, month = calendar_of(plan.team), plan.month
    bars = {task.pk: bars_of(task.pk, task.timing, month) for task in tasks}
    worked = {
        task.pk: days_of(task.timing, calendar.is_workday) or task.timing.days for task in tasks
    }
    lengths = {key: len(days) for key, days in worked.items() if days}
    path = critical_path(lengths, edges)
    room = _room(worked, edges, calendar.workdays(month.first, month.last))
    titles = {task.pk: task.title for task in tasks}
    linked = {*edges, *(other for others in edges.values() for other in others)}
    rows = tuple(
        Row(
            task=task,
            days=write_timing(task.timing),
            bars=bars[task.pk],
            is_critical=task.pk in path,
            room=room.get(task.pk) if task.pk in linked else None,
            waits_for=tuple(titles[key] for key in edges.get(task.pk, ()) if key in titles),
            who="、".join(map(str, task.people)),
        )
        for task in tasks
        if bars[task.pk]
    )
    return Gantt(
        days=tuple(calendar.days(month.first, month.last)),
        rows=rows,
        undated=tuple(task for task in tasks if not bars[task.pk] and not task.is_done),
        links=tuple(_links(rows, edges, path)),
        critical_days=sum(lengths[key] for key in path),
    )


def _ordered(tasks: Iterable[Task]) -> list[Task]:
    """As the plan table has them: by dimension, a sub-task right under its task."""
    order = {code: number for number, code in enumerate(DimensionChoice.values)}
    listed = list(tasks)
    places = {
        task.pk: (order.get(task.dimension, len(order)), task.position, task.pk) for task in listed
    }

    def place(task: Task) -> tuple[Any, ...]:
        above = places.get(task.parent_id or task.pk, places[task.pk])
        return above, bool(task.parent_id), task.position

    return sorted(listed, key=place)


def _room(
    worked: Mapping[int, tuple[date, ...]], edges: Mapping[int, list[int]], workdays: Sequence[date]
) -> dict[int, int]:
    """Days between, counted in working days of the month."""

    def number(day: date) -> int:
        return sum(each <= day for each in workdays) - 1

    dated = {key: days for key, days in worked.items() if days}
    ends = {key: number(days[-1]) for key, days in dated.items()}
    starts = {key: number(days[0]) for key, days in dated.items()}
    return room_after(ends, starts, edges, last=len(workdays) - 1)


def _links(
    rows: Sequence[Row], edges: Mapping[int, list[int]], path: Sequence[int]
) -> Iterable[tuple[str, bool]]:
    """From the end of what comes first down (or up) to the start of what waits."""
    at = {row.task.pk: (number, row) for number, row in enumerate(rows)}
    steps = {*pairwise(path)}
    for later, befores in edges.items():
        for earlier in befores:
            if later in at and earlier in at:
                (top, first), (bottom, last) = at[earlier], at[later]
                x1 = max(bar.end for bar in first.bars) * DAY
                x2 = (min(bar.start for bar in last.bars) - 1) * DAY
                y1, y2 = top * ROW + ROW // 2, bottom * ROW + ROW // 2
                turn = x1 + 3
                yield f"M{x1} {y1}H{turn}V{y2}H{x2}", (earlier, later) in steps
