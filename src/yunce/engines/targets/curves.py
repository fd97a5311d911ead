"""A month's quantity spread over its days: whole units, exact in sum, heavier where it weighs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TypeVar

from yunce.engines.targets.errors import TargetTreeError
from yunce.kit.wording import gettext as _

Key = TypeVar("Key", bound=Hashable)


def shared_out(
    whole: Decimal, weights: Mapping[Key, Decimal], *, step: Decimal = Decimal(1)
) -> dict[Key, Decimal]:
    """``whole`` in proportion to the weights, in multiples of ``step``, by largest remainders.

    What does not fit a step goes to the first of the largest. The sum is exactly ``whole``.
    TargetTreeError when no weight is above 0 or one is below.

    >>> shared_out(Decimal(10), {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)})
    {'a': Decimal('4'), 'b': Decimal('3'), 'c': Decimal('3')}
    """
    base = sum(weights.values(), Decimal(0))
    if base <= 0 or any(weight < 0 for weight in weights.values()):
        raise TargetTreeError(_("每一份的权重不能小于 0，也不能都是 0。"))
    exact = {key: whole * weight / base for key, weight in weights.items()}
    shares = {
        key: (share / step).to_integral_value(ROUND_FLOOR) * step for key, share in exact.items()
    }
    left = whole - sum(shares.values(), Decimal(0))
    order = sorted(exact, key=lambda key: shares[key] - exact[key])  # stable: first come first
    for key in order[: int(left / step)]:
        shares[key] += step
    rest = whole - sum(shares.values(), Decimal(0))
    if rest:
        shares[order[0]] += rest
    return shares


def spread(
    whole: Decimal, weights: Mapping[date, Decimal], *, step: Decimal = Decimal(1)
) -> dict[date, Decimal]:
    """A month's amount by day; days without weight get nothing. See ``shared_out``."""
    return shared_out(whole, weights, step=step)


def by_week(days: Mapping[date, Decimal]) -> dict[date, Decimal]:
    """Daily amounts by week, keyed by the week's Monday."""
    weeks: dict[date, Decimal] = {}
    for day, amount in days.items():
        monday = day - timedelta(days=day.weekday())
        weeks[monday] = weeks.get(monday, Decimal(0)) + amount
    return weeks


def expected_by(whole: Decimal, weights: Mapping[date, Decimal], until: date) -> Decimal:
    """What should be there at the end of ``until``: not rounded, for pace."""
    base = sum(weights.values(), Decimal(0))
    if base <= 0:
        raise TargetTreeError(_("每一份的权重不能小于 0，也不能都是 0。"))
    so_far = sum((weight for day, weight in weights.items() if day <= until), Decimal(0))
    return whole * so_far / base
