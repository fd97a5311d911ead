"""Changing what people in a team may do, and letting them go."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, members_of
from yunce.ground.teams.rules import Capability, Role, leaves_no_owner


@transaction.atomic
def change_member(*, access: Access, member: Member, role: str, position: str) -> Member:
    """Give a member another role or position; the team always keeps an owner."""
    access.require(Capability.MANAGE)
    current = _member_now(access, member)
    _keep_an_owner(current, becomes=role)
    old_role, old_position = current.get_role_display(), current.position
    current.role, current.position = Role(role), position.strip()
    current.save(update_fields=["role", "position"])
    write_journal(
        verb="teams.change_member",
        subject=current,
        actor=access.user,
        team_id=access.team.pk,
        label=current.user.name,
        changes={
            "role": (old_role, current.get_role_display()),
            "position": (old_position, current.position),
        },
    )
    return current


@transaction.atomic
def remove_member(*, access: Access, member: Member) -> Member:
    """The person loses access at once; their tasks, goals and journal lines stay as they are."""
    access.require(Capability.MANAGE)
    current = _member_now(access, member)
    _keep_an_owner(current, becomes=None)
    current.left_at = timezone.now()
    current.save(update_fields=["left_at"])
    write_journal(
        verb="teams.remove_member",
        subject=current,
        actor=access.user,
        team_id=access.team.pk,
        label=current.user.name,
    )
    return current


def _member_now(access: Access, member: Member) -> Member:
    """The row as it is inside this transaction; somebody else may have been quicker."""
    return members_of(access.team).select_for_update(of=("self",)).get(pk=member.pk)


def _keep_an_owner(member: Member, *, becomes: str | None) -> None:
    owners = members_of(member.team).filter(role=Role.OWNER).count()
    if not leaves_no_owner(owners=owners, was=member.role, becomes=becomes):
        return
    raise ValidationError(
        _("%(name)s 是这个团队唯一的管理员。请先把另一位成员设为管理员，再做这个改动。")
        % {"name": member.user.name}
    )
