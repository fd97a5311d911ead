"""Spans of days, and the hours a person has on a day. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from yunce.kit.wording import gettext as _

LONGEST = 366  # days of one entry; more is a slip of the finger
FIRST, LAST = date(2009, 1, 1), date(2099, 12, 31)
USUAL_HOURS = Decimal(8)
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Away:
    """One leave."""

    first: date
    last: date
    is_half: bool = False


@dataclass(frozen=True)
class Terms:
    """What a member works on a working day."""

    hours: Decimal = USUAL_HOURS
    share: Decimal = Decimal(1)  # of the hours, what the plan may use

    @property
    def available(self) -> Decimal:
        return self.hours * self.share

    @property
    def percent(self) -> Decimal:
        return self.share * 100


def span_problem(first: date, last: date) -> str:
    """What is wrong with a span, in a sentence; empty when nothing is."""
    if last < first:
        return _("结束日期 {last} 早于开始日期 {first}。").format(first=first, last=last)
    if not FIRST <= first <= last <= LAST:
        return _("日期应在 2009 年到 2099 年之间。")
    if (last - first).days >= LONGEST:
        return _("一次最多 {days} 天，请分开填写。").format(days=LONGEST)
    return ""


def terms_problem(terms: Terms) -> str:
    if not 0 <= terms.hours <= 24:
        return _("每天工时应在 0 到 24 小时之间。")
    if not 0 <= terms.share <= 1:
        return _("可投入比例应在 0% 到 100% 之间。")
    return ""


def hours_by_day(
    workdays: Collection[date], terms: Terms, leaves: Iterable[Away]
) -> Mapping[date, Decimal]:
    """Hours a member can give the plan, for each working day (DOMAIN §3 Buffer).

    Two half days of leave on one day make a whole one.
    """
    away: dict[date, Decimal] = {}
    for leave in leaves:
        for number in range((leave.last - leave.first).days + 1):
            day = leave.first + timedelta(days=number)
            away[day] = away.get(day, Decimal(0)) + (HALF if leave.is_half else 1)
    full = terms.available
    return {day: full * max(Decimal(0), 1 - away.get(day, Decimal(0))) for day in workdays}
