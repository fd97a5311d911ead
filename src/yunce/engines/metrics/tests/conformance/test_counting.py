"""Covered days are counted alike whether a period is short (bits) or long (days)."""

from __future__ import annotations

from datetime import date, timedelta
from math import fsum

import pytest

from yunce.engines.metrics import FactRow, FactStore, MetricQuery
from yunce.engines.metrics.query import SHORT_DAYS

FIRST = date(2025, 3, 1)
LENGTHS = (SHORT_DAYS, SHORT_DAYS + 1, 366)


def at(metric: str, n: int, value: float, *, account: int = 1) -> FactRow:
    """On the nth day of the period, counted from 0."""
    return FactRow(1, account, 0, metric, FIRST + timedelta(days=n), "", value)


def over(days: int, *metrics: str) -> MetricQuery:
    return MetricQuery(1, metrics, FIRST, FIRST + timedelta(days=days - 1))


@pytest.mark.parametrize("days", LENGTHS)
def test_days_are_counted_once_however_many_accounts_say_something(
    store: FactStore, days: int
) -> None:
    last = days - 1
    store.write(1, [at("reads", 0, 1), at("reads", 0, 2, account=2), at("reads", last, 4)])
    answer = store.answer(over(days, "reads"))
    assert [(row.value, row.covered_days) for row in answer.rows] == [(7, 2)]
    assert answer.as_of == FIRST + timedelta(days=last)


@pytest.mark.parametrize("days", LENGTHS)
def test_days_of_a_level_are_those_of_all_accounts_together(store: FactStore, days: int) -> None:
    levels = [at("total_followers", n, 100 + n) for n in (0, 1, 5)]
    store.write(1, [*levels, at("total_followers", days - 1, 50, account=2)])
    row = store.answer(over(days, "total_followers")).rows[0]
    assert (row.value, row.covered_days) == (105 + 50, 4)


@pytest.mark.parametrize("days", LENGTHS)
def test_every_day_of_a_period_can_be_covered(store: FactStore, days: int) -> None:
    store.write(1, [at("reads", n, 1) for n in range(-1, days + 1)])
    assert store.answer(over(days, "reads")).rows[0].covered_days == days


def test_a_metric_nobody_asked_for_does_not_make_the_answer_newer(store: FactStore) -> None:
    asked = ("clicks", "comments", "likes", "reads", "saves", "shares", "visits")
    store.write(1, [*(at(code, 3, 1) for code in asked), at("orders", 9, 5), at("loves", 8, 5)])
    answer = store.answer(over(31, *asked))
    assert {row.metric: row.value for row in answer.rows} == dict.fromkeys(asked, 1)
    assert answer.as_of == FIRST + timedelta(days=3)


@pytest.mark.parametrize("days", [SHORT_DAYS, 366])
def test_many_fractions_add_up_to_the_nearest_float(store: FactStore, days: int) -> None:
    cents = [n * 7919 % 1_000_003 / 100 for n in range(1, 6001)]
    rows = [at("gmv", n % 60, cents[n], account=n) for n in range(6000)]
    rows += [at("cost", n % 60, 0.1, account=n) for n in range(6000)]
    store.write(1, rows)
    answer = store.answer(over(days, "gmv", "cost"))
    assert answer.value("gmv") == pytest.approx(fsum(cents), rel=1e-15)
    assert answer.value("cost") == pytest.approx(600, rel=1e-15)
