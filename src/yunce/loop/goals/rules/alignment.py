"""How far months' goals cover an objective, and how their numbers come together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from yunce.engines.metrics import Kind
from yunce.kit.months import Month
from yunce.kit.wording import gettext as _

MONTHS = {"quarter": 3, "year": 12}
LASTING = (Kind.STOCK, Kind.SNAPSHOT)


def together(kind: Kind, monthly: Sequence[tuple[date, Decimal]]) -> Decimal | None:
    """Months' values as one of the whole period: flows add up, levels last, rates do neither.

    >>> days = [(date(2025, 4, 1), Decimal(4)), (date(2025, 5, 1), Decimal(6))]
    >>> together(Kind.FLOW, days), together(Kind.STOCK, days), together(Kind.RATIO, days)
    (Decimal('10'), Decimal('6'), None)
    """
    if not monthly:
        return None
    if kind is Kind.FLOW:
        return sum((value for _day, value in monthly), Decimal(0))
    return max(monthly)[1] if kind in LASTING else None


def period_words(period: str, starts_on: date | None) -> str:
    """2025 年二季度, 2025 年, 不限期."""
    if starts_on is None:
        return _("不限期")
    if period == "year":
        return _("%s 年") % starts_on.year
    quarter = _("一 二 三 四").split()[(starts_on.month - 1) // 3]
    return _("%(year)s 年%(quarter)s季度") % {"year": starts_on.year, "quarter": quarter}


def last_day(*, period: str, starts_on: date) -> date:
    """Of the period.

    >>> last_day(period="quarter", starts_on=date(2025, 4, 1))
    datetime.date(2025, 6, 30)
    """
    return Month.of(starts_on).shift(MONTHS[period] - 1).last


def lies_in(day: date, *, period: str, starts_on: date | None) -> bool:
    """Does a month (its first day) lie in the period?"""
    if starts_on is None:
        return True
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    return 0 <= months < MONTHS[period]
