"""From a problem to a solution: quick placing, then CP-SAT within its time, then the way out."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import Any

from yunce.engines.scheduling.capacity import Room, room, window
from yunce.engines.scheduling.constraints import add_constraints
from yunce.engines.scheduling.explaining import clashes_of
from yunce.engines.scheduling.improving import improve
from yunce.engines.scheduling.objective import add_objective
from yunce.engines.scheduling.placing import Slot, cost_of, place_near, place_quickly
from yunce.engines.scheduling.problem import Placement, Problem
from yunce.engines.scheduling.relaxing import Relaxed, relax
from yunce.engines.scheduling.solution import Clash, Relief, ReliefKind, Solution, Status
from yunce.engines.scheduling.variables import Variables
from yunce.kit.wording import gettext as _

WORKERS = 8  # kinds of search taking turns, whatever the number of cores
GOOD_ENOUGH = 0.005  # nobody sees half a per cent of a month
WORTH_RELAXING = 30  # jobs: fewer are proven at once
RELAXING = 0.3  # of the time, at most, for the bound
IMPROVING = 0.75  # of the time, at most, until the search begins
SLACK = 0.01  # of the bound, for rounding in floating point


def solve(
    problem: Problem,
    *,
    seconds: float = 10.0,
    workers: int = WORKERS,
    seed: int = 1,
    clock: Callable[[], float] = monotonic,
) -> Solution:
    """Place every open job, or say what stands in the way and the cheapest way out.

    The buffers of the problem are tried in order. The same problem and seed give the same answer
    when the search is proven before its time is up.
    """
    began = clock()
    if not problem.open_jobs:
        return Solution(Status.PROVEN, {}, problem.buffers[0], 0.0, 0.0, 0.0)
    for buffer in problem.buffers:
        left = room(problem, buffer=buffer)
        if clashes_of(problem, left):
            continue
        spent = clock() - began
        run = _Run(problem, left, lenient=False, seconds=max(0.5, seconds - spent), seed=seed)
        if found := run.search(workers=workers):
            return run.solution(found, buffer=buffer, seconds=clock() - began, before=spent)
    return _way_out(problem, seconds=seconds, workers=workers, seed=seed, clock=clock)


def _way_out(
    problem: Problem, *, seconds: float, workers: int, seed: int, clock: Callable[[], float]
) -> Solution:
    began = clock()
    buffer = problem.buffers[-1]
    left = room(problem, buffer=buffer)
    run = _Run(problem, left, lenient=True, seconds=seconds, seed=seed)
    found = run.search(workers=workers)
    solution = run.solution(found, buffer=buffer, seconds=clock() - began, before=0.0)
    clashes = clashes_of(problem, left) or (_together(problem, solution),)
    return Solution(
        Status.CLASH,
        solution.placements,
        buffer,
        solution.gap,
        solution.seconds,
        solution.first_seconds,
        clashes,
        run.reliefs(solution),
    )


def _together(problem: Problem, solution: Solution) -> Clash:
    jobs = tuple(job.key for job in problem.open_jobs if job.key not in solution.placements)
    return Clash(_("这些任务的日期、依赖和工时合在一起排不下。"), jobs)


class _Run:
    """One search over one model."""

    def __init__(
        self, problem: Problem, left: Room, *, lenient: bool, seconds: float, seed: int
    ) -> None:
        began = monotonic()
        self.problem, self.lenient = problem, lenient
        self.slots = place_quickly(problem, left)
        self.placed_after = monotonic() - began
        # OR-Tools brings pandas: 1.5 s and 100 MB the rest of the program need not pay.
        from ortools.sat.python import cp_model

        self.relaxed = None
        if not lenient and len(problem.open_jobs) >= WORTH_RELAXING:
            until = began + seconds * RELAXING
            self.relaxed = relax(problem, left, seconds_left=lambda: until - monotonic())
        if self.relaxed:
            self._start_near(self.relaxed, left)
            until = began + seconds * IMPROVING
            self._improve(left, seed=seed, seconds_left=lambda: until - monotonic())
        self.model = cp_model.CpModel()
        self.variables = Variables(problem, self.model, lenient=lenient)
        add_constraints(problem, self.variables, left)
        add_objective(problem, self.variables)
        self.variables.hint(self.slots)
        self.solver = cp_model.CpSolver()
        self.solver.parameters.max_time_in_seconds = max(0.5, seconds - (monotonic() - began))
        self.solver.parameters.random_seed = seed
        self.solver.parameters.relative_gap_limit = GOOD_ENOUGH
        self._found = {cp_model.OPTIMAL, cp_model.FEASIBLE}
        self._proven = cp_model.OPTIMAL
        self.status: Any = None
        self.began, self.first = began, self.placed_after
        self.has_searched = False
        self._callback = cp_model.CpSolverSolutionCallback

    def _start_near(self, relaxed: Relaxed, left: Room) -> None:
        near = place_near(self.problem, left, relaxed.starts)
        both = (self.slots, near)
        self.slots = min(both, key=lambda s: (-len(s), cost_of(self.problem, s)))

    def _improve(self, left: Room, *, seed: int, seconds_left: Callable[[], float]) -> None:
        if self.relaxed and self._is_quick_complete:
            self.slots = improve(
                self.problem,
                left,
                self.slots,
                seed=seed,
                seconds_left=seconds_left,
                good_enough=ceil(self.relaxed.bound - SLACK) * (1 + GOOD_ENOUGH),
            )

    def search(self, *, workers: int) -> dict[int, Slot] | None:
        """Slots of the best schedule found; None when there is none (or none in time)."""
        self.solver.parameters.num_workers = workers
        began, first = self.began, list[float]()

        class Watch(self._callback):  # type: ignore[misc,name-defined]
            def on_solution_callback(self) -> None:
                if not first:
                    first.append(monotonic() - began)

        self.status = self.solver.solve(self.model, Watch())
        self.has_searched = self.status in self._found
        if not self.has_searched:
            return dict(self.slots) if self._is_quick_complete else None
        if not self._is_quick_complete and first:
            self.first = first[0]
        found = {
            key: choice.slot
            for key, choices in self.variables.choices.items()
            for choice in choices
            if self.solver.boolean_value(choice.chosen)
        }
        return self._better(found)

    def _better(self, found: dict[int, Slot]) -> dict[int, Slot]:
        """The search forgets its start when time is short."""
        if self.lenient or not self._is_quick_complete:
            return found
        return min(found, self.slots, key=lambda slots: cost_of(self.problem, slots))

    @property
    def _is_quick_complete(self) -> bool:
        return len(self.slots) == len(self.problem.open_jobs)

    def solution(
        self, found: dict[int, Slot] | None, *, buffer: float, seconds: float, before: float
    ) -> Solution:
        slots = self.slots if found is None else found
        days = self.problem.days
        return Solution(
            Status.PROVEN if self.status == self._proven else Status.GOOD,
            {key: Placement(s.people, days[s.start], days[s.end]) for key, s in slots.items()},
            buffer,
            self._gap(slots),
            seconds,
            before + self.first,
        )

    def _gap(self, slots: dict[int, Slot]) -> float:
        """How far from the best possible at most; 1 where there is no bound."""
        bounds = [self.relaxed.bound - SLACK] if self.relaxed else []
        best: float = cost_of(self.problem, slots)
        if self.has_searched:
            best = self.solver.objective_value if self.lenient else best
            bounds.append(self.solver.best_objective_bound)
        if not bounds:
            return 1.0
        return 0.0 if best <= 0 else max(0.0, (best - ceil(max(bounds))) / best)

    def reliefs(self, solution: Solution) -> tuple[Relief, ...]:
        """What the lenient schedule gave up."""
        given: list[Relief] = []
        for job in self.problem.open_jobs:
            placed = solution.placements.get(job.key)
            if placed is None:
                given.append(Relief(ReliefKind.OUT, job.key))
            elif placed.last > self.problem.days[max(0, window(self.problem, job)[1])]:
                given.append(Relief(ReliefKind.LATER, job.key, placed.last))
        return tuple(given)
