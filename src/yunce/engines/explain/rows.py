"""The ledger of a change: tidy rows that add up to it, and drilling up and down in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import fsum
from typing import NamedTuple

from yunce.kit.wording import gettext as _

Segment = tuple[str, ...]  # one word per dimension, outermost first
NOISE = 1.28  # σ: what four of five ordinary months stay inside


class Kind(StrEnum):
    """What a row is the effect of."""

    AMOUNT = "amount"  # of a sum, or of a factor: the part's own change
    RATE = "rate"  # the segment's own ratio changed
    MIX = "mix"  # the segment's share of the denominator changed
    NUM = "num"  # the numerator changed
    DEN = "den"  # the denominator changed
    OFFBASE = "offbase"  # a numerator without a denominator
    UNATTRIBUTED = "unattributed"  # the total says more, or less, than its parts


class Status(StrEnum):
    OK = "ok"
    WEAK = "weak"  # an answer to a smaller question than was asked; ``reason`` says which
    INSUFFICIENT = "insufficient"  # no answer; ``reason`` says why


class Row(NamedTuple):
    """One contribution, in the metric's own unit (a ratio's: points of the ratio, 0.01 = 1 %)."""

    segment: Segment  # () of what belongs to none
    kind: Kind
    value: float
    is_noise: bool | None = None  # inside ordinary variation; None: nobody knows what is ordinary


@dataclass(frozen=True)
class Explanation:
    """``sum(row.value) == delta`` to the last bits a float has."""

    before: float | None  # last month, last year or the plan
    after: float | None
    rows: tuple[Row, ...] = ()
    dims: tuple[str, ...] = ()  # the names of a segment's places
    status: Status = Status.OK
    reason: str = ""
    of_numerator: bool = False  # a ratio nobody can compute: its numerator alone is explained
    note: str = ""  # what to say beside ``before``, as: how a plan was shared out

    @property
    def delta(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def movement(self) -> float:
        """Σ|c|: a share of this says more than one of a total that is near 0."""
        return fsum(abs(row.value) for row in self.rows)

    def by(self, *dims: str) -> Explanation:
        """Rolled up from the leaves by addition, so that every view agrees with every other."""
        if unknown := [dim for dim in dims if dim not in self.dims]:
            words = {"dim": unknown[0], "dims": "、".join(self.dims) or "—"}
            raise ValueError(_("没有按「%(dim)s」拆分；可选：%(dims)s。") % words)
        places = [self.dims.index(dim) for dim in dims]
        parts: dict[tuple[Segment, Kind], list[float]] = {}
        for segment, kind, value, _noise in self.rows:
            wanted = tuple(segment[place] for place in places) if segment else ()
            parts.setdefault((wanted, kind), []).append(value)
        rows = tuple(Row(segment, kind, fsum(values)) for (segment, kind), values in parts.items())
        return replace(self, rows=rows, dims=dims)

    def inside(self, *prefix: str) -> tuple[Row, ...]:
        """The rows under one segment: they add up to its rows one level higher."""
        return tuple(row for row in self.rows if row.segment[: len(prefix)] == prefix)

    def segments(self) -> dict[Segment, float]:
        """Each segment's contribution, its kinds together; largest first."""
        parts: dict[Segment, list[float]] = {}
        for segment, _kind, value, _noise in self.rows:
            parts.setdefault(segment, []).append(value)
        found = {segment: fsum(values) for segment, values in parts.items()}
        return dict(sorted(found.items(), key=lambda item: -abs(item[1])))

    def gated(self, sigmas: Mapping[Segment, float]) -> Explanation:
        """Rows marked 在正常波动内: their segment moved less than 1.28 of its σ (metric's unit).

        σ belongs to the level it was measured at: a roll-up is gated anew, with its own.
        """
        small = {
            segment: abs(value) < NOISE * sigmas[segment]
            for segment, value in self.segments().items()
            if segment in sigmas
        }
        return replace(
            self, rows=tuple(row._replace(is_noise=small.get(row.segment)) for row in self.rows)
        )


def refused(reason: str, *, before: float | None = None, after: float | None = None) -> Explanation:
    return Explanation(before, after, status=Status.INSUFFICIENT, reason=reason)


def settled(rows: Sequence[Row], delta: float) -> tuple[Row, ...]:
    """The rows with what rounding left over given to the largest, so that they add up."""
    found = list(rows)
    rest = delta - fsum(row.value for row in found)
    if rest and found:
        place = max(range(len(found)), key=lambda at: abs(found[at].value))
        found[place] = found[place]._replace(value=found[place].value + rest)
    return tuple(found)
