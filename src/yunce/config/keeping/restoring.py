"""Putting a backup in the place of a data folder: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
import zlib
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from yunce.config.environment import Environment, prepare_data_folder
from yunce.config.failures import WorkError
from yunce.config.keeping.manifest import (
    FACTS,
    WAITING,
    Manifest,
    check,
    damaged,
    open_backup,
    read_manifest,
)
from yunce.config.keeping.swapping import finish, swap
from yunce.config.keeping.verifying import verify
from yunce.engines.metrics import MetricsError, open_store
from yunce.kit.wording import gettext as _

ABANDONED_AFTER = timedelta(days=1)


def restore(
    environment: Environment, source: Path, *, force: bool, now: datetime
) -> tuple[Manifest, Path | None]:
    """(what was restored, where the old folder lies now). No server may be running.

    Facts that belong into a store elsewhere wait in the folder for the next start.
    """
    finish(environment.data)
    _refuse_unsuitable(environment, force=force)
    _tidy(environment.data, now)
    with open_backup(str(source)) as archive:
        manifest = read_manifest(archive)
        check(archive, manifest)
        fresh = _unpacked(environment, archive, manifest)
    if not environment.has_facts_inside:
        (fresh / FACTS).rename(fresh / f"{WAITING}{now:%Y%m%d-%H%M%S}.duckdb")
    try:
        aside = swap(environment.data, fresh, now=now)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        values = {"folder": environment.data, "why": error.strerror}
        raise WorkError(_("换不了数据文件夹 %(folder)s：%(why)s。") % values) from error
    prepare_data_folder(environment)
    return manifest, aside


def _refuse_unsuitable(environment: Environment, *, force: bool) -> None:
    if environment.data.exists() and any(environment.data.iterdir()) and not force:
        raise WorkError(
            _("数据文件夹 %(folder)s 里已有数据。确定要换掉，请加 --force（旧的会留在旁边）。")
            % {"folder": environment.data}
        )
    if not environment.has_facts_inside and _holds_facts(environment.facts_url) and not force:
        raise WorkError(
            _("YUNCE_FACTS_URL 的事实库里已有数据。确定要换掉，请加 --force（旧的会留一份）。")
        )


def _holds_facts(url: str) -> bool:
    """A store that is away is told before anything is moved."""
    try:
        with closing(open_store(url)) as store:
            return bool(store.teams())
    except MetricsError as error:
        raise WorkError(str(error)) from error


def _unpacked(environment: Environment, archive: ZipFile, manifest: Manifest) -> Path:
    """Verified, and beside the data folder, so that putting it in place is one rename."""
    parent = environment.data.parent
    parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=parent, prefix=_unfinished(environment.data)))
    try:
        verify(fresh, _extracted(archive, manifest, fresh), manifest)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        values = {"folder": parent, "why": error.strerror}
        raise WorkError(_("备份解不到 %(folder)s：%(why)s。") % values) from error
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    fresh.chmod(0o755)
    return fresh


def _extracted(archive: ZipFile, manifest: Manifest, fresh: Path) -> dict[str, Path]:
    """zipfile keeps every member inside the folder, whatever it is called."""
    paths = {}
    for name in manifest.members:
        try:
            paths[name] = Path(archive.extract(name, fresh))
        except (BadZipFile, EOFError, zlib.error) as error:
            raise damaged(name) from error
    return paths


def _unfinished(data: Path) -> str:
    """How a folder begins that is being unpacked."""
    return f".{data.name}-restoring-"


def _tidy(data: Path, now: datetime) -> None:
    """What restores left that were killed while they unpacked."""
    for path in data.parent.glob(f"{_unfinished(data)}*"):
        if path.stat().st_mtime < (now - ABANDONED_AFTER).timestamp():
            shutil.rmtree(path, ignore_errors=True)
