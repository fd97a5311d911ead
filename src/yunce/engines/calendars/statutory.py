"""Statutory holidays and 调休 as the State Council announced them, from chinesecalendar.

A year without an announcement yet falls back on the law (全国年节及纪念日放假办法, as of 2025): the
holidays themselves are known years ahead, which days are worked in exchange is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
from chinese_calendar.constants import Holiday

from yunce.engines.calendars.moon import day_of_lunar, day_of_term
from yunce.kit.wording import gettext as _

_NAMES = {holiday.value: holiday.chinese for holiday in Holiday}
_ANNOUNCED = {day.year for day in chinese_calendar.holidays}
SATURDAY = 6


@dataclass(frozen=True)
class Statutory:
    """What the state says of a day."""

    is_rest: bool
    holiday: str = ""  # the holiday it belongs to, also of a day worked in exchange


def is_announced(year: int) -> bool:
    """Whether the year's exchange of days (调休) is known."""
    return year in _ANNOUNCED


def statutory(day: date) -> Statutory:
    if is_announced(day.year):
        is_rest, name = chinese_calendar.get_holiday_detail(day)
        return Statutory(is_rest, _NAMES.get(name or "", ""))
    name = _by_law(day.year).get(day, "")
    return Statutory(bool(name) or day.isoweekday() >= SATURDAY, name)


@lru_cache(maxsize=16)
def _by_law(year: int) -> dict[date, str]:
    spring = day_of_lunar(year, 1, 1)
    found = {date(year, 1, 1): _("元旦")}
    _add(found, _("春节"), spring and spring - timedelta(days=1), days=4)
    _add(found, _("清明"), day_of_term(year, "清明"))
    _add(found, _("劳动节"), date(year, 5, 1), days=2)
    _add(found, _("端午"), day_of_lunar(year, 5, 5))
    _add(found, _("中秋"), day_of_lunar(year, 8, 15))
    _add(found, _("国庆节"), date(year, 10, 1), days=3)
    return found


def _add(found: dict[date, str], name: str, first: date | None, *, days: int = 1) -> None:
    if first is not None:
        found.update({first + timedelta(days=n): name for n in range(days)})
