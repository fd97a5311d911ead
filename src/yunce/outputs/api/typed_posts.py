"""Numbers of posts typed by hand, as they stood on one day."""

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
from yunce.ground.imports.actions import save_post_grid
from yunce.ground.imports.queries.typed import (
    PostPlace,
    day_cells,
    heads_of,
    post_grid_metrics,
    post_stored,
)
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.days import EARLIEST
from yunce.kit.text import listed
from yunce.outputs.api.numbers import Number
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
VALUES = "/teams/{slug}/accounts/{int:account_id}/post-values/{day}"


class PostValueIn(CellIn):
    post: Number


class PostValuesIn(Schema):
    values: list[PostValueIn]


@router.get(VALUES, response=list[KnownCellOut], operation_id="list_typed_post_values")
def list_post_values(
    request: SignedInRequest, slug: str, account_id: int, day: date, metrics: str = ""
) -> object:
    """What is stated of the account's posts for a day and may be typed; who said what of each."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return [
        known_cell(each) for each in day_cells(account_in(team, account_id), day, listed(metrics))
    ]


@router.put(
    VALUES,
    response={200: WrittenOut, 409: TypedRefusedOut, 422: TypedRefusedOut},
    operation_id="put_typed_post_values",
)
def put_post_values(
    request: SignedInRequest, slug: str, account_id: int, day: date, sheet: PostValuesIn
) -> object:
    """Write numbers of posts as snapshots of a day; otherwise as the account's own numbers."""
    access = access_for(request.auth, slug, Capability.RECORD)
    account = account_in(access.team, account_id)
    heads = heads_of(account, (each.post for each in sheet.values))
    _refuse_misplaced(sheet, day, heads)
    places = {(each.metric, heads[each.post]): each for each in sheet.values}
    done = save_post_grid(
        access=access,
        account=account,
        day=day,
        typed=wanted_cells(post_grid_metrics(), places, post_stored(account, places.keys(), day)),
        today=timezone.localdate(),
    )
    if done.wrong:
        return cell_problems(done.wrong.values())
    now = post_stored(account, places.keys(), day)
    return written(done.recorded, [_standing(place, day, now) for place in places])


def _refuse_misplaced(sheet: PostValuesIn, day: date, heads: Mapping[int, int]) -> None:
    refuse_too_many(sheet.values)
    problems = {}
    if day < EARLIEST:
        problems["day"] = _("%(day)s 太早了，应在 2009-01-01 之后。") % {"day": day}
    for number, each in enumerate(sheet.values):
        words = {"code": each.metric, "post": each.post}
        if each.metric not in post_grid_metrics():
            sentence = _("「%(code)s」不是作品上可以手工填的指标。")
            problems[f"values.{number}.metric"] = sentence % words
        if each.post not in heads:
            problems[f"values.{number}.post"] = _("这个账号没有第 %(post)d 号作品。") % words
    if problems:
        raise ValidationError(problems)


def _standing(place: PostPlace, day: date, now: Mapping[PostPlace, StoredRow]) -> dict[str, Any]:
    code, post = place
    return {"metric": code, "post": post, "day": day, **value_of(now.get(place))}
