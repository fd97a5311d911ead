"""Files without a browser: for the command line, the API and the daily intake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yunce.engines.platforms import Problem, UnreadableFileError, read_tables, unpack
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Recorded
from yunce.ground.imports.actions._committing import record_preview
from yunce.ground.imports.actions._uploads import check_captured_on, own_account
from yunce.ground.imports.keeping import file_hash, keep_file
from yunce.ground.imports.previewing import Incoming, Preview, make_preview
from yunce.ground.imports.queries import captured_before
from yunce.ground.imports.rules import default_captured_on, shown_name
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability


@dataclass(frozen=True)
class ImportResult:
    """What came of one file."""

    batch: int | None  # None: nothing was written (dry run, nothing new, or an error)
    platform: str  # key; empty when it could not be told
    account: str  # name; empty when it could not be told
    added: int
    updated: int
    unchanged: int
    conflicts: int
    ignored: int
    errors: int
    problems: tuple[Problem, ...] = ()
    blocked: str = ""  # why nothing of it can be written, when no problem says so


def import_file(
    *,
    access: Access,
    content: bytes,
    name: str,
    account: Account | None,
    captured_on: date | None = None,
    dry_run: bool,
    today: date,
    skip_errors: bool = False,
) -> ImportResult:
    """Bring one file in. With errors nothing is written unless ``skip_errors`` says so.

    What is wrong with the file comes back as problems; only a wrong call raises.
    """
    access.require(Capability.RECORD)
    own_account(access, account)
    check_captured_on(captured_on, today)
    name = shown_name(name)
    try:
        tables = tuple(read_tables(content, name))
    except UnreadableFileError as error:
        return _refused(str(error))
    sha256 = file_hash(content)
    day = captured_on or captured_before(access.team, sha256) or default_captured_on(tables, today)
    incoming = Incoming(access.team, tables, name, sha256, day, account)
    looked = make_preview(incoming, today=today, unattended=True)
    if looked.needs_mapping:
        return _refused(
            _("认不出「%(name)s」的格式，没有导入") % {"name": name},
            _("请在网页「数据导入」里上传一次并指定每一列；以后同样表头的文件会自动认出。"),
        )
    flawed = bool(looked.errors or looked.conflicts) and not skip_errors
    if dry_run or looked.blocked or flawed:
        return _result(looked, None)
    keep_file(content)
    return _result(looked, record_preview(access=access, looked=looked))


def import_all(
    *, access: Access, content: bytes, name: str, **options: Any
) -> tuple[tuple[str, ImportResult], ...]:
    """`import_file` for a file, or for each file of an archive; with each its name."""
    access.require(Capability.RECORD)
    try:
        files = unpack(content, shown_name(name))
    except UnreadableFileError as error:
        return ((shown_name(name), _refused(str(error))),)
    if len(files) == 1 and files[0].data is content:
        return (
            (shown_name(name), import_file(access=access, content=content, name=name, **options)),
        )
    return tuple(
        (file.name, import_file(access=access, content=file.data, name=file.name, **options))
        for file in files
    )


def _refused(message: str, hint: str = "") -> ImportResult:
    problem = Problem(sheet="", row=None, column="", value="", message=message, hint=hint)
    return ImportResult(None, "", "", 0, 0, 0, 0, 0, 1, (problem,))


def _result(looked: Preview, recorded: Recorded | None) -> ImportResult:
    """Counts of what was written, or of what would be."""
    done = recorded.comparison if recorded else looked.comparison
    batch = recorded.batch if recorded else None
    platform = looked.reading.platform or (looked.account.platform if looked.account else "")
    return ImportResult(
        batch=batch.pk if batch else None,
        platform=platform,
        account=looked.account.name if looked.account else "",
        added=done.added,
        updated=len(done.changed),
        unchanged=done.unchanged,
        conflicts=looked.conflicts,
        ignored=looked.ignored,
        errors=looked.errors,
        problems=looked.problems,
        blocked="" if looked.repeated or looked.account_problem else looked.blocked,
    )
