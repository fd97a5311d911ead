"""Which of a task's numbers make up a goal, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yunce.engines.plantables.measures import LEVEL, RATE, groups_of, same_kind, speaks_of
from yunce.engines.plantables.parts import Amount, Factor, Part
from yunce.engines.plantables.tokens import EVENTS
from yunce.kit.numbers import Unit

_PEOPLE = ("名", "位", "个")
_BESIDE = re.compile(r"挑战|冲刺|力争|争取|最多|上限|奖励|预算")


class Joined(StrEnum):
    """How a share comes about."""

    LEAF = "leaf"  # a number somebody wrote, or one that is not known
    SUM = "sum"
    PRODUCT = "product"


@dataclass(frozen=True)
class Share:
    """A part of a goal: what a target tree is built of."""

    name: str
    value: Decimal | None = None  # of a leaf; None = nobody wrote it
    joined: Joined = Joined.LEAF
    parts: tuple[Share, ...] = ()
    is_guess: bool = False  # not said whether the number is of each or of all

    @property
    def is_known(self) -> bool:
        if self.joined is Joined.LEAF:
            return self.value is not None
        return all(part.is_known for part in self.parts)

    @property
    def amount(self) -> Decimal | None:
        """What it comes to; None while a number is missing."""
        if self.joined is Joined.LEAF:
            return self.value
        values = [part.amount for part in self.parts]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        if self.joined is Joined.SUM:
            return sum(known, Decimal(0))
        result = Decimal(1)
        for value in known:
            result *= value
        return result

    @property
    def has_guess(self) -> bool:
        return self.is_guess or any(part.has_guess for part in self.parts)


@dataclass(frozen=True)
class Measured:
    """What a goal counts, as far as its words say."""

    words: str
    unit: Unit
    measure: str  # 篇, 人 …

    @property
    def groups(self) -> frozenset[str]:
        return groups_of(self.words, self.measure)

    @property
    def adds_up(self) -> bool:
        """Rates, means and levels are not made by adding."""
        if self.unit in (Unit.PERCENT, Unit.SECOND) or RATE.search(self.words):
            return False
        return not LEVEL.search(self.words)

    @property
    def counts_doings(self) -> bool:
        return (
            bool(self.measure)
            and re.fullmatch(EVENTS, self.measure) is not None
            and (self.measure not in _PEOPLE or not self.groups)
        )


def shares_of(
    parts: Iterable[Part], measured: Measured, *, guess_each: bool = False
) -> tuple[Share, ...]:
    """The parts that speak of the goal; each may still miss a number."""
    given = list(parts)
    if not measured.adds_up:
        return ()
    if measured.counts_doings:
        return _counted(given, measured)
    found = (_amounting(part, measured, guess_each=guess_each) for part in given)
    return tuple(share for share in found if share is not None)


def _counted(parts: Sequence[Part], measured: Measured) -> tuple[Share, ...]:
    """「20 篇」 is made of the 篇 of its tasks; of 条 and 期 only where no task speaks of 篇."""
    for fits in (
        lambda unit: unit == measured.measure,
        lambda unit: bool(unit) and same_kind(unit, measured.measure),
    ):
        found = [share for part in parts if (share := _count_of(part, fits)) is not None]
        if found:
            return tuple(found)
    return ()


def _count_of(part: Part, fits: object) -> Share | None:
    assert callable(fits)  # noqa: S101  narrows
    if part.is_total:
        return None
    if part.inside and all(fits(inner.unit) for inner in part.inside):
        inner = tuple(share for each in part.inside if (share := _count_of(each, fits)) is not None)
        return Share(part.words, joined=Joined.SUM, parts=inner)
    if part.factors:
        units = [factor.unit for factor in part.factors if factor.unit]
        if any(fits(unit) for unit in units) and len(units) > 1:
            return _product(part)
        return None
    if part.count is None or not fits(part.unit):
        return None
    if part.repeats:
        unknown = Share(f"几{part.repeats}")
        each = Share(f"每{part.repeats}", part.count)
        return Share(part.words, joined=Joined.PRODUCT, parts=(unknown, each))
    return Share(part.words, part.count)


def _amounting(part: Part, measured: Measured, *, guess_each: bool) -> Share | None:
    if part.is_total:
        return None
    if part.factors:
        return _product(part) if _product_speaks(part, measured) else None
    relevant = relevant_amounts(part.amounts, measured)
    if relevant:
        return _share(part, relevant, guess_each=guess_each)
    if part.count is None:
        return None
    if part.unit in _PEOPLE and not part.amounts and groups_of(part.words) & measured.groups:
        return Share(part.words, part.count)
    if part.unit in ("名", "位") and not part.amounts:
        return None  # whom one asks, not what is asked for
    name = f"每{part.unit}" if part.unit else "每次"
    factors = (Share(f"{part.unit}数", part.count), Share(name))
    return Share(_name(part), joined=Joined.PRODUCT, parts=factors)


def _product_speaks(part: Part, measured: Measured) -> bool:
    last = part.factors[-1]
    if {"money", "orders"} & measured.groups:
        return True
    return speaks_of(part.words, last.unit, measured.groups)


def relevant_amounts(amounts: Sequence[Amount], measured: Measured) -> list[Amount]:
    """Numbers under another measure's word are standards; 「力争 3,500」 is said beside another."""
    return [
        a
        for a in amounts
        if not a.is_percent
        and speaks_of(a.words, a.unit, measured.groups)
        and not _BESIDE.search(a.words)
    ]


def _share(part: Part, amounts: Sequence[Amount], *, guess_each: bool) -> Share:
    is_each = amounts[0].is_each
    is_guess = is_each is None and part.count is not None
    if is_guess:
        is_each = guess_each
    leaves = tuple(Share(a.words or _name(part), a.value) for a in amounts if a.value is not None)
    whole = leaves[0] if len(leaves) == 1 else Share(_name(part), joined=Joined.SUM, parts=leaves)
    if not is_each or (part.count is None and not part.unit and not part.repeats):
        return Share(_name(part), whole.value, whole.joined, whole.parts, is_guess)
    counts = [Share(f"{part.unit}数" if part.unit else "次数", part.count)]
    if part.repeats:
        counts.append(Share(f"几{part.repeats}"))
    return Share(_name(part), joined=Joined.PRODUCT, parts=(*counts, whole), is_guess=is_guess)


def _name(part: Part) -> str:
    return part.words or part.unit


def _product(part: Part) -> Share:
    return Share(part.words, joined=Joined.PRODUCT, parts=tuple(map(_factor, part.factors)))


def _factor(factor: Factor) -> Share:
    if not factor.parts:
        return Share(factor.words or factor.unit, factor.value)
    inner = tuple(_plain(part) for part in factor.parts)
    return Share(factor.words, joined=Joined.SUM, parts=inner)


def _plain(part: Part) -> Share:
    """A part inside the brackets of a product, where the goal is already settled."""
    if part.factors:
        return _product(part)
    if part.count is not None and part.amounts:
        return Share(
            part.words,
            joined=Joined.PRODUCT,
            parts=(Share(part.unit, part.count), Share(part.words, part.amounts[0].value)),
        )
    if part.amounts:
        return Share(part.words, part.amounts[0].value)
    return Share(part.words, part.count)
