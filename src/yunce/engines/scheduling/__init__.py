"""「排一排」: tasks without days are put on days people can do them, important ones first."""

from __future__ import annotations

from yunce.engines.scheduling.problem import Job, Person, Placement, Problem, ScheduleError
from yunce.engines.scheduling.solution import Clash, Relief, ReliefKind, Solution, Status
from yunce.engines.scheduling.solving import solve

__all__ = [
    "Clash",
    "Job",
    "Person",
    "Placement",
    "Problem",
    "Relief",
    "ReliefKind",
    "ScheduleError",
    "Solution",
    "Status",
    "solve",
]
