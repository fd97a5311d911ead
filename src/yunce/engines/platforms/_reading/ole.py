"""OLE containers, the file system inside old Office files: find one stream's bytes.

Layout after [MS-CFB]: a header of 512 bytes, then sectors; a table (FAT) names each sector's
successor; a directory of 128-byte entries names the streams; small streams live in a stream.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA  # greater numbers are marks: end of chain, free, …
_ROOT = 5  # the kind of the entry whose stream holds the small streams


class BrokenOleError(ValueError):
    """The container contradicts itself."""


@dataclass(frozen=True)
class Entry:
    """One line of the directory."""

    name: str
    kind: int
    start: int  # first sector
    size: int  # bytes


class OleFile:
    """A container held in memory."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER or not content.startswith(MAGIC):
            raise BrokenOleError("no header")
        self._content = content
        shift, small_shift = struct.unpack_from("<2H", content, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise BrokenOleError(f"sectors of 2**{shift} and 2**{small_shift} bytes")
        self._size, self._small_size = 1 << shift, 1 << small_shift
        directory, self._cutoff, small_table = struct.unpack_from("<I4xII", content, 48)
        self._next = self._table()
        self.entries = [*self._directory(directory)]
        self._small_next = _numbers(self._chain(small_table))

    def stream(self, *names: str) -> bytes | None:
        """The first stream of one of these names."""
        wanted = {name.casefold() for name in names}
        found = (e for e in self.entries if e.kind != _ROOT and e.name.casefold() in wanted)
        entry = next(found, None)
        return None if entry is None else self._read(entry)

    def _read(self, entry: Entry) -> bytes:
        if entry.size >= self._cutoff or entry.kind == _ROOT:
            return self._chain(entry.start)[: entry.size]
        root = next((e for e in self.entries if e.kind == _ROOT), None)
        store = self._read(root) if root else b""
        places = _walk(entry.start, self._small_next)
        cut = self._small_size
        return b"".join(store[p * cut : (p + 1) * cut] for p in places)[: entry.size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise BrokenOleError(f"sector {number} lies beyond the end")
        return self._content[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _walk(start, self._next))

    def _table(self) -> Sequence[int]:
        """The FAT's own sectors are listed in the header, and on from there in list sectors."""
        listed = [*struct.unpack_from("<109I", self._content, 76)]
        more, seen = struct.unpack_from("<I", self._content, 68)[0], set[int]()
        while more < _LAST_SECTOR and more not in seen:
            seen.add(more)
            *numbers, more = _numbers(self._sector(more))
            listed += numbers
        return _numbers(b"".join(self._sector(n) for n in listed if n < _LAST_SECTOR))

    def _directory(self, start: int) -> Iterator[Entry]:
        data = self._chain(start)
        for begin, end in pairwise(range(0, len(data) + 1, 128)):
            entry = data[begin:end]
            length, kind = struct.unpack_from("<HB", entry, 64)
            sector, size = struct.unpack_from("<II", entry, 116)
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            if kind:
                yield Entry(name=name, kind=kind, start=sector, size=size)


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _walk(start: int, successors: Sequence[int]) -> Iterator[int]:
    """The sectors of one chain; BrokenOleError when it bites its own tail or leaves the table."""
    number, steps = start, 0
    while number < _LAST_SECTOR:
        steps += 1
        if number >= len(successors) or steps > len(successors):
            raise BrokenOleError("a chain of sectors does not end")
        yield number
        number = successors[number]
