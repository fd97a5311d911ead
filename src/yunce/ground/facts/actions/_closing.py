"""Closing a month, opening it again, and closing it anew by the numbers as they are now."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.facts.closing import closing_of, since_closing
from yunce.ground.facts.models import Batch, BatchState, MonthClosing
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.models import Team, User
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.kit.text import tidy

REASON_LENGTH = 300


@transaction.atomic
def close_month(*, team: Team, month: Month, by: User | None) -> MonthClosing:
    """From now on the month's numbers stay as they are. Closing twice changes nothing."""
    living = closing_of(team, month)
    if living:
        return living
    closing = _closed(team, month, by)
    write_journal(verb="facts.close_month", subject=closing, actor=by, team_id=team.pk)
    return closing


@transaction.atomic
def reopen_month(*, team: Team, month: Month, by: User | None) -> None:
    """The month's numbers may change again; its closing stays in the history."""
    closing = closing_of(team, month)
    if closing:
        _end(closing, by)
        write_journal(verb="facts.reopen_month", subject=closing, actor=by, team_id=team.pk)


@transaction.atomic
def reclose_month(*, access: Access, month: Month, reason: str) -> MonthClosing:
    """Close a closed month anew by the numbers as they are now; ValidationError says why not."""
    access.require(Capability.PLAN)
    wanted = _checked_reason(reason)
    old = closing_of(access.team, month)
    if old is None:
        words = {"month": month}
        raise ValidationError(_("%(month)s 现在没有关账，不用重新关账。") % words)
    changed = since_closing(access.team, month.first, month.last)
    if not changed:
        words = {"month": month}
        raise ValidationError(_("%(month)s 关账后没有数改过，不用重新关账。") % words)
    _end(old, access.user)
    closing = _closed(access.team, month, access.user, reason=wanted)
    write_journal(
        verb="facts.reclose_month",
        subject=closing,
        actor=access.user,
        team_id=access.team.pk,
        changes={
            "batch": (old.batch, closing.batch),
            "revised": (0, changed[0].count),
            "reason": ("", wanted),
        },
    )
    return closing


def _checked_reason(reason: str) -> str:
    wanted = tidy(reason)
    if not wanted:
        raise ValidationError({"reason": _("请写一句为什么要按新数重新关账。")})
    if len(wanted) > REASON_LENGTH:
        words = {"most": REASON_LENGTH}
        raise ValidationError({"reason": _("原因最多 %(most)s 个字。请写短一些。") % words})
    return wanted


def _closed(team: Team, month: Month, by: User | None, *, reason: str = "") -> MonthClosing:
    """Batches get their numbers in turn, so all that is committed is up to the newest one."""
    committed = Batch.objects.filter(team=team, state=BatchState.COMMITTED).order_by("-pk")
    return MonthClosing.objects.create(
        team=team,
        month=month.first,
        closed_by=by,
        batch=committed.values_list("pk", flat=True).first() or 0,
        definitions=catalogue_of(team, on=month.last).versions,
        reason=reason,
    )


def _end(closing: MonthClosing, by: User | None) -> None:
    closing.ended_at, closing.ended_by = timezone.now(), by
    closing.save(update_fields=["ended_at", "ended_by"])
