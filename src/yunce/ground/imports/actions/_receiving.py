"""A file arrives: kept as it came, read at once or, a large one, in the background."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from yunce.engines.platforms import (
    MAX_BYTES,
    TooLargeFileError,
    UnreadableFileError,
    read_tables,
    unpack,
)
from yunce.ground.channels.models import Account
from yunce.ground.imports.actions._looking import look_now
from yunce.ground.imports.actions._uploads import check_captured_on, own_account
from yunce.ground.imports.keeping import file_hash, keep_file, path_hash
from yunce.ground.imports.models import Upload, UploadState
from yunce.ground.imports.queries import captured_before, waiting_uploads
from yunce.ground.imports.rules import BACKGROUND_FROM, Choices, default_captured_on, shown_name
from yunce.ground.imports.tasks import read_upload
from yunce.ground.journal.actions import write as write_journal
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.wording import gettext as _

_ZIP = b"PK"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Received:
    """What came of one dropped file, or of each file in an archive."""

    uploads: tuple[Upload, ...]
    refused: tuple[str, ...]  # a sentence for each that is no table


def receive_all(*, access: Access, file: bytes | Path, name: str, archive: str = "") -> Received:
    """Keep a file, or each file of an archive. What cannot be read does not keep the others out.

    UnreadableFileError when an archive as a whole is refused.
    """
    access.require(Capability.RECORD)
    _check_size(file, shown_name(name))
    if not _is_zip(file):
        return _receive_each(access, [(name, file)], archive)
    content = file if isinstance(file, bytes) else file.read_bytes()
    inside = unpack(content, shown_name(name))
    if len(inside) == 1 and inside[0].data is content:
        return _receive_each(access, [(name, file)], archive)  # a workbook is a zip as well
    files: list[tuple[str, bytes | Path]] = [(one.name, one.data) for one in inside]
    return _receive_each(access, files, shown_name(name))


def _receive_each(access: Access, files: list[tuple[str, bytes | Path]], archive: str) -> Received:
    uploads: list[Upload] = []
    refused: list[str] = []
    for name, file in files:
        try:
            uploads.append(receive(access=access, file=file, name=name, archive=archive))
        except UnreadableFileError as error:
            refused.append(str(error))
    return Received(tuple(dict.fromkeys(uploads)), tuple(refused))


def receive(
    *,
    access: Access,
    file: bytes | Path,
    name: str,
    archive: str = "",
    account: Account | None = None,
    captured_on: date | None = None,
) -> Upload:
    """Keep a file, to be looked at before anything is written.

    UnreadableFileError when it is no table: then nothing is kept; a large one says so later. A
    file already waiting stays one.
    """
    access.require(Capability.RECORD)
    name = shown_name(name)
    size = _check_size(file, name)
    account, today = own_account(access, account), timezone.localdate()
    captured_on = check_captured_on(captured_on, today)
    sha256 = path_hash(file) if isinstance(file, Path) else file_hash(file)
    waiting = waiting_uploads(access.team).exclude(state=UploadState.FAILED)
    if known := waiting.filter(sha256=sha256).first():
        return known
    is_large = size >= BACKGROUND_FROM
    tables = () if is_large else read_tables(_content(file), name)
    keep_file(file)
    upload = Upload(
        team=access.team,
        sha256=sha256,
        name=name,
        archive=archive,
        size=size,
        account=account,
        captured_on=captured_on
        or captured_before(access.team, sha256)
        or default_captured_on(tables, today),
        state=UploadState.WAITING if is_large else UploadState.READY,
        choices=Choices(day_given=captured_on is not None).to_json(),
        created_by=access.user,
    )
    _add(access, upload)
    if not is_large:
        look_now(upload, today=today, tables=tuple(tables))
    return upload


@transaction.atomic
def _add(access: Access, upload: Upload) -> None:
    """The line, its journal entry, and the job that reads a large file: all or none."""
    upload.save()
    write_journal(verb="imports.receive", subject=upload, actor=access.user, team_id=access.team.pk)
    if upload.state == UploadState.WAITING:
        read_upload.enqueue(upload.pk)


def _content(file: bytes | Path) -> bytes:
    return file if isinstance(file, bytes) else file.read_bytes()


def _is_zip(file: bytes | Path) -> bool:
    if isinstance(file, bytes):
        return file.startswith(_ZIP)
    with file.open("rb") as opened:
        return opened.read(len(_ZIP)) == _ZIP


def _check_size(file: bytes | Path, name: str) -> int:
    size = len(file) if isinstance(file, bytes) else file.stat().st_size
    if size > MAX_BYTES:
        limit = MAX_BYTES // MEGABYTE
        raise TooLargeFileError(name, detail=_("超过 {limit} MB").format(limit=limit))
    return size
