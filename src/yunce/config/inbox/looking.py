"""Which files of the watched folder are waiting, and which of them have stopped changing.

inbox/<team's slug>/<file>            the account is told from the file
inbox/<team's slug>/<account>/<file>  or named by a folder
inbox/<file>                          when there is only one team
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR

DONE, FAILED, TAKING = "done", "failed", ".taking"
UNFINISHED = (".part", ".tmp", ".crdownload", ".download", ".partial", ".filepart")
DEEPEST = 2  # a team's folder, an account's folder


@dataclass(frozen=True, order=True)
class Arrival:
    """One thing lying in the folder; not yet opened."""

    folders: tuple[str, ...]  # below the inbox: (), (team,) or (team, account)
    name: str

    def below(self, root: Path) -> Path:
        return root.joinpath(*self.folders, self.name)

    def to_json(self) -> list[str]:
        return [*self.folders, self.name]

    @classmethod
    def from_json(cls, parts: list[str]) -> Arrival:
        """ValueError for a name that would lead out of the folder."""
        if not 1 <= len(parts) <= DEEPEST + 1 or any(
            "/" in p or p in ("", ".", "..") for p in parts
        ):
            raise ValueError(parts)
        return cls(tuple(parts[:-1]), parts[-1])


Signature = tuple[int, int, int]  # inode, size, time of the last change: the same file unchanged


@dataclass(frozen=True)
class Watch:
    """What was seen so far."""

    seen: Mapping[Arrival, tuple[Signature, float]] = field(default_factory=dict)


def arrivals(root: Path) -> dict[Arrival, Signature]:
    """Everything waiting. Links to folders are never followed."""
    return dict(_inside(root, ()))


def _inside(root: Path, folders: tuple[str, ...]) -> Iterator[tuple[Arrival, Signature]]:
    try:
        entries = list(os.scandir(root.joinpath(*folders)))
    except OSError:
        return  # taken away meanwhile
    for entry in entries:
        if is_passed_over(entry.name):
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if not S_ISDIR(status.st_mode):
            signature = (status.st_ino, status.st_size, status.st_mtime_ns)
            yield Arrival(folders, entry.name), signature
        elif len(folders) < DEEPEST and entry.name not in (DONE, FAILED):
            yield from _inside(root, (*folders, entry.name))


def is_passed_over(name: str) -> bool:
    """Hidden files, and what programs write before a file is whole.

    >>> [is_passed_over(n) for n in (".taking", "~$a.xlsx", "a.xlsx.part", "a.xlsx")]
    [True, True, True, False]
    """
    return name.startswith((".", "~$")) or name.lower().endswith(UNFINISHED)


def settled(
    watch: Watch, found: Mapping[Arrival, Signature], *, now: float, settle: float
) -> tuple[list[Arrival], Watch]:
    """(files unchanged for so many seconds, what to remember until the next look).

    A file that is handed out is forgotten: still there later, it has to lie still once more.
    """
    ready: list[Arrival] = []
    kept: dict[Arrival, tuple[Signature, float]] = {}
    for arrival, signature in found.items():
        before, since = watch.seen.get(arrival, (signature, now))
        if before != signature:
            since = now
        if now - since >= settle and arrival in watch.seen and before == signature:
            ready.append(arrival)
        else:
            kept[arrival] = (signature, since)
    return sorted(ready), Watch(kept)
