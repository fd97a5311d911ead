"""执行时间轴 under the plan table: each goal's tasks on the days of the month, to be read only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from yunce.engines.calendars import Day, DayKind
from yunce.kit.months import Month
from yunce.kit.timing import short
from yunce.loop.plans.gantt import Bar, bars_of
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import PlanRow

MOST_LANES = 4  # of one goal; the Gantt chart has them all
SPILLS_FROM = 4  # free days after a short bar that its words may run into


@dataclass(frozen=True)
class Piece:
    """A bar with its words."""

    bar: Bar
    title: str
    spills: bool  # free days follow, so the words may run over the bar's end


@dataclass(frozen=True)
class Lane:
    """One row of the strip."""

    dimension: str
    label: str  # the goal; empty under its first lane
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Strip:
    """What the strip draws."""

    days: Sequence[Day]
    lanes: tuple[Lane, ...]
    hidden: int  # tasks it has no room for
    holidays: str  # 5/1–5/5 劳动节


def strip_of(rows: Iterable[PlanRow], days: Sequence[Day], month: Month) -> Strip | None:
    """None when no task has a day in the month."""
    lanes: list[Lane] = []
    hidden = 0
    for (dimension, _key), group in groupby(rows, key=_goal_key):
        lines = [row for row in group if row.task]
        packed = _packed(
            [(row.task, bars_of(row.task.pk, row.task.timing, month)) for row in lines if row.task]
        )
        label = f"{lines[0].metric_name} {lines[0].must_text}".strip() if lines else ""
        hidden += sum(len({piece.title for piece in lane}) for lane in packed[MOST_LANES:])
        lanes += [
            Lane(dimension, label if not number else "", _spilled(lane, len(days)))
            for number, lane in enumerate(packed[:MOST_LANES])
        ]
    return Strip(days, tuple(lanes), hidden, holidays(days)) if lanes else None


def _goal_key(row: PlanRow) -> tuple[str, int]:
    return row.dimension, row.goal.pk if row.goal else 0


def _packed(tasks: Sequence[tuple[Task, tuple[Bar, ...]]]) -> list[list[Piece]]:
    """Each task in the first lane where all its bars have room."""
    lanes: list[list[Piece]] = []
    for task, bars in tasks:
        if not bars:
            continue
        lane = next((lane for lane in lanes if _has_room(lane, bars)), None)
        if lane is None:
            lane = []
            lanes.append(lane)
        lane += [Piece(bar, task.title, spills=False) for bar in bars]
    return lanes


def _has_room(lane: Iterable[Piece], bars: Iterable[Bar]) -> bool:
    return all(
        bar.end < piece.bar.start or piece.bar.end < bar.start for piece in lane for bar in bars
    )


def _spilled(lane: Sequence[Piece], days: int) -> tuple[Piece, ...]:
    ordered = sorted(lane, key=lambda piece: piece.bar.start)
    nexts = [*(piece.bar.start for piece in ordered[1:]), days + 1]
    return tuple(
        Piece(piece.bar, piece.title, spills=following - piece.bar.end > SPILLS_FROM)
        for piece, following in zip(ordered, nexts, strict=True)
    )


def holidays(days: Iterable[Day]) -> str:
    """The month's days off with a name: 5/1–5/5 劳动节、5/31 端午节."""
    named = [day for day in days if day.kind is DayKind.HOLIDAY and day.holiday]
    spans = []
    for name, group in groupby(named, key=lambda day: day.holiday):
        listed = list(group)
        first, last = short(listed[0].date), short(listed[-1].date)
        spans.append(f"{first} {name}" if first == last else f"{first}–{last} {name}")
    return "、".join(spans)
