"""A previewed file becomes one batch, or nothing at all."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.metrics import FactRow, MetricsError
from yunce.engines.platforms import UnreadableFileError
from yunce.ground.facts import actions as facts
from yunce.ground.facts.actions import (
    BeginHook,
    MonthClosedError,
    PostNumbers,
    Recorded,
    SeenPost,
    Source,
)
from yunce.ground.facts.models import Batch, BatchKind
from yunce.ground.imports.looks import said
from yunce.ground.imports.models import Upload, UploadState
from yunce.ground.imports.previewing import Owners, Preview, fact_rows
from yunce.ground.imports.queries import preview
from yunce.ground.imports.reading import Reading
from yunce.ground.imports.rules import BACKGROUND_FROM
from yunce.ground.imports.tasks import commit_upload
from yunce.ground.teams.models import User
from yunce.ground.teams.queries import Access, access_for
from yunce.ground.teams.rules import Capability

logger = logging.getLogger(__name__)


class ImportRefusedError(Exception):
    """The file cannot be brought in as it is; ``str(error)`` says what to do."""


class AlreadyImportedError(ImportRefusedError):
    """Somebody else was quicker."""


class ChangedMeanwhileError(ImportRefusedError):
    """Somebody said something else about the file after this person looked."""


def commit(*, access: Access, upload: Upload, today: date, seen: str = "") -> Recorded:
    """Write what the preview showed, in one batch. Of two at once, one does it.

    ``seen`` stands for what the person saw of the file: if that has changed, nothing is written.
    """
    access.require(Capability.RECORD)
    _refuse_changed(upload, seen)
    looked = preview(upload, today)
    if looked.repeated:
        Upload.objects.filter(pk=upload.pk, batch=None).update(batch=looked.repeated)
        return Recorded(batch=None, comparison=looked.comparison, repeated=looked.repeated)
    if looked.blocked:
        raise ImportRefusedError(looked.blocked)
    return record_preview(access=access, looked=looked, on_begin=_claim(upload))


def press(*, access: Access, upload: Upload, today: date, seen: str = "") -> Recorded | None:
    """Bring a file in now; a large one in the background, then None."""
    if upload.size < BACKGROUND_FROM:
        return commit(access=access, upload=upload, today=today, seen=seen)
    access.require(Capability.RECORD)
    _refuse_changed(upload, seen)
    _queue(access, upload)
    return None


@transaction.atomic
def _queue(access: Access, upload: Upload) -> None:
    """Of two who press at once one queues the job."""
    person = access.user.pk if access.user else None
    waiting = Upload.objects.filter(pk=upload.pk, batch=None, state=UploadState.READY)
    if not waiting.update(state=UploadState.COMMITTING, sentence="", pressed_by=person):
        raise AlreadyImportedError(
            _("「%(name)s」已经在导入，没有重复写入。") % {"name": upload.name}
        )
    commit_upload.enqueue(upload.pk, person)


def commit_in_background(number: int, user: int | None) -> str:
    """The job: bring a large file in, and say so if that cannot be. The stage afterwards."""
    upload = Upload.objects.select_related("team", "account").get(pk=number)
    if upload.batch_id or upload.state != UploadState.COMMITTING:
        return upload.stage
    sentence = ""
    try:
        person = get_object_or_404(User, pk=user)
        access = access_for(person, upload.team.slug, Capability.RECORD)
        commit(access=access, upload=upload, today=timezone.localdate())
    except AlreadyImportedError:
        pass
    except (ImportRefusedError, UnreadableFileError, MonthClosedError, MetricsError) as error:
        sentence = str(error)
    except (PermissionDenied, Http404):
        sentence = _("按下导入的人已经没有这个权限，什么都没有写入。")
    except Exception:
        logger.exception("upload %s could not be committed", number)
        sentence = _("导入时出了意外，什么都没有写入。请再按一次；若再出现，请告诉管理员。")
    Upload.objects.filter(pk=number, state=UploadState.COMMITTING).update(
        state=UploadState.READY, sentence=sentence[:1000]
    )
    upload.refresh_from_db()
    return upload.stage


@dataclass(frozen=True)
class Pressed:
    """What came of bringing several files in with one press."""

    batches: tuple[Batch, ...]
    queued: tuple[Upload, ...]  # large ones, on their way
    unchanged: tuple[Upload, ...]  # nothing in them was new
    refused: tuple[tuple[Upload, str], ...]  # and why


def press_all(*, access: Access, uploads: Sequence[Upload], today: date) -> Pressed:
    """Every file by itself, one batch each: what one is refused does not keep the others out."""
    access.require(Capability.RECORD)
    batches: list[Batch] = []
    queued: list[Upload] = []
    unchanged: list[Upload] = []
    refused: list[tuple[Upload, str]] = []
    for upload in uploads:
        try:
            done = press(access=access, upload=upload, today=today)
        except (ImportRefusedError, UnreadableFileError, MonthClosedError, MetricsError) as error:
            refused.append((upload, str(error)))
            continue
        if done is None:
            queued.append(upload)
        elif done.batch is None:
            unchanged.append(upload)
        else:
            batches.append(done.batch)
    return Pressed(tuple(batches), tuple(queued), tuple(unchanged), tuple(refused))


def _refuse_changed(upload: Upload, seen: str) -> None:
    now = Upload.objects.filter(pk=upload.pk).first()
    if now is None or (seen and said(now) != seen):
        sentence = _("刚才有人改了「%(name)s」的设置，什么都没有写入。请再看一遍后导入。")
        raise ChangedMeanwhileError(sentence % {"name": upload.name})


def record_preview(
    *, access: Access, looked: Preview, on_begin: BeginHook | None = None
) -> Recorded:
    """One batch of everything in it; what a closed month closed with stays beside it."""
    owners = looked.owners
    if not owners:
        raise ImportRefusedError(looked.blocked)
    reading = looked.reading

    def rows(numbers: PostNumbers) -> Sequence[FactRow]:
        return fact_rows(reading, owners, numbers)

    return facts.record(
        team=access.team,
        by=access.user,
        source=_source(looked),
        posts=_Posts(owners, reading),
        rows=rows,
        on_begin=on_begin,
    )


class _Posts(Collection[SeenPost]):
    """What a file tells of the posts of known owners, made each time it is gone through."""

    def __init__(self, owners: Owners, reading: Reading) -> None:
        self._owners, self._reading = owners, reading

    def __iter__(self) -> Iterator[SeenPost]:
        for owner, post in self._reading.owned_posts:
            if owner in self._owners:
                yield SeenPost(
                    account=self._owners[owner],
                    key=post.key,
                    title=post.title,
                    published_at=post.published_at,
                    form=post.form,
                    platform_id=post.platform_id,
                    url=post.url,
                )

    def __len__(self) -> int:
        return sum(owner in self._owners for owner, _key in self._reading.post_places)

    def __contains__(self, post: object) -> bool:
        return any(each == post for each in self)


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
    """Take a batch back exactly. MonthClosedError when a closed month counts it."""
    access.require(Capability.RECORD)
    return facts.undo(batch=batch, by=access.user)
