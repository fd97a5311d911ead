"""Which posts are one: joined, told apart, asked about."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Router, Schema

from yunce.ground.channels.queries import account_in
from yunce.ground.facts.actions import answer_doubt, merge_posts, split_post
from yunce.ground.facts.models import PostDoubt
from yunce.ground.facts.queries import post_in
from yunce.ground.facts.queries.posts import (
    candidates_for,
    doubt_in,
    identities_of,
    open_doubts,
)
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.numbers import Number
from yunce.outputs.api.post_answers import PostDetailOut, PostOut, post_detail
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["posts"])
POST = "/teams/{slug}/posts/{int:post_id}"


class DoubtOut(Schema):
    id: int
    reason: str
    post: PostOut
    other: PostOut  # the older one, which is kept when they are one


class OtherIn(Schema):
    other: Number


class AnswerIn(Schema):
    answer: Literal["same", "different"]


@router.get(f"{POST}/candidates", response=list[PostOut], operation_id="list_post_candidates")
def list_candidates(request: SignedInRequest, slug: str, post_id: int, search: str = "") -> object:
    """Posts of the account it might be one with: those found, else the nearest in time."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return candidates_for(post_in(team, post_id), search)


@router.post(f"{POST}/merge", response=PostDetailOut, operation_id="merge_posts")
def post_merge(request: SignedInRequest, slug: str, post_id: int, with_: OtherIn) -> object:
    """From now on both are answered as the post of the address; no number is touched."""
    access = access_for(request.auth, slug, Capability.RECORD)
    kept, other = post_in(access.team, post_id), post_in(access.team, with_.other)
    return post_detail(access.team, merge_posts(access=access, kept=kept, other=other))


@router.post(f"{POST}/split", response=PostDetailOut, operation_id="split_post")
def post_split(request: SignedInRequest, slug: str, post_id: int) -> object:
    """A post that was found to be another is one of its own again, with all its own numbers."""
    access = access_for(request.auth, slug, Capability.RECORD)
    head = post_in(access.team, post_id)
    own = next((each for each in identities_of(head) if each.pk == post_id), head)
    return post_detail(access.team, split_post(access=access, post=own))


@router.get("/teams/{slug}/posts/doubts", response=list[DoubtOut], operation_id="list_doubts")
def list_doubts(request: SignedInRequest, slug: str, account_id: int | None = None) -> object:
    """Pairs of posts that may be one and nobody has decided about."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    account = account_in(team, account_id) if account_id is not None else None
    return [_doubt(doubt) for doubt in open_doubts(team, account=account)]


@router.post(
    "/teams/{slug}/posts/doubts/{int:doubt_id}", response=PostDetailOut, operation_id="answer_doubt"
)
def post_decision(request: SignedInRequest, slug: str, doubt_id: int, said: AnswerIn) -> object:
    """They are one (the older is kept), or they are two and nobody is asked again."""
    access = access_for(request.auth, slug, Capability.RECORD)
    doubt = doubt_in(access.team, doubt_id)
    answer_doubt(access=access, doubt=doubt, is_same=said.answer == "same")
    return post_detail(access.team, post_in(access.team, doubt.post_id))


def _doubt(doubt: PostDoubt) -> dict[str, Any]:
    return {"id": doubt.pk, "reason": doubt.reason, "post": doubt.post, "other": doubt.other}
