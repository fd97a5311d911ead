"""A goal's shares as a target tree: do they add up, and what must the missing number be?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yunce.engines.plantables import GoalLine, Joined, Share
from yunce.engines.targets import (
    Fit,
    Node,
    Reconciliation,
    TargetTreeError,
    leaf,
    needed,
    product,
    reconcile,
    total,
    value_of,
)


class Fits(StrEnum):
    """How a goal stands to its parts."""

    EXACT = "exact"
    GAP = "gap"
    SURPLUS = "surplus"
    OPEN = "open"  # a part has no number yet
    UNSPLIT = "unsplit"  # nothing says how it is made up
    NOT_ADDITIVE = "not_additive"  # a rate, a mean or a level
    NO_NUMBER = "no_number"  # the goal itself has none


@dataclass(frozen=True)
class Needed:
    """What one part must bring for the goal to be reached."""

    name: str
    value: Decimal


@dataclass(frozen=True)
class Fitting:
    """One goal against its parts."""

    fits: Fits
    total: Decimal | None  # what the parts with numbers come to
    must: Reconciliation | None
    stretch: Reconciliation | None
    needed: tuple[Needed, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Too little for must, or more than anybody asked for."""
        if self.fits is Fits.GAP:
            return True
        return self.fits is Fits.SURPLUS and (
            self.stretch is None or self.stretch.fit is Fit.SURPLUS or self.stretch.target is None
        )


def fit_of(goal: GoalLine, shares: Sequence[Share]) -> Fitting:
    must, stretch = goal.target.must, goal.target.stretch
    target = must if must is not None else stretch
    if target is None:
        return Fitting(Fits.NO_NUMBER, None, None, None)
    if not goal.measured.adds_up:
        return Fitting(Fits.NOT_ADDITIVE, None, None, None)
    if not shares:
        return Fitting(Fits.UNSPLIT, None, None, None)
    tree = _tree(goal.target.words, shares)
    known = [amount for share in shares if (amount := share.amount) is not None]
    come_to = sum(known, Decimal(0)) if known else None
    is_open = bool(value_of(tree).missing)
    if is_open and (come_to is None or come_to < target):
        return Fitting(Fits.OPEN, come_to, None, None, tuple(_needed(tree, target)))
    against_must = reconcile(come_to, target)
    against_stretch = reconcile(come_to, stretch) if stretch is not None else None
    return Fitting(Fits(against_must.fit.value), come_to, against_must, against_stretch)


def _needed(tree: Node, target: Decimal) -> Iterator[Needed]:
    """Only where a single number is missing; two unknowns have no one answer."""
    missing = value_of(tree).missing
    if len(missing) != 1:
        return
    try:
        value = needed(tree, missing[0], target)
    except TargetTreeError:
        return
    if value > 0:
        yield Needed(tree.find(missing[0]).name, value)


def _tree(name: str, shares: Sequence[Share]) -> Node:
    return total("goal", name, *(_node(f"{at}", share) for at, share in enumerate(shares)))


def _node(key: str, share: Share) -> Node:
    if share.joined is Joined.LEAF:
        return leaf(key, share.name, share.value)
    parts = tuple(_node(f"{key}.{at}", part) for at, part in enumerate(share.parts))
    make = total if share.joined is Joined.SUM else product
    return make(key, share.name, *parts)
