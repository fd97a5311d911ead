"""The schedule with jobs cut into shares: how good it can be at most, and in which order to start.

A linear programme over the same choices as ``variables``: a job may start a third on Monday and
two thirds on Tuesday. Its value is a bound no schedule beats; the mean of a job's starts tells
where it belongs (alpha points, Phillips, Stein and Wein 1998). Days are packed better than shares
allow: of 160 minutes two fit into 408, not two and a half. What is true of whole jobs and not of
shares is found as inequalities over how many jobs of each size a day holds (facets of the
knapsack, found by their dual) and added while that helps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from yunce.engines.scheduling.capacity import Room, window
from yunce.engines.scheduling.placing import Slot, slots_of
from yunce.engines.scheduling.problem import Problem

ROUNDS = 10  # of looking for inequalities
MOST_PACKINGS = 2_000  # ways to fill a day; with more sizes than that the search goes without
WORTH = 2e-3  # a round that moves the bound by less is the last
BROKEN = 1.01  # by less than this nothing is gained
SCALE = 10_000  # weights as whole numbers, rounded down, so that they stay true
MOST_MILLISECONDS = 3_000


@dataclass(frozen=True)
class Facet:
    """At most ``SCALE`` of weighted jobs on a day with this capacity."""

    capacity: int
    weights: dict[int, int]  # minutes a day of a job → its weight

    def is_broken_by(self, many: dict[int, float]) -> bool:
        return sum(self.weights[size] * n for size, n in many.items()) > SCALE * BROKEN


@dataclass(frozen=True)
class Relaxed:
    """What the programme found."""

    bound: float
    starts: dict[int, float]  # job → mean of its first days


def relax(problem: Problem, left: Room, *, seconds_left: Callable[[], float]) -> Relaxed | None:
    """None when even shares have no place, or time is up."""
    programme = _Programme(problem, left, seconds_left)
    if not programme.solve():
        return None
    bound = programme.bound
    for _round in range(ROUNDS):
        if not programme.tighten() or seconds_left() <= 0 or not programme.solve():
            break
        gained, bound = programme.bound - bound, programme.bound
        if gained < WORTH * bound:
            break
    return Relaxed(bound, programme.starts)


class _Programme:
    """The linear programme, growing by inequalities."""

    def __init__(self, problem: Problem, left: Room, seconds_left: Callable[[], float]) -> None:
        from ortools.linear_solver import pywraplp

        self.problem, self.left, self.seconds_left = problem, left, seconds_left
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self.choices: dict[int, list[tuple[Slot, Any]]] = {}
        self.by_day: dict[tuple[int, int], list[tuple[int, Any]]] = defaultdict(list)
        self.facets: list[Facet] = []
        self.bound = 0.0
        self.starts: dict[int, float] = {}
        self.mixes: dict[tuple[int, int], dict[int, float]] = {}  # how many of each size on a day
        self._packers: dict[int, _Packer] = {}
        self._add_choices()
        self._add_order()
        for (person, day), asked in self.by_day.items():
            self._at_most(left[person][day], ((minutes, chosen) for minutes, chosen in asked))

    def _add_choices(self) -> None:
        objective = self.solver.Objective()
        objective.SetMinimization()
        for job in self.problem.open_jobs:
            first, last = window(self.problem, job)
            choices = [
                (slot, self.solver.NumVar(0, 1, ""))
                for slot in slots_of(self.problem, job, first, last)
            ]
            once = self.solver.Constraint(1, 1)
            for slot, chosen in choices:
                once.SetCoefficient(chosen, 1)
                objective.SetCoefficient(chosen, job.weight * (slot.end + 1))
                for person in slot.people:
                    for day in range(slot.start, slot.end + 1):
                        self.by_day[person, day].append((job.daily, chosen))
            self.choices[job.key] = choices

    def _add_order(self) -> None:
        for job in self.problem.open_jobs:
            for key in job.after:
                for day in range(len(self.problem.days)) if key in self.choices else ():
                    started = [(1, v) for slot, v in self.choices[job.key] if slot.start <= day]
                    ended = [(-1, v) for slot, v in self.choices[key] if slot.end < day]
                    self._at_most(0, [*started, *ended])

    def _at_most(self, most: int, terms: Iterator[tuple[int, Any]] | Sequence[Any]) -> None:
        row = self.solver.Constraint(-self.solver.infinity(), most)
        for weight, variable in terms:
            row.SetCoefficient(variable, weight)

    def solve(self) -> bool:
        self.solver.SetTimeLimit(max(1, min(MOST_MILLISECONDS, int(self.seconds_left() * 1000))))
        if self.solver.Solve() != self.solver.OPTIMAL:
            return False
        self.bound = self.solver.Objective().Value()
        self.starts = {
            key: sum(slot.start * chosen.solution_value() for slot, chosen in choices)
            for key, choices in self.choices.items()
        }
        self.mixes = {key: _mix(asked) for key, asked in self.by_day.items()}
        return True

    def tighten(self) -> bool:
        """Add what the present shares break, on the days where they do; False: nothing broken."""
        added = False
        for (person, day), many in self.mixes.items():
            for facet in self._broken(self.left[person][day], many):
                added = True
                asked = self.by_day[person, day]
                self._at_most(SCALE, ((facet.weights[m], chosen) for m, chosen in asked))
        return added

    def _broken(self, capacity: int, many: dict[int, float]) -> list[Facet]:
        """Known ones first: looking for another is the dear part."""
        known = [f for f in self.facets if f.capacity == capacity and f.is_broken_by(many)]
        if known:
            return known
        found = self._packer(capacity).broken_by(many)
        if found is None:
            return []
        self.facets.append(found)
        return [found]

    def _packer(self, capacity: int) -> _Packer:
        if capacity not in self._packers:
            sizes = sorted({job.daily for job in self.problem.open_jobs}, reverse=True)
            self._packers[capacity] = _Packer(sizes, capacity)
        return self._packers[capacity]


def _mix(asked: Sequence[tuple[int, Any]]) -> dict[int, float]:
    many: dict[int, float] = defaultdict(float)
    for minutes, chosen in asked:
        many[minutes] += chosen.solution_value()
    return many


class _Packer:
    """Which inequality over sizes, true of every way to fill a day, a mix of shares breaks."""

    def __init__(self, sizes: Sequence[int], capacity: int) -> None:
        from ortools.linear_solver import pywraplp

        self.capacity = capacity
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self.weights = {
            size: self.solver.NumVar(0, 1 if size <= capacity else 0, "") for size in sizes
        }
        self.packings = packings(sizes, capacity)
        for packing in self.packings or ():
            row = self.solver.Constraint(-self.solver.infinity(), 1)
            for size, many in packing.items():
                row.SetCoefficient(self.weights[size], many)

    def broken_by(self, many: dict[int, float]) -> Facet | None:
        if self.packings is None or sum(s * n for s, n in many.items()) < self.capacity / 2:
            return None
        objective = self.solver.Objective()
        objective.SetMaximization()
        for size, weight in self.weights.items():
            objective.SetCoefficient(weight, many.get(size, 0.0))
        if self.solver.Solve() != self.solver.OPTIMAL or objective.Value() < BROKEN:
            return None
        weights = {s: int(w.solution_value() * SCALE + 1e-6) for s, w in self.weights.items()}
        return Facet(self.capacity, weights)


def packings(sizes: Sequence[int], capacity: int) -> list[dict[int, int]] | None:
    """Every way to fill a day that no further job fits into; None when there are too many.

    >>> packings([200, 160, 60], 408)
    [{200: 2}, {200: 1, 160: 1}, {200: 1, 60: 3}, {160: 2, 60: 1}, {160: 1, 60: 4}, {60: 6}]
    """
    found: list[dict[int, int]] = []
    waiting: list[tuple[int, int, dict[int, int]]] = [(0, capacity, {})]
    while waiting:
        at, room, taken = waiting.pop()
        if len(found) > MOST_PACKINGS or len(waiting) > MOST_PACKINGS:
            return None
        if at == len(sizes):
            if all(room < size for size in sizes):
                found.append(taken)
            continue
        for many in range(room // sizes[at] + 1):
            more = {**taken, sizes[at]: many} if many else taken
            waiting.append((at + 1, room - many * sizes[at], more))
    return found
