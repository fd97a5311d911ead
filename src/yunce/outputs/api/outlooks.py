"""A goal's outlook, pace and reasons: where its month is heading, since when, and why."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import Http404
from ninja import Router, Schema

from yunce.engines.explain import Row
from yunce.engines.forecasts import Level, levels, needed_per_day, pace
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries import GoalProgress, progress_of
from yunce.loop.goals.queries.outlook import basis_words, unsaid_reason
from yunce.loop.goals.queries.prospects import Prospect, prospects_of
from yunce.loop.goals.queries.reasons import reason_of
from yunce.loop.plans.queries.campaigns import campaign_days
from yunce.outputs.api.months import counted_day, plan_in
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["outlook"])
GOAL = "/teams/{slug}/months/{month}/goals/{goal_id}"


class OutlookOut(Schema):
    """The month's end as a distribution, in the metric's base unit; null is unknown, never 0."""

    goal: int
    as_of: date  # the last day whose numbers are looked at
    status: str  # ok · weak · insufficient
    reason: str  # what it rests on, or why nothing can be said
    flags: list[str]  # spike · gap · negative · level_shift · stopped · new_account · no_data
    q025: float | None
    q10: float | None
    q50: float | None
    q90: float | None
    q975: float | None
    p_must: float | None
    p_stretch: float | None
    proposed_must: float | None  # reached in about 7 months of 10
    proposed_stretch: float | None  # in about 1 of 4


class PaceDayOut(Schema):
    day: date
    p_must: float | None
    level: str  # calm · yellow · red · unknown


class PaceOut(Schema):
    """Alert levels: yellow below 0.3, red below 0.2, two days running; off above 0.5."""

    goal: int
    as_of: date
    level: str
    since: date | None
    expected: float  # by as_of, from the plan's curve
    needed_per_day: float | None  # of what accumulates, on every day left
    days: list[PaceDayOut]  # from the numbers as they are now


class PartOut(Schema):
    segment: list[str]  # empty: belongs to no part
    kind: str  # amount · rate · mix · num · den · offbase · unattributed
    value: float
    in_noise: bool | None


class ExplainOut(Schema):
    """`parts` add up to `delta` exactly. Without an explanation `reason` says why."""

    goal: int
    as_of: date
    against: str
    by: str
    before: float | None
    after: float | None
    delta: float | None
    reason: str
    note: str
    parts: list[PartOut]


@router.get(f"{GOAL}/outlook", response=OutlookOut, operation_id="get_outlook")
def get_outlook(
    request: SignedInRequest, slug: str, month: str, goal_id: int, as_of: date | None = None
) -> object:
    """How a goal's month may end, seen at the end of `as_of` (default: as of a month)."""
    goal, prospect = _asked(request, slug, month, goal_id, as_of)
    ending = prospect.ending
    said = ending is not None and ending.is_said
    proposal = prospect.proposal()
    return {
        "goal": goal.pk,
        "as_of": prospect.as_of,
        "status": ending.status.value if ending else "insufficient",
        "reason": "；".join(basis_words(ending))
        if ending and said
        else prospect.problem or unsaid_reason(ending),
        "flags": sorted(ending.flags) if ending else [],
        **{name: ending.q(level) if ending else None for name, level in _LEVELS.items()},
        "p_must": prospect.chance(goal.must) if goal.must else None,
        "p_stretch": prospect.chance(goal.stretch),
        "proposed_must": proposal.must,
        "proposed_stretch": proposal.stretch,
    }


_LEVELS = {"q025": 0.025, "q10": 0.1, "q50": 0.5, "q90": 0.9, "q975": 0.975}


@router.get(f"{GOAL}/pace", response=PaceOut, operation_id="get_pace")
def get_pace(
    request: SignedInRequest, slug: str, month: str, goal_id: int, as_of: date | None = None
) -> object:
    """How likely must was on every day gone by, and the alert level that follows."""
    goal, prospect = _asked(request, slug, month, goal_id, as_of)
    progress = _progress(goal, prospect.as_of)
    told = prospect.chances(goal.must) if goal.must else []
    chances = [p for _day, p in told]
    found = pace(chances)
    return {
        "goal": goal.pk,
        "as_of": prospect.as_of,
        "level": found.level.value,
        "since": None if found.since is None else told[found.since][0],
        "expected": progress.expected,
        "needed_per_day": _needed(progress),
        "days": _days(told, levels(chances)),
    }


@router.get(f"{GOAL}/explain", response=ExplainOut, operation_id="explain_goal")
def get_explain(
    request: SignedInRequest,
    slug: str,
    month: str,
    goal_id: int,
    by: Literal[
        "platform", "account", "owner", "group", "segment", "form", "series", "topic"
    ] = "platform",
    against: Literal["plan", "last_month", "last_year"] = "plan",
    as_of: date | None = None,
) -> object:
    """Why the number is not what its plan wanted by then, or what it was, in parts that add up."""
    goal, prospect = _asked(request, slug, month, goal_id, as_of)
    reason = reason_of(_progress(goal, prospect.as_of), against=against, by=by)
    found = reason.why.explanation if reason.why else None
    return {
        "goal": goal.pk,
        "as_of": prospect.as_of,
        "against": against,
        "by": by,
        "before": found.before if found else None,
        "after": found.after if found else None,
        "delta": found.delta if found else None,
        "reason": found.reason if found else reason.problem,
        "note": found.note if found else "",
        "parts": [_part(row) for row in found.rows] if found else [],
    }


def _asked(
    request: SignedInRequest, slug: str, month: str, goal_id: int, as_of: date | None
) -> tuple[Goal, Prospect]:
    """Http404 when the team's month has no such goal."""
    plan = plan_in(access_for(request.auth, slug, Capability.SEE_ALL).team, month)
    goal = next((each for each in plan.goals.all() if each.pk == goal_id), None)
    if goal is None:
        raise Http404
    goal.plan = plan
    day = counted_day(plan, as_of)
    days = campaign_days(plan.team, {goal.metric}, plan.month)
    return goal, prospects_of(plan, [goal], as_of=day, campaigns=days)[goal.pk]


def _progress(goal: Goal, as_of: date) -> GoalProgress:
    return next(each for each in progress_of(goal.plan, as_of=as_of) if each.goal.pk == goal.pk)


def _needed(progress: GoalProgress) -> float | None:
    if not progress.accumulates or progress.actual is None:
        return None
    left = progress.days - progress.elapsed
    return needed_per_day(float(progress.goal.must), float(progress.actual), left)


def _days(told: list[tuple[date, float | None]], found: list[Level]) -> list[dict[str, object]]:
    return [
        {"day": day, "p_must": p, "level": level.value}
        for (day, p), level in zip(told, found, strict=True)
    ]


def _part(row: Row) -> dict[str, object]:
    return {
        "segment": list(row.segment),
        "kind": row.kind.value,
        "value": row.value,
        "in_noise": row.is_noise,
    }
