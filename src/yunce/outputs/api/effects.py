"""Did it work: what may be asked about, and an effect with its interval. 有没有用 for programs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from django.utils import timezone
from ninja import Query, Router, Schema

from yunce.ground.channels.queries import account_in
from yunce.ground.facts.queries.effects import trial
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.reviews.queries.deeds import deeds_of
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["judgement"])
LOOKED_BACK = timedelta(days=400)


class DeedOut(Schema):
    key: str
    kind: str  # task, improvement or day
    title: str
    start: date
    end: date
    metric: str  # of the goal it serves; empty when it serves none


class EffectOut(Schema):
    """Shares of what was to be expected: 0.3 = 30 % more. All null with a ``reason``."""

    metric: str
    start: date
    end: date
    lift: float | None
    low: float | None  # 90 %
    high: float | None
    verdict: str | None  # worked, unclear, harmed
    smallest_visible: float | None
    placebos: int  # windows in which nothing happened, that the interval rests on
    others: float | None  # what the controls did meanwhile; null without controls
    treated: list[int]
    controls: list[int]
    without_numbers: list[int]
    assumptions: list[str]
    reason: str


@router.get("/teams/{slug}/deeds", response=list[DeedOut], operation_id="list_deeds")
def list_deeds(request: SignedInRequest, slug: str, since: date | None = None) -> object:
    """Tasks with days, improvements and the calendar's own days, the newest first, at most 60."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    today = timezone.localdate()
    return deeds_of(team, today=today, since=since or today - LOOKED_BACK)


@router.get("/teams/{slug}/effect", response=EffectOut, operation_id="get_effect")
def get_effect(
    request: SignedInRequest,
    slug: str,
    metric: str,
    start: Annotated[date, Query(alias="from")],
    end: Annotated[date, Query(alias="to")],
    account_id: Annotated[list[int], Query(default_factory=list)],
) -> dict[str, Any]:
    """What a window of days did to a metric. Without ``account_id`` all accounts took part."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    accounts = [account_in(team, number).pk for number in account_id]
    today = timezone.localdate()
    found = trial(team, metric, start=start, end=end, today=today, accounts=accounts)
    effect = found.effect
    return {
        "metric": found.metric.code,
        "start": found.start,
        "end": found.end,
        "lift": effect.lift,
        "low": effect.lo,
        "high": effect.hi,
        "verdict": effect.verdict.value if effect.verdict else None,
        "smallest_visible": effect.mde,
        "placebos": effect.n_placebo,
        "others": effect.drift if effect.has_controls else None,
        "treated": list(found.treated),
        "controls": list(found.controls),
        "without_numbers": list(found.missing),
        "assumptions": list(effect.assumptions),
        "reason": effect.reason,
    }
