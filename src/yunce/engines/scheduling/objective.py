"""What makes one schedule better than another: important jobs end sooner.

When not everything fits, leaving a job out costs most, being late less; both by importance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yunce.engines.scheduling.problem import Problem

if TYPE_CHECKING:
    from yunce.engines.scheduling.variables import Variables

LATE_DAY = 100  # one day late costs as much as this many days sooner gain
OUT = 10_000


def add_objective(problem: Problem, variables: Variables) -> None:
    terms: list[Any] = []
    for job in problem.open_jobs:
        for choice in variables.choices[job.key]:
            late = max(0, choice.slot.end - variables.allowed[job.key])
            cost = choice.slot.end + 1 + LATE_DAY * late
            terms.append(job.weight * cost * choice.chosen)
        if job.key in variables.is_out:
            terms.append(job.weight * OUT * variables.is_out[job.key])
    variables.model.minimize(sum(terms))
