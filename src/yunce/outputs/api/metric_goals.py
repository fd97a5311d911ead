"""Which goals a metric counts into, also through the formulas of others."""

from __future__ import annotations

from datetime import date

from ninja import Router, Schema

from yunce.ground.facts.queries.versioning import catalogue_with
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.queries.affected import AffectedGoal, goals_affected
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["metrics"])


class AffectedGoalOut(Schema):
    id: int
    month: str
    metric: str  # the goal's own
    name: str
    must: float
    stretch: float | None
    is_closed: bool  # the month
    through: list[str]  # metrics from this one to the goal's own; empty: the goal is on it
    version: int | None  # of this metric, by which the month counts now
    is_kept: bool  # a new version does not reach the month


@router.get(
    "/teams/{slug}/metrics/{code}/goals",
    response=list[AffectedGoalOut],
    operation_id="list_metric_goals",
)
def list_metric_goals(
    request: SignedInRequest, slug: str, code: str, effective: date | None = None
) -> object:
    """The newest month first. `effective`: the day a new version would be used from."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    metric = catalogue_with(team, code).metric(code)
    return [_told(each) for each in goals_affected(team, metric.code, since=effective)]


def _told(each: AffectedGoal) -> dict[str, object]:
    goal = each.goal
    return {
        "id": goal.pk,
        "month": str(goal.plan.month),
        "metric": goal.metric,
        "name": goal.name,
        "must": goal.must,
        "stretch": goal.stretch,
        "is_closed": each.is_closed,
        "through": [metric.code for metric in each.way],
        "version": each.version,
        "is_kept": each.is_kept,
    }
