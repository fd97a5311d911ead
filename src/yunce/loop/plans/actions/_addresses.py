"""Secret addresses: made, given a new token, ended. The address itself is told once, here."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability, hash_token
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.models import Feed, FeedScope, Share, SharedColumn
from yunce.loop.plans.queries.addresses import feeds_of, is_living

MOST_DAYS = 90  # a share link lives at most so long
USUAL_DAYS = 30
MOST_LIVING = 50  # share links of one month; more is a mistake
RECIPIENT_LENGTH = 40


@transaction.atomic
def open_feed(*, access: Access, scope: str) -> tuple[Feed, str]:
    """A person's calendar feed and its token; asked for again, the old address stops."""
    access.require(Capability.SEE_ALL)
    if scope not in FeedScope.values:
        raise ValidationError(_("没有这种订阅。请选「我的任务」或「全组的任务」。"))
    feed = feeds_of(access.member).select_for_update().filter(scope=scope).first()
    token = _token()
    if feed is None:
        feed = Feed.objects.create(member=access.member, scope=scope, token_hash=hash_token(token))
        _note(access, "plans.open_feed", feed)
    else:
        _renew(feed, token)
        _note(access, "plans.renew_feed", feed)
    return feed, token


@transaction.atomic
def revoke_feed(*, access: Access, scope: str) -> None:
    """Ends one's own feed at once; twice changes nothing."""
    access.require(Capability.SEE_ALL)
    for feed in feeds_of(access.member).filter(scope=scope):
        if _revoke(feed):
            _note(access, "plans.revoke_feed", feed)


@transaction.atomic
def share_plan(
    *, access: Access, plan: MonthPlan, recipient: str, columns: Collection[str], days: int
) -> tuple[Share, str]:
    """A link to a month's plan for another department, and the token that is told once."""
    access.require(Capability.PLAN)
    problems = _problems(recipient, columns, days)
    if not problems and plan.shares.filter(revoked_at=None).count() >= MOST_LIVING:
        problems["recipient"] = _("这个月已经有 %s 个链接。先停用不用的。") % MOST_LIVING
    if problems:
        raise ValidationError(problems)
    token = _token()
    share = Share.objects.create(
        plan=plan,
        made_by=access.member,
        recipient=recipient.strip(),
        columns=[column.value for column in SharedColumn if column.value in columns],
        token_hash=hash_token(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    _note(access, "plans.share", share, columns=share.column_words)
    return share, token


@transaction.atomic
def renew_share(*, access: Access, share: Share) -> str:
    """A new address for the same link: its date and its columns stay, the old address is dead."""
    access.require(Capability.PLAN)
    share = Share.objects.select_for_update().get(pk=share.pk)
    if not is_living(share):
        raise ValidationError(_("这个链接已经停用或到期。请新建一个。"))
    token = _token()
    _renew(share, token)
    _note(access, "plans.renew_share", share)
    return token


@transaction.atomic
def revoke_share(*, access: Access, share: Share) -> None:
    access.require(Capability.PLAN)
    if _revoke(share):
        _note(access, "plans.revoke_share", share)


def note_opening(address: Feed | Share) -> None:
    """Counts one opening. No line in the journal: calendars ask every hour."""
    model = type(address)
    model.objects.filter(pk=address.pk).update(opened=F("opened") + 1, used_at=timezone.now())


def _problems(recipient: str, columns: Collection[str], days: int) -> dict[str, str]:
    found: dict[str, str] = {}
    if not recipient.strip():
        found["recipient"] = _("写上给谁看，例如「设计部」，以后好认。")
    elif len(recipient.strip()) > RECIPIENT_LENGTH:
        found["recipient"] = _("「给谁看」最多 %s 个字。") % RECIPIENT_LENGTH
    if not columns:
        found["columns"] = _("至少选一列给对方看。")
    elif unknown := set(columns) - set(SharedColumn.values):
        found["columns"] = _("没有这一列：%s。") % "、".join(sorted(unknown))
    if not 1 <= days <= MOST_DAYS:
        found["days"] = _("有效期是 1–%s 天。") % MOST_DAYS
    return found


def _token() -> str:
    return secrets.token_urlsafe(32)


def _renew(address: Feed | Share, token: str) -> None:
    address.token_hash = hash_token(token)
    address.save(update_fields=["token_hash"])


def _revoke(address: Feed | Share) -> bool:
    model = type(address)
    ended = model.objects.filter(pk=address.pk, revoked_at=None).update(revoked_at=timezone.now())
    return bool(ended)


def _note(access: Access, verb: str, address: Feed | Share, *, columns: str = "") -> None:
    changes = {"columns": ("", columns)} if columns else None
    write_journal(
        verb=verb, subject=address, actor=access.user, team_id=access.team.pk, changes=changes
    )
