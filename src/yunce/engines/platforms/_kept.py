"""Texts of a long table, a block of them kept as one text until one of them is asked for.

A text of 20 letters costs 130 bytes as an object, and half of that as a part of a longer one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import overload

from yunce.engines.platforms._tables import Cell

_BETWEEN = "\0"


class KeptTexts(Sequence[str]):
    """The texts of one block; ``kept`` makes them."""

    def __init__(self, joined: str, count: int) -> None:
        self._joined, self._count = joined, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(_apart(self._joined))

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        return _apart(self._joined)[place]


def kept(texts: Sequence[Cell]) -> Sequence[Cell]:
    """The same cells; as they are unless they are nothing but texts.

    >>> [*kept(("早安", "", "晚安"))], kept(("早安", None))
    (['早安', '', '晚安'], ('早安', None))
    """
    if set(map(type, texts)) != {str}:
        return texts
    joined = _BETWEEN.join(texts)  # type: ignore[arg-type]  # nothing but texts
    return KeptTexts(joined, len(texts)) if joined.count(_BETWEEN) == len(texts) - 1 else texts


@lru_cache(maxsize=16)  # blocks that are being looked at
def _apart(joined: str) -> list[str]:
    return joined.split(_BETWEEN)
