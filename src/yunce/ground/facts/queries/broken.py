"""Metrics a team made that cannot be counted any more, and why."""

from __future__ import annotations

from dataclasses import dataclass

from yunce.engines.metrics import Catalogue, problems_of
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import team_metrics
from yunce.ground.teams.models import Team


@dataclass(frozen=True)
class BrokenMetric:
    """Kept, but no part of the team's catalogue."""

    metric: TeamMetric
    reason: str


def broken_metrics(team: Team, known: Catalogue) -> tuple[BrokenMetric, ...]:
    """Those the program no longer understands, and those that name one of them."""
    living = (each for each in team_metrics(team) if each.formula)
    return tuple(BrokenMetric(each, _why(each, known)) for each in living if each.code not in known)


def _why(metric: TeamMetric, known: Catalogue) -> str:
    problems = problems_of(metric.proposal, known, replaces=True)
    return "".join(problem for of_field in problems.values() for problem in of_field)
