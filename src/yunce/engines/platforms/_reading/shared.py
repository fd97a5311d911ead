"""The shared strings of an .xls: how long each is, before cells multiply them. After [MS-XLS].

A string of 64 KB named by a million cells is 64 GB, for the reader gives each cell a copy.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08  # flags of a string
_HEAD = 8  # how often strings are used, how many there are
_SMALLEST = 3  # bytes of an empty string


class BrokenStringsError(ValueError):
    """The table claims strings it does not hold."""


def string_lengths(chunks: Sequence[bytes]) -> list[int]:
    """Letters of each string; ``chunks``: the record and those that continue it."""
    if not chunks:
        return []
    if len(chunks[0]) < _HEAD:
        raise BrokenStringsError("no head")
    claimed = struct.unpack_from("<I", chunks[0], 4)[0]
    if claimed * _SMALLEST > sum(map(len, chunks)):  # calamine makes room for as many
        raise BrokenStringsError(f"{claimed} strings claimed")
    try:
        return [*_lengths(chunks)]
    except (struct.error, IndexError) as error:
        raise BrokenStringsError(str(error)) from error


def _lengths(chunks: Sequence[bytes]) -> Iterator[int]:
    number, place = 0, _HEAD
    while number < len(chunks):
        if place >= len(chunks[number]):
            number, place = number + 1, 0
            continue
        letters, flags = struct.unpack_from("<HB", chunks[number], place)
        place += 3
        skipped = 0
        if flags & _RICH:
            skipped += 4 * struct.unpack_from("<H", chunks[number], place)[0]
            place += 2
        if flags & _EXTENDED:
            skipped += struct.unpack_from("<I", chunks[number], place)[0]
            place += 4
        number, place = _behind_letters(chunks, number, place, letters, wide=bool(flags & _WIDE))
        number, place = _behind(chunks, number, place, skipped)
        yield letters


def _behind_letters(
    chunks: Sequence[bytes], number: int, place: int, letters: int, *, wide: bool
) -> tuple[int, int]:
    """A chunk that continues letters says anew how wide they are."""
    while letters:
        size = 2 if wide else 1
        here = min(letters, max(0, len(chunks[number]) - place) // size)
        letters, place = letters - here, place + here * size
        if letters:
            number += 1
            wide, place = bool(chunks[number][0] & _WIDE), 1
    return number, place


def _behind(chunks: Sequence[bytes], number: int, place: int, skipped: int) -> tuple[int, int]:
    while skipped > len(chunks[number]) - place:
        skipped -= len(chunks[number]) - place
        number, place = number + 1, 0
    return number, place + skipped
