"""Which days have numbers, and which numbers were changed after they were first told."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Annotated

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from yunce.engines.metrics import Restatement, check_period
from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.facts.queries import closed_months, coverage, kept_batches, restatements
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.outputs.api.numbers import limit_of
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["ledger"])
MOST = 1000


class CoverageOut(Schema):
    account_id: int
    account: str
    days: list[date]  # with any number
    covered_days: int


class MonthCoverageOut(Schema):
    month: str
    days: int
    is_closed: bool
    accounts: list[CoverageOut]


class StatedOut(Schema):
    batch: int | None  # null: a batch that is no more
    value: float | None  # null: taken back


class RestatementOut(Schema):
    metric: str
    account_id: int
    post: int | None  # null: the whole account
    day: date
    segment: str
    stated: list[StatedOut]  # oldest batch first
    # The batch whose value counts: the newest, or of a closed month the newest at its closing.
    counts: int | None


@router.get(
    "/teams/{slug}/coverage/{month}", response=MonthCoverageOut, operation_id="get_coverage"
)
def get_coverage(request: SignedInRequest, slug: str, month: str) -> object:
    """Every account's days of a month (`2025-05`) that have any number."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    wanted = month_named(month)
    covered = coverage(team, wanted)
    return {
        "month": str(wanted),
        "days": wanted.day_count,
        "is_closed": wanted in closed_months(team),
        "accounts": [
            {
                "account_id": account.pk,
                "account": account.name,
                "days": sorted(covered.get(account.pk, ())),
                "covered_days": len(covered.get(account.pk, ())),
            }
            for account in all_accounts_of(team)
        ],
    }


@router.get(
    "/teams/{slug}/restatements", response=list[RestatementOut], operation_id="list_restatements"
)
def list_restatements(
    request: SignedInRequest,
    slug: str,
    start: Annotated[date, Query(alias="from")],
    end: Annotated[date, Query(alias="to")],
    metric: str | None = None,
    limit: int = 100,
) -> object:
    """Values of a period that a later import changed, newest change first, at most 1000."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    check_period(start, end)
    limit = limit_of(limit, MOST)
    found = restatements(team, start, end, limit=limit, metric=metric)
    kept = kept_batches(team, start, end)
    return [restatement_answer(each, kept.get(Month.of(each.key.day))) for each in found]


def restatement_answer(restated: Restatement, kept: int | None) -> dict[str, object]:
    key = restated.key
    counting = [row.batch for row in restated.stated if kept is None or row.batch <= kept]
    return {
        "metric": key.metric,
        "account_id": key.account,
        "post": key.post or None,
        "day": key.day,
        "segment": key.segment,
        "stated": [
            {"batch": row.batch, "value": known_value(row.value)} for row in restated.stated
        ],
        "counts": counting[-1] if counting else None,
    }


def known_value(value: float) -> float | None:
    """Null for what was taken back."""
    return None if isnan(value) else value


def month_named(text: str) -> Month:
    """Http404 when it is no month."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(_("「%(month)s」不是月份，请写成 2025-05。") % {"month": text}) from error
