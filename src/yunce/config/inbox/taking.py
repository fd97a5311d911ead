"""Taking one file out of the watched folder, so that nobody else can; putting it where it belongs.

A file is claimed by renaming it below ``.taking``: of two processes one succeeds. Whoever takes
holds a lock on ``.taking/lock``, which the system lets go of when the process dies: what lies below
``.taking`` while nobody holds it was left by one that died, and goes back to where it came from.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from uuid import uuid4

from yunce.config.inbox.looking import DONE, FAILED, TAKING, Arrival
from yunce.kit.wording import gettext as _

LOCK = "lock"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


class NotAFileError(Exception):
    """A link, a pipe or the like lies where a file should."""


@dataclass(frozen=True)
class Claim:
    """A file that is ours now."""

    root: Path  # of the inbox
    token: str
    arrival: Arrival

    @property
    def path(self) -> Path:
        return self.arrival.below(self.root / TAKING / self.token)

    def content(self, limit: int) -> bytes:
        """At most so many bytes; NotAFileError when it is no plain file."""
        try:
            opened = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO):
                raise _not_a_file() from error
            raise
        with os.fdopen(opened, "rb") as file:
            if not S_ISREG(os.fstat(opened).st_mode):
                raise _not_a_file()
            return file.read(limit)

    def done(self, now: datetime) -> Path:
        return self._put(DONE, now)

    def failed(self, sentence: str, now: datetime) -> Path:
        """The reason lies beside the file, written first: a file in ``failed`` always has one."""
        target = self._free(FAILED, now)
        target.with_name(f"{target.name}.txt").write_text(sentence + "\n", encoding="utf-8")
        return self._move(target)

    def put_back(self) -> None:
        """To where it came from; beside a new file of that name, never over it."""
        home = self.arrival.below(self.root)
        home.parent.mkdir(parents=True, exist_ok=True)
        target = home
        while target.exists() or target.is_symlink():
            target = home.with_name(f"{home.stem} {uuid4().hex[:6]}{home.suffix}")
        self._move(target)

    def _put(self, folder: str, now: datetime) -> Path:
        return self._move(self._free(folder, now))

    def _free(self, folder: str, now: datetime) -> Path:
        """The day and hour go before the name, so that the next day's file has a place too."""
        parent = self.root.joinpath(*self.arrival.folders[:1], folder)
        if parent.is_symlink():
            parent.unlink()  # a link would lead the file out of the folder
        parent.mkdir(exist_ok=True)
        stamp = f"{now:%Y-%m-%d %H%M%S} "
        name = f"{stamp}{self.arrival.name}"
        while (parent / name).exists():
            name = f"{stamp}{uuid4().hex[:6]} {self.arrival.name}"
        return parent / name

    def _move(self, target: Path) -> Path:
        self.path.rename(target)
        emptied = self.path.parent
        while emptied != self.root / TAKING:
            with suppress(OSError):
                emptied.rmdir()
            emptied = emptied.parent
        return target


def _not_a_file() -> NotAFileError:
    return NotAFileError(_("这不是普通文件（可能是链接）。请把文件本身放进来。"))


def claim(root: Path, arrival: Arrival) -> Claim | None:
    """None when it is gone: somebody else was quicker, or took it away."""
    ours = Claim(root, uuid4().hex, arrival)
    ours.path.parent.mkdir(parents=True)
    try:
        source = _opened(root, arrival.folders)
    except OSError:
        _drop_folders(ours)
        return None
    try:
        os.rename(arrival.name, ours.path, src_dir_fd=source)
    except OSError:
        _drop_folders(ours)
        return None
    finally:
        os.close(source)
    return ours


def _opened(root: Path, folders: tuple[str, ...]) -> int:
    """The folder's descriptor, stepping through no link: a swapped folder leads nowhere."""
    opened = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    for name in folders:
        try:
            inner = os.open(name, _FOLDER, dir_fd=opened)
        finally:
            os.close(opened)
        opened = inner
    return opened


def _drop_folders(ours: Claim) -> None:
    emptied = ours.path.parent
    while emptied != ours.root / TAKING:
        emptied.rmdir()
        emptied = emptied.parent


@contextmanager
def taking(root: Path) -> Iterator[bool]:
    """Whether we are the one that takes now."""
    (root / TAKING).mkdir(exist_ok=True)
    with (root / TAKING / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def left_behind(root: Path) -> list[Claim]:
    """What a process that died had claimed. Only for who holds the lock."""
    found = []
    for folder, _folders, files in os.walk(root / TAKING):
        parts = Path(folder).relative_to(root / TAKING).parts
        found += [Claim(root, parts[0], Arrival(parts[1:], name)) for name in files if parts]
    return found
