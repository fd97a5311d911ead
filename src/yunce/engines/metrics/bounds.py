"""The days and whole numbers a question may name: far more than anyone has, few enough to count."""

from __future__ import annotations

from datetime import date, timedelta

from yunce.engines.metrics.errors import QueryError
from yunce.kit.wording import gettext as _

FIRST_YEAR, LAST_YEAR = 1990, 2200
LONGEST_YEARS = 50
LOWEST, HIGHEST = -(2**63), 2**63 - 1  # of the whole numbers every store keeps


def check_period(start: date, end: date) -> None:
    """QueryError when no store can be asked about these days, or nobody would wait for it."""
    words = {"start": start, "end": end}
    if start > end:
        raise QueryError(_("开始日期 %(start)s 晚于结束日期 %(end)s。") % words)
    check_day(start)
    check_day(end)
    if end - start > timedelta(days=366 * LONGEST_YEARS):
        raise QueryError(
            _("%(start)s 到 %(end)s 太长：一次最多问 %(years)d 年，请缩短日期。")
            % {**words, "years": LONGEST_YEARS}
        )


def check_day(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        words = {"day": day, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise QueryError(
            _("日期 %(day)s 不对：只能问 %(first)d 年到 %(last)d 年。请核对年份。") % words
        )
