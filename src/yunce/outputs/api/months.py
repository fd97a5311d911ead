"""Months, their goals, and how the goals stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import Targets, add_goal
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import GoalProgress, known_until, plan_of, plans_of, progress_of
from yunce.loop.goals.queries.changes import amendments_of
from yunce.loop.goals.queries.outlook import pace_of
from yunce.loop.goals.rules import Pace
from yunce.loop.plans.queries.outlooks import planned_outlooks
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["months"])


class MonthOut(Schema):
    month: str
    state: str
    direction: str

    @staticmethod
    def resolve_month(plan: MonthPlan) -> str:
        return str(plan.month)


class GoalOut(Schema):
    """Values are in the metric's base unit, rates as fractions; null is unknown, never 0."""

    id: int
    metric: str
    name: str
    dimension: str
    unit: str
    must: float
    stretch: float | None
    old_must: float | None = None  # what was locked, where a change made it another
    old_stretch: float | None = None
    actual: float | None
    achievement: float | None  # 1.25 is 125 %
    reason: str  # why there is no achievement
    standing: str  # beyond · met · short · unknown
    expected: float  # by as_of, on an even plan
    pace: str  # steady · watch · behind · unknown, as the pages say it; unknown once it is over
    covered_days: int
    note: str  # accounts or days the actual value leaves out


class MonthDetailOut(Schema):
    month: str
    state: str
    direction: str
    as_of: date
    goals: list[GoalOut]


class GoalIn(Schema):
    metric: str
    must: Decimal
    stretch: Decimal | None = None
    label: str = ""


@router.get("/teams/{slug}/months", response=list[MonthOut], operation_id="list_months")
def list_months(request: SignedInRequest, slug: str) -> object:
    """Months with a plan, newest first."""
    return plans_of(access_for(request.auth, slug, Capability.SEE_PLAN).team)


@router.get("/teams/{slug}/months/{month}", response=MonthDetailOut, operation_id="get_month")
def get_month(request: SignedInRequest, slug: str, month: str, as_of: date | None = None) -> object:
    """A month (`2025-05`) with every goal as it stood at the end of `as_of` (default: today).

    A day is told on the next one: until today's numbers are here, today is told by yesterday's,
    and `as_of` of the answer says so.
    """
    plan = plan_in(access_for(request.auth, slug, Capability.SEE_ALL).team, month)
    day = counted_day(plan, as_of)
    return {
        "month": str(plan.month),
        "state": plan.state,
        "direction": plan.direction,
        "as_of": day,
        "goals": _goals_out(plan, day),
    }


@router.post(
    "/teams/{slug}/months/{month}/goals", response={201: dict[str, int]}, operation_id="add_goal"
)
def post_goal(request: SignedInRequest, slug: str, month: str, goal: GoalIn) -> object:
    """Add a goal on a metric of the catalogue."""
    access = access_for(request.auth, slug, Capability.PLAN)
    made = add_goal(
        access=access,
        plan=plan_in(access.team, month),
        metric=goal.metric,
        targets=Targets(goal.must, goal.stretch),
        label=goal.label,
    )
    return Status(201, {"id": made.pk})


def plan_in(team: Team, month: str) -> MonthPlan:
    """Http404 when there is no such month, or no plan for it."""
    try:
        plan = plan_of(team, Month.parse(month))
    except ValueError as error:
        raise Http404(_("「%(month)s」不是月份，请写成 2025-05。") % {"month": month}) from error
    if plan is None:
        raise Http404(_("%(month)s 还没有月度计划。") % {"month": month})
    return plan


def counted_day(plan: MonthPlan, asked: date | None) -> date:
    """Up to when the pages count, too."""
    today = timezone.localdate()
    day = min(asked or today, today, plan.month.last)
    return known_until(plan.team, plan.month, day, today=today)


def _goals_out(plan: MonthPlan, day: date) -> list[dict[str, object]]:
    """Every goal, with the targets that were locked where a change made them others."""
    amendments = amendments_of(plan)
    progresses = progress_of(plan, as_of=day)
    paces = _paces(plan, progresses, day)
    told = []
    for progress in progresses:
        old = amendments.old_targets(progress.goal)
        now = goal_out(progress, paces[progress.goal.pk])
        told.append(now | {"old_must": old.must, "old_stretch": old.stretch})
    return told


def _paces(plan: MonthPlan, progresses: Sequence[GoalProgress], day: date) -> dict[int, Pace]:
    """As 本月 says them: by the forecast; once the month is over nothing runs."""
    if day == plan.month.last < timezone.localdate():
        return {progress.goal.pk: Pace.UNKNOWN for progress in progresses}
    goals = [progress.goal for progress in progresses]
    outlooks = planned_outlooks(plan, goals, as_of=day)
    told = {goal.pk: outlooks.get(goal.pk) for goal in goals}
    return {progress.goal.pk: pace_of(progress, told[progress.goal.pk]) for progress in progresses}


def goal_out(progress: GoalProgress, pace: Pace) -> dict[str, object]:
    goal = progress.goal
    return {
        "id": goal.pk,
        "metric": goal.metric,
        "name": goal.name,
        "dimension": goal.dimension,
        "unit": progress.metric.unit.value,
        "must": goal.must,
        "stretch": goal.stretch,
        "actual": progress.actual,
        "achievement": progress.achievement.ratio,
        "reason": progress.achievement.reason,
        "standing": progress.standing.value,
        "expected": progress.expected,
        "pace": pace.value,
        "covered_days": progress.covered_days,
        "note": progress.note,
    }
