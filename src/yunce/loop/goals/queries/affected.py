"""Which goals a change of a metric's definition reaches, also through other metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yunce.engines.metrics import Metric
from yunce.ground.facts.queries import catalogues_of
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan, PlanState


@dataclass(frozen=True)
class AffectedGoal:
    """One month's goal that the metric counts into."""

    goal: Goal
    way: tuple[Metric, ...]  # from the metric to the goal's own; empty: the goal is on it
    version: int | None  # of the metric, by which the month counts now; None: it has none
    is_kept: bool  # the change does not reach the month

    @property
    def is_closed(self) -> bool:
        return self.goal.plan.is_closed


def goals_affected(team: Team, code: str, *, since: date | None = None) -> list[AffectedGoal]:
    """The newest month first, each month's own formulas followed; ``since``: of the new version."""
    plans = list(
        MonthPlan.objects.filter(team=team, goals__isnull=False)
        .distinct()
        .select_related("team")
        .prefetch_related("goals")
        .order_by("-month_start")
    )
    known = catalogues_of(team, [plan.month for plan in plans])
    for plan in plans:
        plan.catalogue = known[plan.month]
    return [each for plan in plans for each in _affected_in(plan, code, since)]


def _affected_in(plan: MonthPlan, code: str, since: date | None) -> Iterator[AffectedGoal]:
    ways = {code: (), **plan.catalogue.resting_on(code)}
    metric = plan.catalogue.get(code)
    is_before = since is not None and plan.month.last < since
    for goal in plan.goals.all():
        if goal.metric in ways:
            yield AffectedGoal(
                goal=goal,
                way=ways[goal.metric],
                version=metric.version if metric else None,
                is_kept=plan.is_closed or is_before,
            )


def months_needing(team: Team, code: str) -> list[Month]:
    """Months not closed yet with a goal on the metric itself, the oldest first."""
    goals = Goal.objects.filter(plan__team=team, metric=code).select_related("plan")
    return sorted({goal.plan.month for goal in goals.exclude(plan__state=PlanState.CLOSED)})
