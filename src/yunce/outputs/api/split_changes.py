"""Changing how a goal is split while its plan stands: put to the others, with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions import part_texts, propose_split, words_held, written
from yunce.loop.goals.models import Goal, Part, PartKind, PartWords, Shape
from yunce.loop.goals.queries import goals_of
from yunce.outputs.api.months import plan_in
from yunce.outputs.api.numbers import Number
from yunce.outputs.api.plans import ChangeOut, change_answer
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["plans"])
Act = Literal[
    "add",
    "change",
    "amount",
    "remove",
    "fill",
    "shape",
    "day",
    "week",
    "baseline",
    "importance",
    "order",
]
NEEDED: Mapping[str, tuple[str, ...]] = {
    "add": ("name",),
    "change": ("part",),
    "amount": ("part", "amount"),
    "remove": ("part",),
    "fill": ("how",),
    "shape": ("shape",),
    "day": ("day",),  # without an amount the day is no exception any more
    "week": ("week", "amount"),
    "baseline": ("baseline",),
    "importance": ("importance",),
    "order": ("order",),
}
WORDS = tuple(PartWords.__dataclass_fields__)


class SplitIn(Schema):
    """`act` says what is wanted; of the rest only what that act needs."""

    act: Act
    reason: str
    part: Number | None = None
    parent: Number | None = None  # of a part to add; null: of the goal itself
    amount: Decimal | None = None
    keep: bool = False  # the parts beside it give or take the difference
    name: str | None = None
    kind: PartKind | None = None
    weight: Decimal | None = None
    unit: str | None = None
    owner: Number | None = None
    metric: str | None = None
    account: Number | None = None
    platform: str | None = None
    segment: str | None = None
    how: Literal["weeks", "last", "copy"] | None = None
    shape: Shape | None = None
    day: date | None = None
    week: date | None = None  # its Monday
    baseline: Decimal | None = None
    importance: Literal[1, 2, 3] | None = None  # 3 weighs most
    order: list[Number] | None = None  # every goal of the month


@router.post(
    "/teams/{slug}/months/{month}/goals/{int:goal_id}/split-changes",
    response={201: ChangeOut},
    operation_id="propose_split_change",
)
def post_change(
    request: SignedInRequest, slug: str, month: str, goal_id: int, wish: SplitIn
) -> object:
    """Propose other parts, another curve or weight of a goal whose plan stands.

    It waits until somebody else agrees; where nobody else could, it is done at once.
    """
    access = access_for(request.auth, slug, Capability.PLAN)
    goal = get_object_or_404(goals_of(plan_in(access.team, month)), pk=goal_id)
    _refuse_unsaid(wish)
    change = propose_split(
        access=access, goal=goal, act=wish.act, args=_texts(goal, wish), reason=wish.reason
    )
    return Status(201, change_answer(change))


def _refuse_unsaid(wish: SplitIn) -> None:
    unsaid = [name for name in NEEDED[wish.act] if getattr(wish, name) is None]
    if unsaid:
        words = {"act": wish.act}
        sentence = _("act 为 %(act)s 时要写这一项。") % words
        raise ValidationError(dict.fromkeys(unsaid, sentence))


def _texts(goal: Goal, wish: SplitIn) -> dict[str, str]:
    """What is wanted, as texts that wait with the change."""
    said = {
        name: _text(getattr(wish, name))
        for name in wish.model_fields_set - {"act", "reason"}
        if getattr(wish, name) is not None or name in WORDS
    }
    if wish.act == "add":
        return {**dict.fromkeys(WORDS, ""), "kind": PartKind.LEAF.value, **said}
    if wish.act == "change":
        return {**part_texts(words_held(_part(goal, wish))), **said}
    return {"amount": "", **said, "keep": "1" if wish.keep else ""}


def _part(goal: Goal, wish: SplitIn) -> Part:
    found = Part.objects.filter(goal=goal, pk=wish.part or 0).first()
    if found is None:
        words = {"part": wish.part}
        raise ValidationError({"part": _("这个目标没有第 %(part)s 号部分。") % words})
    return found


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "" if value is None else str(value)
