"""A quick schedule without search: jobs one by one, each on its first days with room.

It gives the solver a start, so that there is something to show at once, and stands in for it
when time runs out (serial schedule generation, Kolisch and Hartmann 1999; jobs in the order of
weight by length, Smith 1956). A job that found no room comes earlier in the next try.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from yunce.engines.scheduling.capacity import Room, window
from yunce.engines.scheduling.problem import Job, Problem

TRIES = 12
FIRST_OF_ALL = 1_000.0  # more than any urgency
PUSHES = (0.5, 1.0, 2.0, 4.0)  # days a job without room is pushed forward at a time


@dataclass(frozen=True)
class Slot:
    """A job on the index of days, for the people who do it."""

    people: tuple[int, ...]
    start: int
    end: int  # last day, included


def slots_of(problem: Problem, job: Job, first: int, last: int) -> Iterator[Slot]:
    """Every place a job may have between two days, the earliest first."""
    crews = [job.people] if job.people else [(person.key,) for person in problem.able(job)]
    for start in range(first, last - job.length + 2):
        for crew in crews:
            yield Slot(crew, start, start + job.length - 1)


def place_quickly(problem: Problem, left: Room) -> dict[int, Slot]:
    """Slots for as many jobs as fit; jobs after one that does not fit are left out too."""
    return place_in_order(problem, left, urgency_of(problem), push=FIRST_OF_ALL)


def place_near(problem: Problem, left: Room, starts: Mapping[int, float]) -> dict[int, Slot]:
    """In the order of the days where jobs would best start: the best of a few tries."""
    order = {key: -day for key, day in starts.items()}
    tries = [place_in_order(problem, left, order, push=days) for days in PUSHES]
    return min(tries, key=lambda slots: (-len(slots), cost_of(problem, slots)))


def cost_of(problem: Problem, slots: Mapping[int, Slot]) -> int:
    """What the objective makes of jobs that are all in time."""
    return sum(problem.by_key[key].weight * (slot.end + 1) for key, slot in slots.items())


def place_in_order(
    problem: Problem, left: Room, urgency: Mapping[int, float], *, push: float
) -> dict[int, Slot]:
    """Most urgent first; what found no room is pushed forward and all is tried again."""
    urgency = {job.key: urgency.get(job.key, 0.0) for job in problem.jobs}
    best: dict[int, Slot] = {}
    for _step in range(TRIES):
        slots = _place(problem, left, urgency)
        if len(slots) > len(best):
            best = slots
        without = [job.key for job in problem.open_jobs if job.key not in slots]
        if not without:
            break
        for key in without:
            _push(problem, urgency, key, push)
    return best


def urgency_of(problem: Problem) -> dict[int, float]:
    """Weight by length, what waits for a job counted in: the most urgent is highest."""
    waiting: dict[int, list[int]] = {}
    for job in problem.open_jobs:
        for key in job.after:
            waiting.setdefault(key, []).append(job.key)
    found: dict[int, float] = {}
    order = [*TopologicalSorter({job.key: job.after for job in problem.jobs}).static_order()]
    for key in reversed(order):
        job = problem.by_key[key]
        behind = sum(found[other] for other in waiting.get(key, []))
        found[key] = job.weight / max(1, job.length * job.daily) + behind / 2
    return found


def _push(problem: Problem, urgency: dict[int, float], key: int, by: float) -> None:
    """The job and all it waits for."""
    urgency[key] += by
    for other in problem.by_key[key].after:
        _push(problem, urgency, other, by)


def _place(problem: Problem, left: Room, urgency: Mapping[int, float]) -> dict[int, Slot]:
    left = {key: [*minutes] for key, minutes in left.items()}
    slots: dict[int, Slot] = {}
    for job in _order(problem, urgency):
        waits = [key for key in job.after if problem.by_key[key].placed is None]
        if any(key not in slots for key in waits):
            continue
        first, last = window(problem, job)
        first = max([first, *(slots[key].end + 1 for key in waits)])
        if slot := _first_slot(problem, job, left, first, last):
            slots[job.key] = slot
            for person in slot.people:
                for day in range(slot.start, slot.end + 1):
                    left[person][day] -= job.daily
    return slots


def _order(problem: Problem, urgency: Mapping[int, float]) -> Iterator[Job]:
    """The most urgent of those that wait for nothing, again and again."""
    sorter = TopologicalSorter({job.key: job.after for job in problem.jobs})
    sorter.prepare()
    ready: list[Job] = []
    while sorter.is_active():
        ready += [problem.by_key[key] for key in sorter.get_ready()]
        ready.sort(key=lambda job: urgency[job.key])
        job = ready.pop()
        sorter.done(job.key)
        if job.placed is None:
            yield job


def _first_slot(problem: Problem, job: Job, left: Room, first: int, last: int) -> Slot | None:
    found = (
        slot
        for slot in slots_of(problem, job, first, last)
        if all(
            left[person][day] >= job.daily
            for person in slot.people
            for day in range(slot.start, slot.end + 1)
        )
    )
    return next(found, None)
