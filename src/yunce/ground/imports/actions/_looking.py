"""Working out what a file would do: at once, or by the jobs thread; the answer is kept."""

from __future__ import annotations

import logging
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.engines.platforms import Table, UnreadableFileError
from yunce.ground.imports.keeping import kept_path
from yunce.ground.imports.looks import Look, glance_of, keep_look, look_key
from yunce.ground.imports.models import BUSY, Upload, UploadState
from yunce.ground.imports.previewing import Preview, make_preview
from yunce.ground.imports.queries import (
    captured_before,
    incoming_of,
    kept_look,
    opened,
)
from yunce.ground.imports.rules import BACKGROUND_FROM, default_captured_on
from yunce.ground.imports.tasks import commit_upload, read_upload

logger = logging.getLogger(__name__)


def look_now(
    upload: Upload, *, today: date, tables: tuple[Table, ...] | None = None
) -> tuple[Preview, Look]:
    """Read, compare, keep the answer and what lists say of the file.

    UnreadableFileError when the file is gone.
    """
    key = look_key(upload, today)
    preview = make_preview(incoming_of(upload, tables=tables), today=today)
    look = keep_look(key, preview, upload)
    _note(upload, look)
    return preview, look


def look(upload: Upload, *, today: date) -> Look | None:
    """What is known; else worked out now. None: the file is large, and the jobs thread is at it."""
    if upload.is_busy:
        return None
    known = kept_look(upload, today)
    if known is not None:
        _note(upload, known)
        return known
    if upload.size < BACKGROUND_FROM:
        return look_now(upload, today=today)[1]
    ask_for_reading(upload)
    return None


def look_again(upload: Upload, *, today: date) -> None:
    """After something was said about the file."""
    if upload.size >= BACKGROUND_FROM:
        ask_for_reading(upload)
    else:
        look_now(upload, today=today)


def _note(upload: Upload, look: Look) -> None:
    """Lists show the last look; a press elsewhere since then is not overwritten."""
    glance = glance_of(look)
    if upload.glance != glance:
        Upload.objects.filter(pk=upload.pk, batch=None).update(glance=glance)
        upload.glance = glance


def ask_for_reading(upload: Upload) -> None:
    """Queue the reading of a large file, unless it is queued already."""
    waiting = Upload.objects.filter(pk=upload.pk, batch=None).exclude(state__in=BUSY)
    if waiting.update(state=UploadState.WAITING):
        read_upload.enqueue(upload.pk)
    upload.refresh_from_db()


def read_in_background(number: int) -> str:
    """The job: read, look, and say what came of it. The state the upload is in afterwards.

    Running twice, also after a kill, does no harm: a look writes no facts.
    """
    mine = Upload.objects.filter(pk=number, batch=None, state__in=BUSY).exclude(
        state=UploadState.COMMITTING
    )
    if not mine.update(state=UploadState.READING):
        return ""
    upload = Upload.objects.select_related("team", "account").get(pk=number)
    state, sentence = _read(upload)
    Upload.objects.filter(pk=number, state=UploadState.READING).update(
        state=state, sentence=sentence
    )
    if state == UploadState.FAILED:
        _forget_content(upload)
    return str(state)


def _read(upload: Upload) -> tuple[UploadState, str]:
    today = timezone.localdate()
    try:
        tables = opened(upload)
        _guess_day(upload, tables, today)
        look_now(upload, today=today, tables=tables)
    except UnreadableFileError as error:
        return UploadState.FAILED, str(error)[:1000]
    except MemoryError:
        return UploadState.FAILED, _("内存不够，没有读完。请拆成几个文件后再上传。")
    except Exception:
        logger.exception("upload %s could not be read", upload.pk)
        return UploadState.FAILED, _(
            "读取时出了意外，什么都没有写入。请重新上传；若再出现，请告诉管理员。"
        )
    return UploadState.READY, upload.sentence


def _guess_day(upload: Upload, tables: tuple[Table, ...], today: date) -> None:
    """The day of a large file is known only once it is open."""
    if upload.choices.get("day_given") or upload.glance:
        return
    others = captured_before(upload.team, upload.sha256, but=upload.pk)
    upload.captured_on = others or default_captured_on(tables, today)
    upload.save(update_fields=["captured_on"])


def _forget_content(upload: Upload) -> None:
    """A file that is no table is not kept, unless something else stands on it."""
    others = Upload.objects.filter(sha256=upload.sha256).exclude(pk=upload.pk)
    if not others.exists():
        kept_path(upload.sha256).unlink(missing_ok=True)


def resume() -> int:
    """At start: what a kill interrupted is queued again. Returns how many files that were.

    The ledger lets an upload become one batch only, so a job that was nearly through does no harm.
    """
    interrupted = Upload.objects.filter(batch=None, state__in=BUSY)
    for upload in interrupted:
        if upload.state == UploadState.COMMITTING:
            commit_upload.enqueue(upload.pk, upload.pressed_by_id)
        else:
            read_upload.enqueue(upload.pk)
    return len(interrupted)
