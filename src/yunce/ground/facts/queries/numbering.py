"""The numbers of posts a source tells of: they are gone through a few at a time, none is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from yunce.ground.facts.queries import numbers_of_posts
from yunce.ground.facts.rules import fitted_key

Name = tuple[int, str]  # an account's number and a post's key
Numbers = NDArray[np.int64]
TOGETHER = 2_000  # posts looked up, or made, at once
T = TypeVar("T")


class PostNumbers(Mapping[Name, int]):
    """Each post's number: in the order the posts were told, or by name where that is asked for."""

    def __init__(self, names: Callable[[], Iterable[Name]], in_order: Numbers) -> None:
        self._names, self.in_order = names, in_order

    @cached_property
    def _by_name(self) -> dict[Name, int]:
        return dict(zip(self._names(), self.in_order.tolist(), strict=True))

    def __getitem__(self, name: Name) -> int:
        return self._by_name[name]

    def __iter__(self) -> Iterator[Name]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)


def known_in_order(names: Iterable[Name]) -> Numbers:
    """The number of each, 0 where the ledger knows none; keys as sources give them."""
    return np.array([*_known(names)], np.int64)


def _known(names: Iterable[Name]) -> Iterator[int]:
    for part in apart(names):
        fitted = [(account, fitted_key(key)) for account, key in part]
        known = numbers_of_posts(fitted)
        yield from (known.get(name, 0) for name in fitted)


def apart(items: Iterable[T], size: int = TOGETHER) -> Iterator[list[T]]:
    """So many at a time."""
    waiting = iter(items)
    while part := [*islice(waiting, size)]:
        yield part
