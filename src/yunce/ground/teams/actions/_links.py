"""One-time links: a person signs in without a password, once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from yunce.ground.teams.models import SignInLink, User
from yunce.ground.teams.rules import hash_token

SIGN_IN_LINK_LIFE = timedelta(hours=24)


def make_sign_in_link(*, user: User) -> str:
    """A token that signs this person in once, within a day."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        user=user,
        token_hash=hash_token(token),
        expires_at=timezone.now() + SIGN_IN_LINK_LIFE,
    )
    return token
