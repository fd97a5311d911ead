"""Raw files, kept by their content: written once, never altered."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


def file_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept_path(sha256: str, *, shelf: str = "") -> Path:
    """Another app keeps its files on a shelf of its own: imports forget what is no table."""
    return Path(settings.YUNCE_DATA) / "uploads" / shelf / sha256[:2] / sha256


def path_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_file(content: bytes | Path, *, shelf: str = "") -> str:
    """Keep a file and return its hash. The same content again changes nothing."""
    sha256 = path_hash(content) if isinstance(content, Path) else file_hash(content)
    path = kept_path(sha256, shelf=shelf)
    if path.is_file():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as unfinished:
        try:
            if isinstance(content, Path):
                with content.open("rb") as source:
                    shutil.copyfileobj(source, unfinished)
            else:
                unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            Path(unfinished.name).chmod(0o440)
            Path(unfinished.name).replace(path)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise
    return sha256


def read_kept(sha256: str, *, shelf: str = "") -> bytes:
    """FileNotFoundError when it has been taken away from under us."""
    return kept_path(sha256, shelf=shelf).read_bytes()


def open_kept(sha256: str, *, shelf: str = "") -> BinaryIO:
    """The same, to be read piece by piece."""
    return kept_path(sha256, shelf=shelf).open("rb")
