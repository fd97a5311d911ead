"""Making a backup while the program runs.

The two stores are copied one after the other, the ledger first, and still agree once restored:
- An import that commits in between: its line is «writing» in the copied ledger, or missing.
  `recover`, which every start runs, erases such facts.
- An import committed before the ledger was copied: its facts were written before that.
- An undo that starts in between: the copied ledger still calls the batch committed while its
  facts may be gone from the copied store. Such batches are marked «undoing» in the copy, and
  `recover` finishes what had begun.
So nobody has to wait for a backup: no lock is held while the copies are made.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

from yunce import __version__
from yunce.config.environment import Environment
from yunce.config.failures import WorkError
from yunce.config.keeping.manifest import FACTS, FORMAT, LEDGER, NAME, Manifest, sha256_of
from yunce.config.keeping.steps import steps_of
from yunce.config.keeping.swapping import sync
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch, BatchState
from yunce.kit.wording import gettext as _

UPLOADS = "uploads"
COPIES = ".backup-"  # how the folder of the copies begins while they are made
ABANDONED_AFTER = timedelta(days=1)


def back_up(environment: Environment, target: Path, *, now: datetime) -> Manifest:
    """Write one file; it appears under its name only when it is whole."""
    try:
        return _backed_up(environment, target, now)
    except (OSError, sqlite3.OperationalError) as error:
        why = getattr(error, "strerror", None) or error
        raise WorkError(
            _("没有备份成「%(file)s」：%(why)s。请看磁盘空间和文件夹的权限，或用 -o 换个地方。")
            % {"file": target, "why": why}
        ) from error


def _backed_up(environment: Environment, target: Path, now: datetime) -> Manifest:
    target.parent.mkdir(parents=True, exist_ok=True)
    _tidy(target.parent, now)
    unfinished = target.with_name(f".{target.name}.{uuid4().hex}")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=COPIES) as folder:
            copies = _copy_stores(environment, Path(folder))
            members = {**copies, **dict(_uploads(environment))}
            manifest = _write(unfinished, members, now)
        unfinished.chmod(0o600)  # password hashes and a team's numbers are inside
        sync(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _tidy(folder: Path, now: datetime) -> None:
    """What backups left that were killed; one that is being made is younger than a day."""
    for path in [*folder.glob(f"{COPIES}*"), *folder.glob(".*.zip.*")]:
        if path.stat().st_mtime > (now - ABANDONED_AFTER).timestamp():
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _copy_stores(environment: Environment, folder: Path) -> dict[str, Path]:
    ledger, facts = folder / LEDGER, folder / FACTS
    with (
        closing(sqlite3.connect(environment.database)) as source,
        closing(sqlite3.connect(ledger)) as copy,
    ):
        source.backup(copy)
    fact_store().save_copy(facts)
    _mark_taken_back(ledger)
    return {LEDGER: ledger, FACTS: facts}


def _mark_taken_back(ledger: Path) -> None:
    """Batches the copy calls committed and the living ledger no longer does."""
    living = set(Batch.objects.filter(state=BatchState.COMMITTED).values_list("pk", flat=True))
    with closing(sqlite3.connect(ledger)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without -wal beside it
        rows = copy.execute("SELECT id FROM facts_batch WHERE state = ?", [BatchState.COMMITTED])
        gone = [(BatchState.UNDOING, number) for (number,) in rows if number not in living]
        copy.executemany("UPDATE facts_batch SET state = ? WHERE id = ?", gone)
        copy.commit()


def _uploads(environment: Environment) -> Iterator[tuple[str, Path]]:
    """Whole files only; one being received has a name that starts with a dot."""
    for path in sorted(environment.uploads.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield f"{UPLOADS}/{path.relative_to(environment.uploads).as_posix()}", path


def _write(target: Path, members: dict[str, Path], now: datetime) -> Manifest:
    hashes = {}
    for name, path in members.items():
        with path.open("rb") as file:
            hashes[name] = sha256_of(file)
    steps = dict(steps_of(members[LEDGER]))  # of each app the last
    manifest = Manifest(FORMAT, __version__, now.isoformat(timespec="seconds"), hashes, steps)
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr(NAME, manifest.to_json())
        for name, path in members.items():
            archive.write(path, name)
    return manifest
