"""One-time links: a person signs in without a password, once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import SignInLink, User
from yunce.ground.teams.queries import sign_in_link_for
from yunce.ground.teams.rules import SecretState, hash_token

SIGN_IN_LINK_LIFE = timedelta(hours=24)


class SpentLinkError(Exception):
    """A link that no longer opens anything; `state` says why."""

    def __init__(self, state: SecretState) -> None:
        super().__init__(state.value)
        self.state = state


def make_sign_in_link(*, user: User) -> str:
    """A token that signs this person in once, within a day."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        user=user,
        token_hash=hash_token(token),
        expires_at=timezone.now() + SIGN_IN_LINK_LIFE,
    )
    return token


@transaction.atomic
def use_sign_in_link(*, token: str) -> User:
    """Whose link this is; it works for the first caller only."""
    link, state = sign_in_link_for(token)
    if link is None or state is not SecretState.OPEN:
        raise SpentLinkError(state)
    # Two clicks at once: the database lets one of them through.
    if not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()):
        raise SpentLinkError(SecretState.USED)
    write_journal(verb="teams.use_sign_in_link", subject=link.user, actor=link.user)
    return link.user
