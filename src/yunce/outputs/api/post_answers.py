"""What is told of posts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Schema

from yunce.ground.facts.models import Post
from yunce.ground.facts.queries.posts import identities_of, shown_title, snapshots_of
from yunce.ground.teams.models import Team


class PostOut(Schema):
    id: int
    account_id: int
    account: str
    title: str
    published_at: datetime | None
    form: str
    series: str
    topic: str
    author: str
    original: bool | None  # null: nobody has said

    @staticmethod
    def resolve_account(post: Post) -> str:
        return post.account.name


class IdentityOut(Schema):
    """What one export called the post."""

    id: int
    title: str
    batch: int | None  # the import that first told of it
    reason: str  # why it was found to be the same; empty of the one that is kept
    by: str  # who said so; empty: the program


class SnapshotOut(Schema):
    day: date
    age: int | None  # whole days after publishing
    values: dict[str, float | None]


class PostDetailOut(Schema):
    post: PostOut
    shown_title: str  # as last told
    identities: list[IdentityOut]  # in the order they came
    snapshots: list[SnapshotOut]  # newest first


def post_detail(team: Team, post: Post) -> dict[str, Any]:
    snapshots = snapshots_of(team, post, today=timezone.localdate())
    return {
        "post": post,
        "shown_title": shown_title(post),
        "identities": [_identity(each) for each in identities_of(post)],
        "snapshots": [
            {
                "day": row.day,
                "age": row.age,
                "values": {metric.code: value for metric, value in row.cells},
            }
            for row in snapshots.rows
        ],
    }


def _identity(post: Post) -> dict[str, Any]:
    return {
        "id": post.pk,
        "title": post.title,
        "batch": post.first_batch_id,
        "reason": post.same_reason,
        "by": post.same_by.name if post.same_by else "",
    }
