"""What became of closed months after they were closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from ninja import Query, Router, Schema

from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries.defining import Span
from yunce.ground.facts.queries.restating import MOST, RestatedLine, lines_since_closing
from yunce.ground.facts.queries.spans import span_problem
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.batches import BatchOut, each_once
from yunce.outputs.api.ledger import known_value
from yunce.outputs.api.numbers import limit_of
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["ledger"])


class RevisionOut(Schema):
    """A number its month does not count: it was told after the closing."""

    metric: str
    name: str
    account_id: int
    account: str
    post: int | None  # null: the whole account
    title: str
    day: date
    segment: str
    is_new: bool  # at the closing there was no number
    old: float | None  # what the month was closed with and still counts
    new: float | None  # null: taken back
    told_by: int | None  # the batch of the old value
    changed_by: int | None


class RevisionsOut(Schema):
    changes: list[RevisionOut]
    batches: list[BatchOut]  # every batch the changes name


@router.get(
    "/teams/{slug}/restatements/since-closing",
    response=RevisionsOut,
    operation_id="list_revisions",
)
def list_revisions(
    request: SignedInRequest,
    slug: str,
    start: Annotated[date, Query(alias="from")],
    end: Annotated[date, Query(alias="to")],
    limit: int = 100,
) -> object:
    """Numbers of closed months that are others since, or new: the newest month first."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    if problem := span_problem(start, end):
        raise ValidationError({"from": problem})
    lines = lines_since_closing(team, Span(start, end), most=limit_of(limit, MOST))
    return {"changes": [_told(line) for line in lines], "batches": _tellers(lines)}


def _tellers(lines: Iterable[RestatedLine]) -> list[Batch]:
    return each_once(batch for line in lines for batch in (line.told_by, line.changed_by))


def _told(line: RestatedLine) -> dict[str, Any]:
    key = line.key
    return {
        "metric": key.metric,
        "name": line.metric.name if line.metric else "",
        "account_id": key.account,
        "account": line.account.name if line.account else "",
        "post": key.post or None,
        "title": str(line.post or ""),
        "day": key.day,
        "segment": key.segment,
        "is_new": not line.old,
        "old": known_value(line.old[0]) if line.old else None,
        "new": known_value(line.new),
        "told_by": line.told_by.pk if line.told_by else None,
        "changed_by": line.changed_by.pk if line.changed_by else None,
    }
