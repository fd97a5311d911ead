"""A previewed file becomes one batch, or nothing at all."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts import actions as facts
from yunce.ground.facts.actions import BeginHook, Recorded, SeenPost, Source
from yunce.ground.facts.models import Batch, BatchKind
from yunce.ground.facts.queries import closed_months
from yunce.ground.facts.rules import split_closed
from yunce.ground.imports.models import Upload
from yunce.ground.imports.previewing import PostNumbers, Preview, fact_rows
from yunce.ground.imports.queries import preview
from yunce.ground.imports.reading import Reading
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability


class ImportRefusedError(Exception):
    """The file cannot be brought in as it is; ``str(error)`` says what to do."""


class AlreadyImportedError(ImportRefusedError):
    """Somebody else was quicker."""


def commit(*, access: Access, upload: Upload, today: date) -> Recorded:
    """Write what the preview showed, in one batch. Of two at once, one does it."""
    access.require(Capability.RECORD)
    looked = preview(upload, today)
    if looked.repeated:
        Upload.objects.filter(pk=upload.pk, batch=None).update(batch=looked.repeated)
        return Recorded(batch=None, comparison=looked.comparison, repeated=looked.repeated)
    if looked.blocked:
        raise ImportRefusedError(looked.blocked)
    return record_preview(access=access, looked=looked, on_begin=_claim(upload))


def record_preview(
    *, access: Access, looked: Preview, on_begin: BeginHook | None = None
) -> Recorded:
    """One batch of everything that may be written."""
    account = looked.account
    if account is None:
        raise ImportRefusedError(looked.blocked)
    reading = looked.reading

    def rows(numbers: PostNumbers) -> list[FactRow]:
        made = fact_rows(reading, account, numbers)
        return split_closed(made, closed_months(access.team))[0]

    return facts.record(
        team=access.team,
        by=access.user,
        source=_source(looked),
        posts=_posts(account, reading),
        rows=rows,
        on_begin=on_begin,
    )


def _posts(account: Account, reading: Reading) -> list[SeenPost]:
    return [
        SeenPost(
            account=account,
            key=post.key,
            title=post.title,
            published_at=post.published_at,
            form=post.form,
            platform_id=post.platform_id,
            url=post.url,
        )
        for post in reading.posts
    ]


def _source(looked: Preview) -> Source:
    return Source(
        kind=BatchKind.FILE,
        account=looked.account,
        file_name=looked.incoming.name,
        file_sha256=looked.incoming.sha256,
        platform=looked.account.platform if looked.account else "",
        export=looked.reading.export,
        captured_on=looked.captured_on,
        ignored=looked.ignored,
        errors=looked.errors,
        conflicts=looked.conflicts,
    )


def _claim(upload: Upload) -> BeginHook:
    """Ties the upload to its batch in the transaction that opens the ledger's line.

    A batch that is taken back before it is whole leaves the upload waiting again.
    """

    def claim(batch: Batch) -> None:
        if not Upload.objects.filter(pk=upload.pk, batch=None).update(batch=batch):
            sentence = _("「%(name)s」刚刚已经导入，没有重复写入。")
            raise AlreadyImportedError(sentence % {"name": upload.name})

    return claim


def undo(*, access: Access, batch: Batch) -> Batch:
    """Take a batch back exactly. MonthClosedError when it reaches into a closed month."""
    access.require(Capability.RECORD)
    return facts.undo(batch=batch, by=access.user)
