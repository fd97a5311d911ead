"""The period a question is compared with, and which of its groups answers to which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from yunce.engines.metrics.query import Answer, AnswerRow, GroupValue, MetricQuery
from yunce.kit.months import Month


def earlier_query(query: MetricQuery) -> MetricQuery:
    """The same question about the previous period, the same days last month, or last year."""
    start, end = earlier_period(query.start, query.end, query.compare)
    as_of = query.as_of_before
    return replace(query, start=start, end=end, compare="", as_of_batch=as_of, as_of_before=None)


def earlier_period(start: date, end: date, compare: str) -> tuple[date, date]:
    """Whole months are compared with whole months, other days with as many days before.

    >>> earlier_period(date(2025, 3, 1), date(2025, 3, 31), "previous")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    >>> earlier_period(date(2025, 3, 8), date(2025, 3, 14), "previous")
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 7))
    >>> earlier_period(date(2024, 2, 29), date(2024, 3, 1), "last_year")
    (datetime.date(2023, 2, 28), datetime.date(2023, 3, 1))
    >>> earlier_period(date(2025, 3, 1), date(2025, 3, 30), "last_month")
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    first, last = Month.of(start), Month.of(end)
    if start == first.first and end == last.last:
        span = _index(last) - _index(first) + 1
        months = _MONTHS_BACK.get(compare, span)
        return first.shift(-months).first, last.shift(-months).last
    if compare == "last_year":
        return _a_year_before(start), _a_year_before(end)
    if compare == "last_month":
        return _a_month_before(start), _a_month_before(end)
    days = end - start + timedelta(days=1)
    return start - days, end - days


def earlier_row(answer: Answer, row: AnswerRow) -> AnswerRow | None:
    """The row at the same place of the period before: its third day, its second week.

    Of last year it is the same date and the ISO week of the same number, of last month the same
    day of the month. 29 February, week 53 of a longer year and the 31st may have none.
    """
    if answer.before is None:
        return None
    query, start = answer.query, answer.before.query.start
    words = zip(query.by, row.group, strict=True)
    places = [_moved(word, key, query, start) for word, key in words]
    known = [place for place in places if place is not None]
    return answer.before.row(row.metric, *known) if len(known) == len(places) else None


def _moved(word: str, key: GroupValue, query: MetricQuery, other: date) -> GroupValue | None:
    start = query.start
    if isinstance(key, date):
        months = _MONTHS_BACK.get(query.compare)
        return _same_day(key, months) if months else other + (key - start)
    if word == "month":
        return str(Month.parse(str(key)).shift(_index(Month.of(other)) - _index(Month.of(start))))
    if word == "week" and query.compare == "last_year":
        return _same_week(str(key))
    if word == "week":
        monday = date.fromisoformat(f"{key}-1")
        return f"{_monday(other) + (monday - _monday(start)):%G-W%V}"
    return key


_MONTHS_BACK = {"last_year": 12, "last_month": 1}


def _same_day(day: date, months: int) -> date | None:
    """
    >>> _same_day(date(2025, 3, 1), 12), _same_day(date(2024, 2, 29), 12)
    (datetime.date(2024, 3, 1), None)
    """
    month = Month.of(day).shift(-months)
    return month.first.replace(day=day.day) if day.day <= month.day_count else None


def _same_week(week: str) -> str | None:
    """
    >>> _same_week("2024-W10"), _same_week("2020-W53")
    ('2023-W10', None)
    """
    year, number = week.split("-W")
    try:
        date.fromisocalendar(int(year) - 1, int(number), 1)
    except ValueError:
        return None
    return f"{int(year) - 1:04d}-W{number}"


def _a_month_before(day: date) -> date:
    """The same day; the last one of a shorter month."""
    month = Month.of(day).previous
    return month.first.replace(day=min(day.day, month.day_count))


def _index(month: Month) -> int:
    return month.year * 12 + month.number


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _a_year_before(day: date) -> date:
    month = Month.of(day).shift(-12)
    return month.first.replace(day=min(day.day, month.day_count))
