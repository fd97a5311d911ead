"""What numbers are missing, and which of them a platform soon hands out no more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Router, Schema

from yunce.ground.facts.queries.checking import (
    ClosingWindow,
    Missing,
    closing_windows,
    still_missing,
)
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["ledger"])


class MissingOut(Schema):
    account_id: int
    account: str
    since: date | None  # first day without; null: longer than was looked back


class ClosingWindowOut(Schema):
    """Days an account lacks; the platform exports the first of them until a day."""

    account_id: int
    account: str
    days: list[date]
    until: date


class MissingAnswerOut(Schema):
    day: date | None  # yesterday; null: nothing is missing, or nobody has looked yet
    missing: list[MissingOut]
    closing: list[ClosingWindowOut]  # the most urgent first


@router.get("/teams/{slug}/missing", response=MissingAnswerOut, operation_id="list_missing")
def list_missing(request: SignedInRequest, slug: str) -> object:
    """What today's check found and has not come in since."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    today = timezone.localdate()
    found = still_missing(team, today)
    return {
        "day": found.day if found else None,
        "missing": [_missing(each) for each in found.missing] if found else [],
        "closing": [_window(each) for each in closing_windows(team, today)],
    }


def _missing(each: Missing) -> dict[str, Any]:
    return {"account_id": each.account.pk, "account": each.account.name, "since": each.since}


def _window(each: ClosingWindow) -> dict[str, Any]:
    account = each.account
    return {
        "account_id": account.pk,
        "account": account.name,
        "days": list(each.days),
        "until": each.until,
    }
