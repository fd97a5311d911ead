"""Minutes a person has left on each working day, after buffer and hand-placed jobs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from yunce.engines.scheduling.problem import Job, Placement, Problem

Room = dict[int, list[int]]  # person → minutes by index of the problem's days


def room(problem: Problem, *, buffer: float) -> Room:
    """Never below 0: what people placed by hand stays, also where it is too much."""
    left = {
        person.key: [int(person.minutes.get(day, 0) * (1 - buffer)) for day in problem.days]
        for person in problem.people
    }
    for job in problem.jobs:
        if job.placed is not None:
            _take(problem, job, left)
    return left


def _take(problem: Problem, job: Job, left: Room) -> None:
    assert job.placed is not None  # noqa: S101 - asked for hand-placed jobs only
    days = _indices_of(problem, job.placed)
    whole = len(job.placed.days) or len(days)
    if not days:
        return
    each = -(-job.minutes // whole)
    for person in job.placed.people:
        for day in days if person in left else ():
            left[person][day] = max(0, left[person][day] - each)


def _indices_of(problem: Problem, placed: Placement) -> Sequence[int]:
    if not placed.days:
        return indices(problem, placed.first, placed.last)
    at = {day: number for number, day in enumerate(problem.days)}
    return [at[day] for day in placed.days if day in at]


def indices(problem: Problem, first: date, last: date) -> range:
    """The problem's days from first to last, as indices."""
    return range(bisect_left(problem.days, first), bisect_right(problem.days, last))


def window(problem: Problem, job: Job) -> tuple[int, int]:
    """First index a job may start on and the last it may end on; empty when last < first.

    Dates of jobs placed by hand bound those after them (and before them).
    """
    start, end = job.earliest or problem.first, job.latest or problem.last
    days = indices(problem, start, end)
    first, last = days.start, days.stop - 1
    for other in problem.jobs:
        if other.placed is None:
            continue
        if other.key in job.after:
            first = max(first, bisect_right(problem.days, other.placed.last))
        if job.key in other.after:
            last = min(last, bisect_left(problem.days, other.placed.first) - 1)
    return first, last
