"""A folder takes the data folder's place; killed half-way, the next start goes on.

Two renames cannot be one. Between them there is no data folder, so what is to become it stands
ready under a name every start knows. What moves over from the old folder is noted inside the new.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

KEPT = ("secret_key", "backups")  # of the old folder: sessions go on, backups stay at hand
NOTE = ".restored-over"  # in the new folder: the name of the old one


def ready_folder(data: Path) -> Path:
    """A whole folder under this name is about to become the data folder."""
    return data.with_name(f".{data.name}-restored")


def swap(data: Path, fresh: Path, *, now: datetime) -> Path | None:
    """Put ``fresh`` in place of ``data``; where the old one lies now. OSError: nothing moved."""
    aside = data.with_name(f"{data.name}.before-{now:%Y%m%d-%H%M%S}") if data.exists() else None
    if aside:
        (fresh / NOTE).write_text(aside.name)
    ready = ready_folder(data)
    shutil.rmtree(ready, ignore_errors=True)
    sync(fresh)
    fresh.rename(ready)
    try:
        if aside:
            data.rename(aside)
        finish(data)
    except OSError:
        if aside and aside.exists() and not data.exists():
            aside.rename(data)
        shutil.rmtree(ready, ignore_errors=True)
        raise
    return aside


def finish(data: Path) -> None:
    """What a killed ``swap`` left to do; every start asks for it."""
    ready = ready_folder(data)
    if ready.exists() and not data.exists() and _is_due(ready):
        ready.rename(data)
    note = data / NOTE
    if not note.exists():
        return
    aside = _old(data)
    for name in KEPT:
        if (aside / name).exists() and not (data / name).exists():
            (aside / name).rename(data / name)
    note.unlink()


def _is_due(ready: Path) -> bool:
    """The old folder was moved aside by us, or there was none; not taken away by somebody."""
    return not (ready / NOTE).exists() or _old(ready).exists()


def _old(folder: Path) -> Path:
    return folder.with_name((folder / NOTE).read_text())


def sync(place: Path) -> None:
    """On the disk, not only on its way there: a power cut must not leave names without content."""
    for path in (path for path in (place, *place.rglob("*")) if path.is_file()):
        descriptor = os.open(path, os.O_RDONLY)
        with suppress(OSError):
            os.fsync(descriptor)
        os.close(descriptor)
