"""Posts compared at equal age, and what makes a difference: 内容对比 for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Router, Schema

from yunce.ground.channels.queries import account_in, all_accounts_of
from yunce.ground.facts.queries.contents import Compared, Contents, Grouping, compare
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.numbers import limit_of
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["judgement"])
MOST = 500
MetricCode = Literal["post_views", "post_likes", "post_comments", "post_shares", "post_saves"]


class ComparedOut(Schema):
    """``multiple`` and ``percentile`` are null with fewer than 20 posts to compare with."""

    post: int
    title: str
    account_id: int
    published_at: datetime
    value: float  # at that age
    multiple: float | None  # of the account's own median of the 90 days before
    percentile: float | None  # 0 … 100
    place: int  # among its account's posts of the period, 1 = best
    of: int


class GroupOut(Schema):
    """Shares of the mean of all the posts compared: 0.2 = a fifth more."""

    group: str
    posts: int
    effect: float  # shrunken
    low: float  # 90 %
    high: float


class GroupingOut(Schema):
    by: str
    status: str  # ok or insufficient
    reason: str
    no_difference: bool
    best: str | None
    best_at_least: float | None  # the low end: the best was picked because it looked best
    groups: list[GroupOut]
    unsaid: int


class ContentsOut(Schema):
    start: date | None
    end: date | None
    count: int
    without_value: int  # too young, or not looked at around that age
    posts: list[ComparedOut]
    groupings: list[GroupingOut]


@router.get("/teams/{slug}/posts/comparison", response=ContentsOut, operation_id="compare_posts")
def compare_posts(
    request: SignedInRequest,
    slug: str,
    metric: MetricCode = "post_views",
    age: Literal[1, 7, 30] = 7,
    days: Literal[30, 90, 180, 365] = 90,
    account_id: int | None = None,
    platform: str = "",
    limit: int = 100,
    offset: int = 0,
) -> object:
    """Posts of the ``days`` up to the newest, ``age`` days after publishing; best first."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    accounts = [account_in(team, account_id).pk] if account_id is not None else []
    if platform:
        on_platform = all_accounts_of(team).filter(platform=platform)
        fitting = set(on_platform.values_list("pk", flat=True))
        accounts = [pk for pk in accounts or fitting if pk in fitting]
        if not accounts:
            return _told(None, 0, 0)
    today = timezone.localdate()
    found = compare(team, metric=metric, age=age, days=days, today=today, accounts=accounts)
    return _told(found, max(0, offset), limit_of(limit, MOST))


def _told(found: Contents | None, first: int, many: int) -> dict[str, Any]:
    if found is None:
        nothing = {"start": None, "end": None, "count": 0, "without_value": 0}
        return {**nothing, "posts": [], "groupings": []}
    return {
        "start": found.start,
        "end": found.end,
        "count": len(found.posts),
        "without_value": found.without,
        "posts": [_post(each) for each in found.posts[first : first + many]],
        "groupings": [_grouping(each) for each in found.groupings],
    }


def _post(each: Compared) -> dict[str, Any]:
    return {
        "post": each.post.number,
        "title": each.post.title,
        "account_id": each.post.account,
        "published_at": each.post.published_at,
        "value": each.ranked.value,
        "multiple": each.ranked.multiple,
        "percentile": each.ranked.percentile,
        "place": each.place,
        "of": each.of,
    }


def _grouping(each: Grouping) -> dict[str, Any]:
    effects, claim = each.effects, each.effects.claim
    groups = [
        {
            "group": group.group,
            "posts": group.count,
            "effect": group.effect,
            "low": group.lo,
            "high": group.hi,
        }
        for group in effects.groups
    ]
    return {
        "by": each.name,
        "status": effects.status.value,
        "reason": effects.reason,
        "no_difference": effects.are_equal,
        "best": claim.group if claim else None,
        "best_at_least": claim.lo if claim else None,
        "groups": groups,
        "unsaid": each.unsaid,
    }
