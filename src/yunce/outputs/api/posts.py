"""A team's posts, and what people say of them."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from yunce.ground.channels.queries import account_in
from yunce.ground.facts.actions import describe_post, describe_posts
from yunce.ground.facts.queries import post_in
from yunce.ground.facts.queries.posts import filtered_posts
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.numbers import Number, limit_of, offset_of
from yunce.outputs.api.post_answers import PostDetailOut, PostOut, post_detail
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["posts"])
MOST = 500


class PostsOut(Schema):
    count: int  # all there are
    posts: list[PostOut]


class DescriptionIn(Schema):
    """What is left out stays as it is; an empty text takes back what was said."""

    form: str | None = None
    series: str | None = None
    topic: str | None = None
    author: str | None = None
    original: bool | None = None

    @property
    def said(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.model_fields_set - {"posts"}}


class DescriptionsIn(DescriptionIn):
    posts: list[Number]


class DescribedOut(Schema):
    changed: int


@router.get("/teams/{slug}/posts", response=PostsOut, operation_id="list_posts")
def list_posts(
    request: SignedInRequest,
    slug: str,
    account_id: int | None = None,
    search: str = "",
    form: str = "",
    series: str = "",
    topic: str = "",
    author: str = "",
    limit: int = 100,
    offset: int = 0,
) -> object:
    """Posts exports told of, newest first, at most 500 at once.

    `form`, `series`, `topic` and `author` narrow to what is said of them; `-`: nothing is said.
    """
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    account = account_in(team, account_id) if account_id is not None else None
    said = {"form": form, "series": series, "topic": topic, "author": author}
    found = filtered_posts(team, account=account, search=search, said=said)
    first = offset_of(offset)
    return {
        "count": found.count(),
        "posts": list(found[first : first + limit_of(limit, MOST)]),
    }


@router.get("/teams/{slug}/posts/{int:post_id}", response=PostDetailOut, operation_id="get_post")
def get_post(request: SignedInRequest, slug: str, post_id: int) -> object:
    """One post, by any number it ever had: its numbers day by day, and what it was called."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return post_detail(team, post_in(team, post_id))


@router.patch("/teams/{slug}/posts/{int:post_id}", response=PostOut, operation_id="describe_post")
def patch_post(
    request: SignedInRequest, slug: str, post_id: int, description: DescriptionIn
) -> object:
    """Say a post's form, series, topic, author or whether it is original."""
    access = access_for(request.auth, slug, Capability.RECORD)
    post = post_in(access.team, post_id)
    return describe_post(access=access, post=post, said=description.said)


@router.post("/teams/{slug}/posts/describe", response=DescribedOut, operation_id="describe_posts")
def post_descriptions(request: SignedInRequest, slug: str, description: DescriptionsIn) -> object:
    """Say the same of many posts, at most 500: all of them, or none when one is not the team's."""
    access = access_for(request.auth, slug, Capability.RECORD)
    changed = describe_posts(access=access, numbers=description.posts, said=description.said)
    return {"changed": changed}
