"""Everything that was ever said of one stored value, and by whom."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Router

from yunce.engines.metrics import FactKey
from yunce.ground.channels.queries import account_in
from yunce.ground.facts.queries import batches_by_number, kept_batches
from yunce.ground.facts.queries.restating import stated_of
from yunce.ground.facts.queries.versioning import catalogue_with
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.outputs.api.batches import BatchOut
from yunce.outputs.api.ledger import RestatementOut, restatement_answer
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["metrics"])


class HistoryOut(RestatementOut):
    batches: list[BatchOut]


@router.get("/teams/{slug}/metrics/{code}/history", response=HistoryOut, operation_id="get_history")
def get_history(
    request: SignedInRequest,
    slug: str,
    code: str,
    account_id: int,
    day: date,
    post: int | None = None,
    segment: str = "",
) -> object:
    """Every value one stored number was given and that was not undone, the oldest first."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    metric = catalogue_with(team, code).metric(code)
    if metric.formula is not None:
        words = {"name": metric.name}
        raise ValidationError({"code": _("「%(name)s」由公式算出，没有自己的记录。") % words})
    account = account_in(team, account_id)
    found = stated_of(FactKey(team.pk, account.pk, post or 0, code, day, segment))
    if found is None:
        raise Http404
    kept = kept_batches(team, day, day).get(Month.of(day))
    tellers = batches_by_number(team, (row.batch for row in found.stated))
    return restatement_answer(found, kept) | {"batches": list(tellers.values())}
