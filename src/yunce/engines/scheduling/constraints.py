"""The rules of a schedule, one function each; ``add_constraints`` is the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yunce.engines.scheduling.capacity import Room
from yunce.engines.scheduling.problem import Problem

if TYPE_CHECKING:
    from yunce.engines.scheduling.variables import Variables


def add_constraints(problem: Problem, variables: Variables, left: Room) -> None:
    one_place_for_each_job(problem, variables)
    after_what_they_wait_for(problem, variables)
    within_everybodys_minutes(problem, variables, left)


def one_place_for_each_job(problem: Problem, variables: Variables) -> None:
    """One first day and one crew; where jobs may be left out, that or being left out."""
    for job in problem.open_jobs:
        chosen = [choice.chosen for choice in variables.choices[job.key]]
        if job.key in variables.is_out:
            chosen.append(variables.is_out[job.key])
        variables.model.add_exactly_one(chosen)


def after_what_they_wait_for(problem: Problem, variables: Variables) -> None:
    """A job starts on a later day than the last of every job it waits for.

    Said day by day: who has started by this day waits for nobody who has not ended before it. When
    what it waits for is left out, so is the job.
    """
    for job in problem.open_jobs:
        for key in job.after:
            if problem.by_key[key].placed is not None:
                continue  # the window knows
            for day in range(len(problem.days)):
                started = variables.started(job.key, by=day)
                if started:
                    ended = variables.ended(key, by=day - 1)
                    variables.model.add(sum(started) <= sum(ended))


def within_everybodys_minutes(problem: Problem, variables: Variables, left: Room) -> None:
    """No day asks more of a person than what is left of it; days off have nothing left."""
    for (person, day), choices in variables.by_day_and_person().items():
        minutes = [problem.by_key[choice.job].daily for choice in choices]
        variables.at_most(left[person][day], choices, minutes)
