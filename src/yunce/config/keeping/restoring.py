"""Putting a backup in the place of a data folder: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from yunce.config.environment import Environment, prepare_data_folder
from yunce.config.failures import WorkError
from yunce.config.keeping.manifest import (
    FACTS,
    WAITING,
    Manifest,
    check,
    open_backup,
    read_manifest,
)
from yunce.engines.metrics import MetricsError, open_store
from yunce.kit.wording import gettext as _

KEPT = ("secret_key", "backups")  # of the old folder: sessions go on, backups stay at hand


def restore(
    environment: Environment, source: Path, *, force: bool, now: datetime
) -> tuple[Manifest, Path | None]:
    """(what was restored, where the old folder lies now). No server may be running.

    Facts that belong into a store elsewhere wait in the folder for the next start.
    """
    _refuse_unsuitable(environment, force=force)
    with open_backup(str(source)) as archive:
        manifest = read_manifest(archive)
        check(archive, manifest)
        fresh = _unpacked(environment, archive)
    if not environment.has_facts_inside:
        (fresh / FACTS).rename(fresh / f"{WAITING}{now:%Y%m%d-%H%M%S}.duckdb")
    try:
        aside = _swap(environment, fresh, now)
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


def _unpacked(environment: Environment, archive: ZipFile) -> Path:
    """Beside the data folder, so that putting it in place is one rename. zipfile keeps every
    member inside the folder, whatever it is called."""
    parent = environment.data.parent
    parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=parent, prefix=f".{environment.data.name}-restoring-"))
    try:
        archive.extractall(fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    (fresh / "manifest.json").unlink()
    fresh.chmod(0o755)
    return fresh


def _swap(environment: Environment, fresh: Path, now: datetime) -> Path | None:
    data = environment.data
    if not data.exists():
        fresh.rename(data)
        return None
    aside = data.with_name(f"{data.name}.before-{now:%Y%m%d-%H%M%S}")
    data.rename(aside)
    try:
        fresh.rename(data)
    except OSError:
        aside.rename(data)
        raise
    for name in KEPT:
        if (aside / name).exists():
            (aside / name).rename(data / name)
    return aside
