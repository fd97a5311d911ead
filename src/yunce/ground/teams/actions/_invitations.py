"""Letting people into a team: by a link that one person may use once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.actions._links import SpentLinkError
from yunce.ground.teams.models import Invitation, Member, User
from yunce.ground.teams.queries import Access, invitation_for
from yunce.ground.teams.rules import Capability, Role, SecretState, hash_token

INVITATION_LIFE = timedelta(days=7)


@transaction.atomic
def invite(*, access: Access, role: str, position: str = "") -> tuple[Invitation, str]:
    """An open place in the team, and the link's token that is shown this once only."""
    access.require(Capability.MANAGE)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        team=access.team,
        role=Role(role),
        position=position.strip(),
        created_by=access.user,
        token_hash=hash_token(token),
        expires_at=timezone.now() + INVITATION_LIFE,
    )
    _note("teams.invite", invitation, access.user)
    return invitation, token


@transaction.atomic
def revoke_invitation(*, access: Access, invitation: Invitation) -> None:
    """The link opens nothing any more; a used one stays used."""
    access.require(Capability.MANAGE)
    living = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None)
    if living.update(revoked_at=timezone.now()):
        _note("teams.revoke_invitation", invitation, access.user)


@transaction.atomic
def join_team(*, token: str, user: User) -> Member:
    """This person enters by the link. Who was in the team before comes back with the new role."""
    invitation, state = invitation_for(token)
    if invitation is None or state is not SecretState.OPEN:
        raise SpentLinkError(state)
    if Member.objects.filter(team=invitation.team, user=user, left_at=None).exists():
        raise ValidationError(
            _("你已经在「%(team)s」里了，不用再加入。") % {"team": invitation.team}
        )
    # Two people at once: the database lets one of them through.
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now()):
        raise SpentLinkError(SecretState.USED)
    member, _created = Member.objects.update_or_create(
        team=invitation.team,
        user=user,
        defaults={"role": invitation.role, "position": invitation.position, "left_at": None},
    )
    write_journal(
        verb="teams.join_team",
        subject=member,
        actor=user,
        team_id=member.team_id,
        label=f"{member.get_role_display()} {member.position}".strip(),
    )
    return member


@transaction.atomic
def join_as_new_person(*, token: str, name: str, username: str, password: str) -> Member:
    """A new account that enters by the link: both happen or neither."""
    if User.objects.filter(username__iexact=username).exists():
        sentence = _("用户名「%(name)s」已经有人用了。如果就是你，请先登录再打开这个邀请链接。")
        raise ValidationError({"username": sentence % {"name": username}})
    user = User.objects.create_user(username=username, name=name, password=password)
    return join_team(token=token, user=user)


def _note(verb: str, invitation: Invitation, actor: User) -> None:
    write_journal(
        verb=verb,
        subject=invitation,
        actor=actor,
        team_id=invitation.team_id,
        label=f"{invitation.get_role_display()} {invitation.position}".strip(),
    )
