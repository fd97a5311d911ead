"""Does a tree add up to its targets? Gap and surplus, against must and stretch."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Fit(StrEnum):
    """How what the parts come to stands to a target."""

    EXACT = "exact"  # 吻合
    GAP = "gap"  # 缺口: the parts come to less than the target
    SURPLUS = "surplus"  # 超配: the parts come to more
    UNKNOWN = "unknown"  # a part is not known yet, or there is no target


@dataclass(frozen=True)
class Reconciliation:
    """One target against the parts. Amounts are never negative; the fit says the side."""

    target: Decimal | None
    value: Decimal | None  # what the parts come to
    fit: Fit
    amount: Decimal  # of the gap or the surplus; 0 when exact or unknown

    @property
    def gap(self) -> Decimal:
        return self.amount if self.fit is Fit.GAP else Decimal(0)

    @property
    def surplus(self) -> Decimal:
        return self.amount if self.fit is Fit.SURPLUS else Decimal(0)


def reconcile(value: Decimal | None, target: Decimal | None) -> Reconciliation:
    """gap = target − Σ parts, surplus = Σ parts − target (DOMAIN §2).

    For a metric where lower is better the words stay the same: the parts still come to more or to
    less than the target; whether that is good is the page's to say.

    >>> reconcile(Decimal(13000), Decimal(10000)).surplus
    Decimal('3000')
    """
    if value is None or target is None:
        return Reconciliation(target, value, Fit.UNKNOWN, Decimal(0))
    if value == target:
        return Reconciliation(target, value, Fit.EXACT, Decimal(0))
    fit = Fit.GAP if value < target else Fit.SURPLUS
    return Reconciliation(target, value, fit, abs(target - value))
