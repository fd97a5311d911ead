"""What a file says, kept on disk under the content it was worked out from.

Nothing here is the only copy of anything: the folder may be deleted at any moment, and whatever
does not fit, cannot be read back or is older than this program is worked out again.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import cast

from django.conf import settings

import yunce

MAX_BYTES = 256 * 1024 * 1024  # of everything kept here together
KEEP_SHARE = 0.8  # so full it is after making room


def folder() -> Path:
    return Path(settings.YUNCE_DATA) / "cache" / "imports"


def found(kind: str, key: str) -> object | None:
    """What was kept under this key; None when it is absent, torn or of another version."""
    path = _path(kind, key)
    with suppress(Exception):
        value = cast(object, pickle.loads(path.read_bytes()))  # noqa: S301 - our own data folder
        os.utime(path)
        return value
    return None


def keep(kind: str, key: str, value: object) -> None:
    """Keep a value if the disk allows; a full disk costs time, never an answer."""
    path = _path(kind, key)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as unfinished:
            pickle.dump(value, unfinished, protocol=pickle.HIGHEST_PROTOCOL)
        Path(unfinished.name).replace(path)
        _make_room()


def _path(kind: str, key: str) -> Path:
    digest = hashlib.sha256(f"{_version()}|{key}".encode()).hexdigest()
    return folder() / f"{kind}-{digest}"


@cache
def _version() -> str:
    """Of the code that reads files: another version of it may read them differently."""
    source = Path(yunce.__file__).parent
    digest = hashlib.sha256()
    for part in ("engines/platforms", "engines/metrics/catalogue", "ground/imports", "kit"):
        for path in sorted((source / part).rglob("*.*")):
            if path.suffix in (".py", ".yaml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _make_room() -> None:
    """The least recently used go first."""
    files = [(entry.stat(), entry) for entry in folder().iterdir()]
    size = sum(stat.st_size for stat, _entry in files)
    if size <= MAX_BYTES:
        return
    for stat, entry in sorted(files, key=lambda file: file[0].st_mtime):
        entry.unlink(missing_ok=True)
        size -= stat.st_size
        if size <= MAX_BYTES * KEEP_SHARE:
            return
