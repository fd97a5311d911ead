"""The lunar calendar and the 24 solar terms, from lunar-python; years 1901 to 2099."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from lunar_python import Lunar, LunarMonth, Solar

FIRST_YEAR, LAST_YEAR = 1901, 2099


def lunar_words(day: date) -> str:
    """How a wall calendar names the day: a month's first by the month, others by the day.

    >>> lunar_words(date(2025, 8, 29)), lunar_words(date(2025, 5, 27))
    ('初七', '五月')
    """
    lunar = _lunar(day)
    if lunar.getDay() == 1:
        return f"{lunar.getMonthInChinese()}月"
    return str(lunar.getDayInChinese())


def solar_term(day: date) -> str:
    """The term that begins this day, else empty.

    >>> solar_term(date(2025, 8, 7))
    '立秋'
    """
    return str(_lunar(day).getJieQi())


def day_of_lunar(year: int, month: int, day: int) -> date | None:
    """The solar day of a lunar date in the lunar year that begins in ``year``.

    Day 30 of a month of 29 days is its last day (除夕). None when there is no such date.

    >>> day_of_lunar(2025, 7, 7), day_of_lunar(2025, 12, 30)
    (datetime.date(2025, 8, 29), datetime.date(2026, 2, 16))
    """
    of_month = LunarMonth.fromYm(year, month)
    if of_month is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    solar = Lunar.fromYmd(year, month, min(day, of_month.getDayCount())).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def day_of_term(year: int, name: str) -> date | None:
    """The day a solar term begins in a solar year; None when there is no such term.

    >>> day_of_term(2027, "清明")
    datetime.date(2027, 4, 5)
    """
    return _terms(year).get(name)


@lru_cache(maxsize=16)
def _terms(year: int) -> dict[str, date]:
    """The library's table runs from one winter to the next; its January keys are in pinyin."""
    found: dict[str, date] = {}
    for start in (f"{year}-01-15", f"{year}-12-30"):
        then = date.fromisoformat(start)
        for solar in _lunar(then).getJieQiTable().values():
            day = date(solar.getYear(), solar.getMonth(), solar.getDay())
            if day.year == year:
                found[solar_term(day)] = day
    return found


@lru_cache(maxsize=4096)
def _lunar(day: date) -> Lunar:
    return Solar.fromYmd(day.year, day.month, day.day).getLunar()
