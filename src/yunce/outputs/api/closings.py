"""Closing a month, opening it again, closing it anew; every closing there ever was."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Schema

from yunce.ground.facts.actions import reclose_month
from yunce.ground.facts.queries.closings import ClosingLine, closings_ever
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import reopen
from yunce.loop.plans.actions import close
from yunce.outputs.api.ledger import month_named
from yunce.outputs.api.months import plan_in
from yunce.outputs.api.plans import ReasonIn
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["ledger"])
MONTH = "/teams/{slug}/months/{month}"


class ClosingOut(Schema):
    """One closing; of a month at most one holds."""

    month: str
    closed_at: datetime
    closed_by: str
    reason: str  # why the month was closed anew
    batch: int  # the newest import that counts
    holds: bool
    ended_at: datetime | None  # opened again, or closed anew
    ended_by: str
    changed_since: int  # numbers that are others now, while it holds


@router.get("/teams/{slug}/closings", response=list[ClosingOut], operation_id="list_closings")
def list_closings(request: SignedInRequest, slug: str, month: str = "") -> object:
    """Every closing, those that ended too: the newest month first, in it the newest closing."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    wanted = month_named(month) if month else None
    return [_told(line) for line in closings_ever(team, wanted)]


@router.post(f"{MONTH}/close", response=ClosingOut, operation_id="close_month")
def post_close(request: SignedInRequest, slug: str, month: str) -> object:
    """关账: the month's numbers, plan and words stay as they are now."""
    access = access_for(request.auth, slug, Capability.PLAN)
    plan = plan_in(access.team, month)
    close(access=access, plan=plan)
    return _newest(access.team, plan.month)


@router.post(f"{MONTH}/reopen", response=ClosingOut, operation_id="reopen_month")
def post_reopen(request: SignedInRequest, slug: str, month: str) -> object:
    """重新开账: numbers and words may change again; the closing stays in the history."""
    access = access_for(request.auth, slug, Capability.PLAN)
    plan = plan_in(access.team, month)
    reopen(access=access, plan=plan)
    return _newest(access.team, plan.month)


@router.post(f"{MONTH}/reclose", response=ClosingOut, operation_id="reclose_month")
def post_reclose(request: SignedInRequest, slug: str, month: str, words: ReasonIn) -> object:
    """Close a closed month anew by the numbers as they are now, with the reason."""
    access = access_for(request.auth, slug, Capability.PLAN)
    wanted = month_named(month)
    reclose_month(access=access, month=wanted, reason=words.reason)
    return _newest(access.team, wanted)


def _newest(team: Team, month: Month) -> dict[str, object]:
    return _told(closings_ever(team, month)[0])


def _told(line: ClosingLine) -> dict[str, object]:
    closing = line.closing
    return {
        "month": str(closing.of_month),
        "closed_at": closing.closed_at,
        "closed_by": closing.closer,
        "reason": closing.reason,
        "batch": closing.batch,
        "holds": closing.ended_at is None,
        "ended_at": closing.ended_at,
        "ended_by": closing.ended_by.name if closing.ended_by else "",
        "changed_since": line.changed,
    }
