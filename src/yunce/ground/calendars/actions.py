"""What people write into the calendar. Every write goes through here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yunce.ground.calendars.models import Effect, Leave, TeamDay, WorkingTime
from yunce.ground.calendars.rules import Terms, span_problem, terms_problem
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, permission_sentence
from yunce.ground.teams.rules import Capability

MOST_OWN_DAYS = 500  # of one team; a calendar, not a store


@transaction.atomic
def add_day(*, access: Access, name: str, first: date, last: date, effect: str) -> TeamDay:
    """A day or span of the team's own; ValidationError names the field that is wrong."""
    access.require(Capability.PLAN)
    _check_span(first, last)
    name = " ".join(name.split())
    if not 0 < len(name) <= 20:
        raise ValidationError({"name": _("请填写名称，最多 20 个字。")})
    if effect not in Effect.values:
        raise ValidationError({"effect": _("请选择放假、上班还是只作标记。")})
    if access.team.own_days.count() >= MOST_OWN_DAYS:
        raise ValidationError(_("自定的日子已有 %d 个，请先删掉过去的。") % MOST_OWN_DAYS)
    day = TeamDay.objects.create(team=access.team, name=name, first=first, last=last, effect=effect)
    write_journal(verb="calendars.add_day", subject=day, actor=access.user, team_id=access.team.pk)
    return day


@transaction.atomic
def remove_day(*, access: Access, day: TeamDay) -> None:
    access.require(Capability.PLAN)
    write_journal(
        verb="calendars.remove_day", subject=day, actor=access.user, team_id=access.team.pk
    )
    day.delete()


@transaction.atomic
def add_leave(
    *,
    access: Access,
    member: Member,
    first: date,
    last: date,
    is_half: bool = False,
    note: str = "",
) -> Leave:
    """People enter their own leave; who plans enters anybody's."""
    _require_of(access, member)
    _check_span(first, last)
    if len(note) > 40:
        raise ValidationError({"note": _("说明最多 40 个字。")})
    leave = Leave.objects.create(
        member=member, first=first, last=last, is_half=is_half, note=note.strip()
    )
    write_journal(
        verb="calendars.add_leave", subject=leave, actor=access.user, team_id=access.team.pk
    )
    return leave


@transaction.atomic
def remove_leave(*, access: Access, leave: Leave) -> None:
    _require_of(access, leave.member)
    write_journal(
        verb="calendars.remove_leave", subject=leave, actor=access.user, team_id=access.team.pk
    )
    leave.delete()


@transaction.atomic
def set_working_time(
    *, access: Access, member: Member, hours: Decimal, share: Decimal
) -> WorkingTime:
    """Hours of a working day, and the share of them the plan may use (0 to 1)."""
    access.require(Capability.PLAN)
    _require_of(access, member)
    if problem := terms_problem(Terms(hours, share)):
        raise ValidationError(problem)
    usual = Terms()
    before = WorkingTime.objects.filter(member=member).first()
    old = (before.hours, before.share) if before else (usual.hours, usual.share)
    row, _made = WorkingTime.objects.update_or_create(
        member=member, defaults={"hours": hours, "share": share}
    )
    write_journal(
        verb="calendars.set_working_time",
        subject=row,
        actor=access.user,
        team_id=access.team.pk,
        changes={"hours": (old[0], hours), "share": (old[1], share)},
    )
    return row


def _check_span(first: date, last: date) -> None:
    if problem := span_problem(first, last):
        raise ValidationError({"last": problem})


def _require_of(access: Access, member: Member) -> None:
    """The member is of this team, and is oneself unless one plans."""
    access.require(Capability.RECORD)
    if member.team_id != access.team.pk:
        raise ValidationError({"member": _("请从本团队成员里选。")})
    if member != access.member and not access.may_plan:
        raise PermissionDenied(permission_sentence(access.team))
