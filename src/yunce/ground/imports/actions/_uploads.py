"""A person says whose a waiting file is, when it was taken, what its sheets and columns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.platforms import platforms
from yunce.ground.channels.models import Account
from yunce.ground.imports.models import Upload, UploadState
from yunce.ground.imports.rules import NEITHER, SKIP, Choices
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.days import EARLIEST


@transaction.atomic
def describe(
    *, access: Access, upload: Upload, account: Account | None, captured_on: date
) -> Upload:
    """Whose numbers these are, and the day they were taken."""
    access.require(Capability.RECORD)
    changes = {
        "account": (str(upload.account or ""), str(account or "")),
        "captured_on": (upload.captured_on, captured_on),
    }
    refuse_settled(upload)
    upload.account = own_account(access, account)
    upload.captured_on = check_captured_on(captured_on, timezone.localdate()) or captured_on
    given = Choices.from_json(upload.choices)
    upload.choices = replace(given, day_given=True).to_json()
    upload.save(update_fields=["account", "captured_on", "choices"])
    write_journal(
        verb="imports.describe",
        subject=upload,
        actor=access.user,
        team_id=access.team.pk,
        changes=changes,
    )
    return upload


@transaction.atomic
def choose_sheets(*, access: Access, upload: Upload, sheets: Mapping[str, str]) -> Upload:
    """What single sheets are to be read as: SKIP, platform:export, or empty for automatic."""
    access.require(Capability.RECORD)
    refuse_settled(upload)
    known = {f"{p.key}:{export.key}" for p in platforms().values() for export in p.exports}
    for sheet, choice in sheets.items():
        if choice and choice != SKIP and choice not in known:
            sentence = _("工作表「%(sheet)s」的读法「%(choice)s」不存在，请重新选。")
            raise ValidationError(sentence % {"sheet": sheet, "choice": choice})
    before = Choices.from_json(upload.choices)
    said = {sheet: choice for sheet, choice in sheets.items() if choice}
    upload.choices = replace(before, sheets=said).to_json()
    upload.mapping = None  # a platform's export reads the file from here on
    upload.save(update_fields=["choices", "mapping"])
    write_journal(
        verb="imports.choose_sheets",
        subject=upload,
        actor=access.user,
        team_id=access.team.pk,
        changes={"sheets": (str(dict(before.sheets)), str(said))},
    )
    return upload


@transaction.atomic
def settle(*, access: Access, upload: Upload, decisions: Mapping[str, str]) -> Upload:
    """Which of several values counts in a place; NEITHER leaves the place out, empty reopens it."""
    access.require(Capability.RECORD)
    refuse_settled(upload)
    before = Choices.from_json(upload.choices)
    merged = {**before.disputes, **decisions}
    decided = {key: choice for key, choice in merged.items() if choice}
    upload.choices = replace(before, disputes=decided).to_json()
    upload.save(update_fields=["choices"])
    left_out = sum(choice == NEITHER for choice in decided.values())
    write_journal(
        verb="imports.settle",
        subject=upload,
        actor=access.user,
        team_id=access.team.pk,
        changes={"disputes": (len(before.disputes), len(decided)), "left_out": ("", left_out)},
    )
    return upload


def refuse_settled(upload: Upload) -> None:
    """Nothing is said any more about a file that is in, or on its way."""
    now = Upload.objects.filter(pk=upload.pk).values_list("batch", "state").first()
    if now is None or now[0] is not None:
        raise ValidationError(_("「%(name)s」刚刚已经导入，不能再改。") % {"name": upload.name})
    if now[1] == UploadState.COMMITTING:
        raise ValidationError(_("「%(name)s」正在导入，不能再改。") % {"name": upload.name})


@transaction.atomic
def discard(*, access: Access, upload: Upload) -> None:
    """Take a waiting file off the list. The raw file stays where raw files are kept."""
    access.require(Capability.RECORD)
    if upload.batch_id is None:
        write_journal(
            verb="imports.discard", subject=upload, actor=access.user, team_id=access.team.pk
        )
        upload.delete()


def remove_abandoned(*, before: datetime) -> int:
    """Take off every list what waits since before this moment. Returns how many files that were.

    The program's own tidying, in all teams: nobody acts, so nobody's right is asked.
    """
    removed, _by_model = Upload.objects.filter(batch=None, created_at__lt=before).delete()
    return removed


def own_account(access: Access, account: Account | None) -> Account | None:
    if account is not None and account.team_id != access.team.pk:
        raise ValidationError({"account": _("没有这个账号。")})
    return account


def check_captured_on(day: date | None, today: date) -> date | None:
    if day is not None and not EARLIEST <= day <= today:
        sentence = _("导出日期 %(day)s 不合理：应在 2009-01-01 到今天之间。")
        raise ValidationError({"captured_on": sentence % {"day": day}})
    return day
