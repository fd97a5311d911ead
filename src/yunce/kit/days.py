"""A day somebody typed: written 2025-05-01, and of a year that can be meant."""

from __future__ import annotations

from datetime import date

YEARS = range(2000, 2101)  # of the months and days pages are about
EARLIEST = date(2009, 1, 1)  # that may have numbers: no platform here is older than 微博


def parse_day(text: str) -> date:
    """ValueError for what is no day, or one nobody can mean.

    >>> parse_day("2025-05-01")
    datetime.date(2025, 5, 1)
    """
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(f"{text!r} is no day anyone means")
    return day
