"""Conditions on days that are read as of a batch of their own, shared by every statement."""

from __future__ import annotations

from collections.abc import Sequence

from yunce.engines.metrics.query import Closed


def closed_values(closed: Sequence[Closed]) -> dict[str, object]:
    """What the names in the conditions stand for."""
    values: dict[str, object] = {}
    for n, each in enumerate(closed):
        values |= {
            f"closed_{n}_from": each.start,
            f"closed_{n}_to": each.end,
            f"closed_{n}_batch": each.batch,
        }
    return values


def is_open(count: int) -> str:
    """The row's day lies in none of the stretches."""
    return f"NOT ({' OR '.join(_within(n) for n in range(count))})"


def is_told(count: int) -> str:
    """The row's day lies in a stretch, and its batch had told it by then."""
    parts = (f"{_within(n)} AND f.batch <= :closed_{n}_batch" for n in range(count))
    return f"({' OR '.join(f'({part})' for part in parts)})"


def _within(n: int) -> str:
    return f"f.day BETWEEN :closed_{n}_from AND :closed_{n}_to"
