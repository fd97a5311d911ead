"""From a number to its rows, and from each row to the batches that told it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from yunce.ground.channels.queries import account_in
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import post_in
from yunce.ground.facts.queries.behind import Asked, Behind, BehindRow, Told, behind
from yunce.ground.facts.queries.made_of import BehindPart
from yunce.ground.facts.queries.spans import span_asked, span_problem
from yunce.ground.facts.queries.versioning import catalogue_with
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.answers import closed_answer
from yunce.outputs.api.batches import BatchOut, each_once
from yunce.outputs.api.ledger import StatedOut, known_value
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["metrics"])


class PartOut(Schema):
    """One stored metric the number is made of."""

    metric: str
    name: str
    unit: str
    value: float | None
    reason: str


class RowOut(Schema):
    """One stored value; `batch` is the line of the ledger that told it."""

    day: date
    account_id: int
    account: str
    post: int | None  # null: the whole account
    title: str
    segment: str
    value: float
    batch: int
    apart: str  # why it does not count (segment, other_grain …); empty: it counts
    why: str  # the same in words
    weight: float | None  # of a mean
    before: list[StatedOut]  # values since changed, oldest first
    since: StatedOut | None  # what it is now, when its month closed with another value


class ChangedMonthOut(Schema):
    month: str
    closed_on: date
    changed_since: int
    note: str


class RowsOut(Schema):
    """A number opened up. `changed`: closed months that have other values since."""

    metric: str
    name: str
    unit: str
    start: date
    end: date
    account_id: int | None
    post: int | None
    value: float | None
    reason: str
    formula: str  # read aloud; empty when the number is stored as it is
    parts: list[PartOut]
    part: str  # whose rows are listed
    counted: int
    apart: int
    page: int
    pages: int
    rows: list[RowOut]
    batches: list[BatchOut]  # every batch the rows name
    changed: list[ChangedMonthOut]


@router.get("/teams/{slug}/metrics/{code}/rows", response=RowsOut, operation_id="list_rows")
def list_rows(
    request: SignedInRequest,
    slug: str,
    code: str,
    start: Annotated[date | None, Query(alias="from")] = None,
    end: Annotated[date | None, Query(alias="to")] = None,
    account_id: int | None = None,
    post: int | None = None,
    part: str = "",
    show_all: Annotated[bool, Query(alias="all")] = False,
    page: int = 1,
) -> object:
    """The stored rows behind a number, the newest day first, 100 a page.

    Without days: the last 30 with numbers; of one `post` all its days. A computed metric is
    opened to its `parts`; `part` names the one whose rows are listed. `all=true` lists rows that
    do not count too, each with why.
    Days of a closed month are told as it was closed.
    """
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    if problem := span_problem(start, end):
        raise ValidationError({"from": problem})
    of_post = post_in(team, post) if post is not None else None
    span = span_asked(team, start, end, post=of_post)
    known = catalogue_with(team, code, on=span.end)
    asked = Asked(
        span=span,
        account=account_in(team, account_id) if account_id is not None else None,
        post=of_post,
        part=part,
        page=str(max(1, page)),
        shows_all=show_all,
    )
    found = behind(team, known.metric(code), known, asked)
    if part and found.part.metric.code != part:
        raise ValidationError({"part": _no_such_part(found)})
    return _opened(found)


def _no_such_part(found: Behind) -> str:
    names = "、".join(part.metric.code for part in found.parts)
    return _("这个数由 %(names)s 组成，请从中选一个。") % {"names": names}


def _opened(found: Behind) -> dict[str, Any]:
    return {
        "metric": found.metric.code,
        "name": found.metric.name,
        "unit": found.metric.unit.value,
        "start": found.span.start,
        "end": found.span.end,
        "account_id": found.account.pk if found.account else None,
        "post": found.post.pk if found.post else None,
        "value": found.value,
        "reason": found.reason,
        "formula": found.spoken,
        "parts": [_part(part) for part in found.parts],
        "part": found.part.metric.code,
        "counted": found.counted,
        "apart": found.apart,
        "page": found.pages.number,
        "pages": found.pages.paginator.num_pages,
        "rows": [_row(row) for row in found.rows],
        "batches": _named(found.rows),
        "changed": [closed_answer(since) for since in found.changed],
    }


def _part(part: BehindPart) -> dict[str, Any]:
    return {
        "metric": part.metric.code,
        "name": part.metric.name,
        "unit": part.metric.unit.value,
        "value": part.value,
        "reason": part.reason,
    }


def _row(each: BehindRow) -> dict[str, Any]:
    row = each.row
    return {
        "day": row.day,
        "account_id": row.account,
        "account": each.account.name if each.account else "",
        "post": row.post or None,
        "title": str(each.post or ""),
        "segment": row.segment,
        "value": row.value,
        "batch": row.batch,
        "apart": each.apart or "",
        "why": each.why_apart,
        "weight": each.weight,
        "before": [_stated(told) for told in each.before],
        "since": _stated(each.since) if each.since else None,
    }


def _stated(told: Told) -> dict[str, Any]:
    return {"batch": told.batch.pk if told.batch else None, "value": known_value(told.value)}


def _named(rows: Iterable[BehindRow]) -> list[Batch]:
    told = (each.batch for row in rows for each in (*row.before, row.since) if each)
    return each_once((*(row.batch for row in rows), *told))
