"""The unknowns of a schedule: does this job start on this day, done by this crew?

One yes-or-no for each (job, crew, first day). A month has some twenty working days, so there are
few of them, and unlike start times and intervals they let the solver's linear relaxation see how
full each day is: that is what proves a schedule good within seconds (measured in
``make bench ONLY=plan``; time-indexed formulation, Sousa and Wolsey 1992).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from yunce.engines.scheduling.capacity import window
from yunce.engines.scheduling.placing import Slot, slots_of
from yunce.engines.scheduling.problem import Problem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel


class Choice(NamedTuple):
    """One way to place a job."""

    job: int
    slot: Slot
    chosen: Any  # CP-SAT's yes or no


class Variables:
    """Every choice, and by job whether it is left out; ``lenient`` also offers late days."""

    def __init__(self, problem: Problem, model: CpModel, *, lenient: bool) -> None:
        from ortools.sat.python.cp_model import LinearExpr

        self.model = model
        self._expression = LinearExpr
        self.choices: dict[int, list[Choice]] = {}
        self.is_out: dict[int, Any] = {}  # lenient only: strictly, every job has its day
        self.allowed: dict[int, int] = {}  # index of the last day a job may end on
        for job in problem.open_jobs:
            first, last = window(problem, job)
            self.allowed[job.key] = last
            until = len(problem.days) - 1 if lenient else last
            slots = slots_of(problem, job, first, until)
            self.choices[job.key] = [Choice(job.key, s, model.new_bool_var("")) for s in slots]
            if lenient:
                self.is_out[job.key] = model.new_bool_var("")

    def by_day_and_person(self) -> dict[tuple[int, int], list[Choice]]:
        """(person, day) → the choices that would have them work then."""
        found: dict[tuple[int, int], list[Choice]] = defaultdict(list)
        for choices in self.choices.values():
            for choice in choices:
                for person in choice.slot.people:
                    for day in range(choice.slot.start, choice.slot.end + 1):
                        found[person, day].append(choice)
        return found

    def started(self, job: int, *, by: int) -> list[Any]:
        """Choices of the job that start on day ``by`` at the latest."""
        return [c.chosen for c in self.choices[job] if c.slot.start <= by]

    def ended(self, job: int, *, by: int) -> list[Any]:
        return [c.chosen for c in self.choices[job] if c.slot.end <= by]

    def at_most(self, most: int, choices: Sequence[Choice], weights: Sequence[int]) -> None:
        """Weights of what is chosen add up to no more than this."""
        total = self._expression.weighted_sum([choice.chosen for choice in choices], weights)
        self.model.add(total <= most)

    def hint(self, slots: dict[int, Slot]) -> None:
        """A schedule to start from."""
        for key, choices in self.choices.items():
            for choice in choices:
                self.model.add_hint(choice.chosen, choice.slot == slots.get(key))
            if key in self.is_out:
                self.model.add_hint(self.is_out[key], key not in slots)
