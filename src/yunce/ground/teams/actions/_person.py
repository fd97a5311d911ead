"""What a person changes about themselves."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import SignInLink, User


@transaction.atomic
def change_name(*, user: User, name: str) -> User:
    changes = {"name": (user.name, name)}
    user.name = name
    user.save(update_fields=["name"])
    write_journal(verb="teams.change_name", subject=user, actor=user, changes=changes)
    return user


@transaction.atomic
def change_password(*, user: User, password: str) -> User:
    """A new password, already validated. Other sessions and unused sign-in links end with it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    SignInLink.objects.filter(user=user, used_at=None).update(used_at=timezone.now())
    write_journal(verb="teams.change_password", subject=user, actor=user)
    return user
