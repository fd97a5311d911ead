"""Numbers of an account typed by hand: read, written and emptied, a month's at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from yunce.engines.metrics import StoredRow
from yunce.ground.channels.queries import account_in
from yunce.ground.imports.actions import save_grid
from yunce.ground.imports.queries.typed import (
    Place,
    grid_metrics,
    month_cells,
    stored,
)
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.kit.text import listed
from yunce.outputs.api.ledger import month_named
from yunce.outputs.api.request import SignedInRequest
from yunce.outputs.api.typed_cells import (
    CellIn,
    KnownCellOut,
    TypedRefusedOut,
    WrittenOut,
    cell_problems,
    known_cell,
    refuse_too_many,
    value_of,
    wanted_cells,
    written,
)

router = Router(tags=["typed values"])
VALUES = "/teams/{slug}/accounts/{int:account_id}/values/{month}"


class ValueIn(CellIn):
    day: date


class ValuesIn(Schema):
    values: list[ValueIn]


@router.get(VALUES, response=list[KnownCellOut], operation_id="list_typed_values")
def list_values(
    request: SignedInRequest, slug: str, account_id: int, month: str, metrics: str = ""
) -> object:
    """A month's numbers of the whole account that may be typed, and who said what of each.

    `metrics`: codes with commas between; all the account has when left out.
    """
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    account = account_in(team, account_id)
    return [known_cell(each) for each in month_cells(account, month_named(month), listed(metrics))]


@router.put(
    VALUES,
    response={200: WrittenOut, 409: TypedRefusedOut, 422: TypedRefusedOut},
    operation_id="put_typed_values",
)
def put_values(
    request: SignedInRequest, slug: str, account_id: int, month: str, sheet: ValuesIn
) -> object:
    """Write numbers in one import; null empties. One wrong or overtaken number: none is written.

    A number is in the base unit (rates as fractions), a text is read as on the page (`1.2万`).
    With `seen`, what the program saw there (null: nothing), a number somebody else wrote meanwhile
    is a conflict (409, with both values); without it the new one simply counts.
    """
    access = access_for(request.auth, slug, Capability.RECORD)
    account, wanted = account_in(access.team, account_id), month_named(month)
    _refuse_misplaced(sheet, wanted)
    places = {(each.metric, each.day): each for each in sheet.values}
    done = save_grid(
        access=access,
        account=account,
        month=wanted,
        typed=wanted_cells(grid_metrics(), places, stored(account, places.keys(), wanted)),
        today=timezone.localdate(),
    )
    if done.wrong:
        return cell_problems(done.wrong.values())
    now = stored(account, places.keys(), wanted)
    return written(done.recorded, [_standing(place, now) for place in places])


def _refuse_misplaced(sheet: ValuesIn, month: Month) -> None:
    refuse_too_many(sheet.values)
    problems = {}
    for number, each in enumerate(sheet.values):
        words = {"code": each.metric, "day": each.day, "month": month}
        if each.metric not in grid_metrics():
            sentence = _("「%(code)s」不是账号上可以手工填的指标。")
            problems[f"values.{number}.metric"] = sentence % words
        if each.day not in month:
            problems[f"values.{number}.day"] = _("%(day)s 不在 %(month)s 里。") % words
    if problems:
        raise ValidationError(problems)


def _standing(place: Place, now: Mapping[Place, StoredRow]) -> dict[str, Any]:
    code, day = place
    return {"metric": code, "day": day, **value_of(now.get(place))}
