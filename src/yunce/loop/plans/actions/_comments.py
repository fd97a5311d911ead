"""Writes on a task's comments and files."""

from __future__ import annotations

import re
from pathlib import PurePath

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.imports.actions import keep_file
from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, members_of
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.plans.actions._checked import lock_task, refuse_long
from yunce.loop.plans.actions._checked import note as _note
from yunce.loop.plans.models import Attachment, Comment, Task
from yunce.loop.plans.rules import SHELF, mentioned

COMMENT_LENGTH = 2000  # letters
FILE_SIZE = 30 * 1024 * 1024  # bytes
NAME_LENGTH = 200


@transaction.atomic
def add_comment(*, access: Access, task: Task, text: str) -> Comment:
    """Say something of a task; members called with @ are kept as mentioned."""
    current = lock_task(access, task, Capability.RECORD)
    comment = Comment.objects.create(task=current, author=access.member, text=_fit(text))
    comment.mentions.set(_mentions(access, comment.text))
    _note(access, "plans.add_comment", current, {"comment": ("", comment.text[:100])})
    return comment


@transaction.atomic
def edit_comment(*, access: Access, comment: Comment, text: str, seen: str) -> Comment:
    """Only the author changes what they said."""
    current, held = _own(access, comment)
    wanted = _fit(text)
    if held.text not in (_lines(seen), wanted):
        raise EditConflictError(field="comment", current=held.text, wanted=wanted)
    if held.text == wanted:
        return held
    was, held.text, held.edited_at = held.text, wanted, timezone.now()
    held.save(update_fields=["text", "edited_at"])
    held.mentions.set(_mentions(access, wanted))
    _note(access, "plans.edit_comment", current, {"comment": (was[:100], wanted[:100])})
    return held


@transaction.atomic
def remove_comment(*, access: Access, comment: Comment) -> None:
    """`restore_comment` undoes it."""
    current, held = _own(access, comment)
    held.deleted_at = timezone.now()
    held.save(update_fields=["deleted_at"])
    _note(access, "plans.remove_comment", current, {"comment": (held.text[:100], "")})


@transaction.atomic
def restore_comment(*, access: Access, comment: Comment) -> None:
    current, held = _own(access, comment)
    held.deleted_at = None
    held.save(update_fields=["deleted_at"])
    _note(access, "plans.restore_comment", current, {"comment": ("", held.text[:100])})


def _own(access: Access, comment: Comment) -> tuple[Task, Comment]:
    current = lock_task(access, comment.task, Capability.RECORD)
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    if held.author_id != access.member.pk:
        raise PermissionDenied(_("只有写评论的人能改它。"))
    return current, held


def _fit(text: str) -> str:
    plain = _lines(text)
    if not plain:
        raise ValidationError({"comment": _("评论不能空着。")})
    refuse_long(plain, COMMENT_LENGTH, field="comment")
    return plain


def _lines(text: str) -> str:
    """Browsers send \\r\\n; trailing blanks mean nothing."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _mentions(access: Access, text: str) -> list[Member]:
    members = list(members_of(access.team))
    names = {name: m for m in members for name in (m.user.name, m.position) if name}
    return [names[name] for name in mentioned(text, names)]


@transaction.atomic
def attach(*, access: Access, task: Task, name: str, content: bytes) -> Attachment:
    """Keep a file with a task. The same file under the same name is kept once."""
    current = lock_task(access, task, Capability.RECORD)
    plain = re.sub(r"[\x00-\x1f\x7f]", "", PurePath(name.replace("\\", "/")).name).strip()
    if not plain or not content:
        raise ValidationError(_("文件是空的，没有保存。请选另一个文件。"))
    if len(content) > FILE_SIZE:
        raise ValidationError(
            _("「%(name)s」超过 %(most)s MB。请压缩后再传，或放到网盘，把链接写在评论里。")
            % {"name": plain, "most": FILE_SIZE // 1024 // 1024}
        )
    plain = plain[-NAME_LENGTH:]
    sha256 = keep_file(content, shelf=SHELF)
    held = current.attachments.filter(sha256=sha256, name=plain, deleted_at=None).first()
    if held is not None:
        return held
    made = Attachment.objects.create(
        task=current, sha256=sha256, name=plain, size=len(content), by=access.member
    )
    _note(access, "plans.attach", current, {"file": ("", plain)})
    return made


@transaction.atomic
def remove_attachment(*, access: Access, attachment: Attachment) -> None:
    """Take a file off the task; `restore_attachment` undoes it."""
    _set_removed(access, attachment, is_removed=True)
    _note(access, "plans.remove_attachment", attachment.task, {"file": (attachment.name, "")})


@transaction.atomic
def restore_attachment(*, access: Access, attachment: Attachment) -> None:
    _set_removed(access, attachment, is_removed=False)
    _note(access, "plans.restore_attachment", attachment.task, {"file": ("", attachment.name)})


def _set_removed(access: Access, attachment: Attachment, *, is_removed: bool) -> None:
    lock_task(access, attachment.task, Capability.RECORD)
    attachment.deleted_at = timezone.now() if is_removed else None
    attachment.save(update_fields=["deleted_at"])
