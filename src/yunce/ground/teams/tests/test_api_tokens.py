"""API tokens: made, recognised, revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from yunce.ground.teams.actions import create_api_token, revoke_api_token
from yunce.ground.teams.models import ApiToken, Member, User
from yunce.ground.teams.queries import user_for_token


def test_a_token_stands_for_its_person(bob: Member) -> None:
    _token, plain = create_api_token(bob.user, "日报脚本")
    assert user_for_token(plain) == bob.user


def test_the_plain_token_is_not_kept(bob: Member) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    row = str(ApiToken.objects.values().get(pk=token.pk))
    assert plain not in row
    assert plain.startswith(token.hint)


def test_an_unknown_token_stands_for_nobody(bob: Member) -> None:
    create_api_token(bob.user, "日报脚本")
    assert user_for_token("yunce_not-this-one") is None
    assert user_for_token("") is None


def test_a_revoked_token_stands_for_nobody(bob: Member) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    revoke_api_token(by=bob.user, token=token)
    assert user_for_token(plain) is None


def test_an_expired_token_stands_for_nobody(bob: Member) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    assert user_for_token(plain) is None


def test_a_person_who_was_shut_out_has_no_token(bob: Member) -> None:
    _token, plain = create_api_token(bob.user, "日报脚本")
    User.objects.filter(pk=bob.user_id).update(is_active=False)
    assert user_for_token(plain) is None


def test_last_use_is_noted(bob: Member) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    user_for_token(plain)
    token.refresh_from_db()
    assert token.used_at is not None


def test_last_use_is_written_at_most_once_an_hour(bob: Member) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    recent = timezone.now() - timedelta(minutes=50)
    ApiToken.objects.filter(pk=token.pk).update(used_at=recent)
    user_for_token(plain)
    token.refresh_from_db()
    assert token.used_at == recent


def test_last_use_moves_on_after_an_hour(bob: Member) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    old = timezone.now() - timedelta(minutes=61)
    ApiToken.objects.filter(pk=token.pk).update(used_at=old)
    user_for_token(plain)
    token.refresh_from_db()
    assert token.used_at is not None
    assert token.used_at > old


def test_a_token_needs_a_name(bob: Member) -> None:
    with pytest.raises(ValidationError):
        create_api_token(bob.user, "  ")
    assert not ApiToken.objects.exists()


def test_nobody_revokes_anothers_token(bob: Member, alice: Member) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    with pytest.raises(ApiToken.DoesNotExist):
        revoke_api_token(by=alice.user, token=token)
    assert user_for_token(plain) == bob.user
