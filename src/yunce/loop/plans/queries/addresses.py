"""Reading secret addresses: what a token opens, and which ones there are."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from yunce.ground.teams.models import Member
from yunce.ground.teams.rules import Capability, SecretState, hash_token, may, state_of_secret
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.models import Feed, Share

Opened = TypeVar("Opened", Feed, Share)


def living(addresses: QuerySet[Opened]) -> QuerySet[Opened]:
    """Neither revoked nor expired."""
    not_over = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    return addresses.filter(not_over, revoked_at=None)


def is_living(address: Feed | Share) -> bool:
    state = state_of_secret(
        used_at=None,  # opened as often as people like
        expires_at=address.expires_at,
        revoked_at=address.revoked_at,
        now=timezone.now(),
    )
    return state is SecretState.OPEN


def feed_behind(token: str) -> Feed | None:
    """The feed a token opens. Its person must still be in the team and may see what it tells."""
    feeds = Feed.objects.select_related("member__team", "member__user")
    feed = living(feeds).filter(token_hash=hash_token(token), member__left_at=None).first()
    if feed is None or not feed.member.user.is_active:
        return None
    return feed if may(feed.member.role, Capability.SEE_ALL) else None


def share_behind(token: str) -> Share | None:
    """The share a token opens; nothing tells an expired one from one that never was."""
    shares = Share.objects.select_related("plan__team")
    return living(shares).filter(token_hash=hash_token(token)).first()


def feeds_of(member: Member) -> QuerySet[Feed]:
    return living(Feed.objects.filter(member=member))


def shares_of(plan: MonthPlan) -> QuerySet[Share]:
    """The month's, the newest first, also the ones that are over: people ask who had one."""
    return plan.shares.select_related("made_by__user")
