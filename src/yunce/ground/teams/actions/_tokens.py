"""API tokens: a program acts as its user. Shown once, kept as a hash, revocable."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import ApiToken, User
from yunce.ground.teams.rules import hash_token

PREFIX = "yunce_"  # lets people and secret scanners recognise a leaked token
HINT_LENGTH = 10  # the prefix and four characters: enough to tell tokens apart


@transaction.atomic
def create_api_token(user: User, name: str) -> tuple[ApiToken, str]:
    """A new token of this person, and the plain text that is shown this once only."""
    name = name.strip()
    if not name:
        raise ValidationError({"name": _("请写明这个令牌给什么程序用，例如「日报脚本」。")})
    plain = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name[:40],
        token_hash=hash_token(plain),
        hint=plain[:HINT_LENGTH],
        expires_at=None,
    )
    write_journal(verb="teams.create_api_token", subject=token, actor=user)
    return token, plain


@transaction.atomic
def revoke_api_token(*, by: User, token: ApiToken) -> ApiToken:
    """Ends a token at once; revoking twice changes nothing."""
    if token.user_id != by.pk:
        raise ApiToken.DoesNotExist
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        write_journal(verb="teams.revoke_api_token", subject=token, actor=by)
    return token
