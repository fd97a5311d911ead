"""What must be done before what: circles, and who waits for whom. No Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def circle_through(
    start: int, before: Collection[int], edges: Mapping[int, Collection[int]]
) -> list[int]:
    """The circle that appears when `start` comes after each of `before`; empty when none does.

    ``edges`` says for each task what it comes after today. The circle starts and ends at `start`.

    >>> circle_through(1, [2], {2: [3], 3: [1]})
    [1, 2, 3, 1]
    >>> circle_through(1, [2], {2: [3]})
    []
    """
    for first in before:
        if first == start:
            return [start, start]
        if path := _path(first, start, edges):
            return [start, *path]
    return []


def _path(begin: int, end: int, edges: Mapping[int, Collection[int]]) -> list[int]:
    """The way from one task to another along what each comes after."""
    came_from: dict[int, int] = {}
    waiting = [begin]
    while waiting:
        here = waiting.pop()
        if here == end:
            return _walked(begin, end, came_from)
        for there in edges.get(here, ()):
            if there not in came_from and there != begin:
                came_from[there] = here
                waiting.append(there)
    return []


def _walked(begin: int, end: int, came_from: Mapping[int, int]) -> list[int]:
    steps = [end]
    while steps[-1] != begin:
        steps.append(came_from[steps[-1]])
    return steps[::-1]
