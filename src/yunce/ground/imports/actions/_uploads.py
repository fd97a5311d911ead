"""A file arrives; a person says whose it is, when it was taken, what its columns are."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.platforms import read_tables
from yunce.ground.channels.models import Account
from yunce.ground.imports.keeping import file_hash, keep_file
from yunce.ground.imports.models import SavedMapping, Upload
from yunce.ground.imports.queries import captured_before, incoming_of, waiting_uploads
from yunce.ground.imports.rules import (
    EARLIEST,
    SheetMapping,
    default_captured_on,
    header_hash,
    shown_name,
    table_named,
)
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability


def receive(
    *,
    access: Access,
    file: bytes,
    name: str,
    account: Account | None = None,
    captured_on: date | None = None,
) -> Upload:
    """Keep a file that can be read, to be looked at before anything is written.

    UnreadableFileError when it is no table: then nothing is kept. A file already waiting stays one.
    """
    access.require(Capability.RECORD)
    name = shown_name(name)
    tables = read_tables(file, name)
    waiting = waiting_uploads(access.team).filter(sha256=file_hash(file)).first()
    if waiting:
        return waiting
    sha256 = keep_file(file)
    today = timezone.localdate()
    with transaction.atomic():
        upload = Upload.objects.create(
            team=access.team,
            sha256=sha256,
            name=name,
            size=len(file),
            account=own_account(access, account),
            captured_on=check_captured_on(captured_on, today)
            or captured_before(access.team, sha256)
            or default_captured_on(tables, today),
            created_by=access.user,
        )
        write_journal(
            verb="imports.receive", subject=upload, actor=access.user, team_id=access.team.pk
        )
    return upload


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
    upload.account = own_account(access, account)
    upload.captured_on = check_captured_on(captured_on, timezone.localdate()) or captured_on
    upload.save(update_fields=["account", "captured_on"])
    write_journal(
        verb="imports.describe",
        subject=upload,
        actor=access.user,
        team_id=access.team.pk,
        changes=changes,
    )
    return upload


@transaction.atomic
def teach(*, access: Access, upload: Upload, mapping: SheetMapping) -> Upload:
    """What the columns are: for this file, and for every later one with the same header."""
    access.require(Capability.RECORD)
    table = table_named(incoming_of(upload).tables, mapping.sheet)
    header = table.rows[mapping.columns.header_row - 1]
    SavedMapping.objects.update_or_create(
        team=access.team,
        header_hash=header_hash(header),
        defaults={"mapping": mapping.to_json(), "account": upload.account},
    )
    upload.mapping = mapping.to_json()
    upload.save(update_fields=["mapping"])
    write_journal(verb="imports.teach", subject=upload, actor=access.user, team_id=access.team.pk)
    return upload


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
