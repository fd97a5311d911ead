"""The critical path: the chain of waiting tasks that decides when the last one can end. No Django.

Only tasks somebody waits for, or that wait themselves, are on a path; a month's loose tasks are
not made critical by being long.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter


def critical_path(lengths: Mapping[int, int], after: Mapping[int, Collection[int]]) -> list[int]:
    """The chain with most working days, first to last; empty without dependencies.

    ``lengths`` are working days by task; what a task comes after and is not there counts nothing.
    Of equal chains the one that ends in the lower number.

    >>> critical_path({1: 3, 2: 2, 3: 4, 4: 1}, {3: [1], 4: [3, 2]})
    [1, 3, 4]
    """
    waits = {
        task: [other for other in others if other in lengths]
        for task, others in after.items()
        if task in lengths
    }
    linked = {task for task, others in waits.items() if others}
    linked |= {other for others in waits.values() for other in others}
    try:
        order = [*TopologicalSorter({task: waits.get(task, []) for task in linked}).static_order()]
    except CycleError:  # two people wrote one at the same moment: no path is the longest
        return []
    total: dict[int, int] = {}
    before: dict[int, int] = {}
    for task in order:
        longest = max(waits.get(task, []), key=lambda other: (total[other], -other), default=None)
        total[task] = lengths[task] + (total[longest] if longest is not None else 0)
        if longest is not None:
            before[task] = longest
    return _chain(max(total, key=lambda task: (total[task], -task)), before) if total else []


def _chain(last: int, before: Mapping[int, int]) -> list[int]:
    chain = [last]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return chain[::-1]


def room_after(
    ends: Mapping[int, int],
    starts: Mapping[int, int],
    after: Mapping[int, Collection[int]],
    *,
    last: int,
) -> dict[int, int]:
    """How many working days each task may slip before it pushes another or leaves the month.

    Days are numbers of working days (0 = the month's first); ``last`` is the month's last one.

    >>> room_after({1: 2, 2: 6}, {1: 0, 2: 5}, {2: [1]}, last=9)
    {1: 2, 2: 3}
    """
    found = {task: last - end for task, end in ends.items()}
    for task, others in after.items():
        for other in others:
            if task in starts and other in found:
                found[other] = min(found[other], starts[task] - ends[other] - 1)
    return {task: max(0, room) for task, room in sorted(found.items())}
