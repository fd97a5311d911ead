"""What is told of a waiting file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Schema

from yunce.ground.imports import actions
from yunce.ground.imports.models import Upload
from yunce.ground.imports.queries import ChangedCell
from yunce.outputs.api.answers import problem_sentence


class UploadOut(Schema):
    """A waiting file; counts are of the last look, and absent while it is being read."""

    id: int
    name: str
    archive: str
    size: int
    stage: str  # waiting, reading, ready, committing, failed or done
    sentence: str
    captured_on: date
    created_at: datetime
    batch: int | None
    platform: str
    account: str
    added: int | None
    updated: int | None
    unchanged: int | None
    conflicts: int | None
    ignored: int | None
    errors: int | None
    blocked: str  # why it cannot be committed now


class ChangeOut(Schema):
    post: str  # its title; empty: the whole account
    day: date
    metric: str
    old: float
    new: float


class PreviewOut(UploadOut):
    seen: str  # give it back when committing: if somebody changed the file, nothing is written
    problems: list[str]
    changes: list[ChangeOut]


def upload_answer(upload: Upload) -> dict[str, Any]:
    counts = ("added", "updated", "unchanged", "conflicts", "ignored", "errors")
    return {
        "id": upload.pk,
        "name": upload.name,
        "archive": upload.archive,
        "size": upload.size,
        "stage": upload.stage,
        "sentence": upload.sentence,
        "captured_on": upload.captured_on,
        "created_at": upload.created_at,
        "batch": upload.batch_id,
        "platform": upload.glance.get("platform_key", ""),
        "account": upload.glance.get("account", ""),
        **{count: upload.glance.get(count) for count in counts},
        "blocked": upload.glance.get("blocked", ""),
    }


def previewed(upload: Upload) -> dict[str, Any]:
    look = None if upload.batch_id else actions.look(upload, today=timezone.localdate())
    changes = look.changes if look else ()
    return {
        **upload_answer(upload),
        "seen": look.seen if look else "",
        "problems": [problem_sentence(each) for each in look.problems] if look else [],
        "changes": [change_answer(cell) for cell in changes],
    }


def change_answer(cell: ChangedCell) -> dict[str, Any]:
    """One value committing would replace."""
    return {
        "post": cell.subject,
        "day": cell.day,
        "metric": cell.metric.code,
        "old": cell.old,
        "new": cell.new,
    }
