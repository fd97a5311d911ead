"""What only DuckDB's statements promise: sums without any error, and a month without a hash."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from math import fsum

import pytest

from yunce.engines.metrics import FactRow, Grain, Kind, MetricQuery, catalogue
from yunce.engines.metrics.compiling import compile_query
from yunce.engines.metrics.dialects.duckdb import DIALECT, DuckDBStore, open_store
from yunce.engines.metrics.shaping import values_of

FIRST = date(2025, 3, 1)
SIZES = (0.001, 0.1, 0.7, 12.34, 99_999_999.99)


@pytest.fixture
def store() -> Iterator[DuckDBStore]:
    with closing(open_store("duckdb:///:memory:")) as opened:
        yield opened


def of(days: int, *metrics: str, by: tuple[str, ...] = ()) -> MetricQuery:
    return MetricQuery(1, metrics, FIRST, FIRST + timedelta(days=days - 1), by=by)


@pytest.mark.parametrize("by", [(), ("account",)], ids=["whole", "by account"])
@pytest.mark.parametrize("days", [31, 45, 90])
def test_fractions_of_any_size_add_up_to_the_nearest_float(
    store: DuckDBStore, days: int, by: tuple[str, ...]
) -> None:
    values = [SIZES[n % 5] * (-1 if n % 7 == 0 else 1) * (1 + n % 11) for n in range(3000)]
    dated = [(n, FIRST + timedelta(days=n % days), value) for n, value in enumerate(values)]
    store.write(1, [FactRow(1, n, 0, "gmv", day, "", value) for n, day, value in dated])
    answer = store.answer(of(days, "gmv", by=by))
    assert fsum(row.value or 0 for row in answer.rows) == fsum(values)


def test_a_month_of_any_number_of_metrics_and_years_needs_no_hash(store: DuckDBStore) -> None:
    flows = [m for m in catalogue().values() if m.kind is Kind.FLOW and m.grain is Grain.ACCOUNT]
    codes = [metric.code for metric in flows if metric.is_stored]
    days = [FIRST.replace(year=year, day=n) for year in range(2015, 2026) for n in (1, 31)]
    store.write(1, [FactRow(1, 7, 0, code, day, "", 1) for code in codes for day in days])
    asked = of(31, *codes)
    sql = compile_query(asked, catalogue(), DIALECT)
    plan = str(store._fetch(f"EXPLAIN (FORMAT json) {sql}", **values_of(asked)))
    assert "PERFECT_HASH_GROUP_BY" in plan
    assert "HASH_GROUP_BY" not in plan.replace("PERFECT_HASH_GROUP_BY", "")


@pytest.mark.parametrize(("start", "end"), [(1, 31), (5, 9), (31, 31)])
def test_days_of_a_month_are_seen_from_the_first_one_asked(
    store: DuckDBStore, start: int, end: int
) -> None:
    told = [FIRST.replace(day=n) for n in (1, 5, 9, 30, 31)]
    store.write(1, [FactRow(1, 7, 0, "reads", day, "", 1) for day in told])
    period = FIRST.replace(day=start), FIRST.replace(day=end)
    answer = store.answer(MetricQuery(1, ("reads",), *period))
    inside = [day for day in told if period[0] <= day <= period[1]]
    assert [(row.value, row.covered_days) for row in answer.rows] == [(len(inside), len(inside))]
    assert answer.as_of == inside[-1]


@pytest.mark.parametrize("asked", [1, 3, 4, 7, 8])
def test_metrics_not_asked_for_do_not_count_however_few_they_are(
    store: DuckDBStore, asked: int
) -> None:
    codes = ("clicks", "comments", "exposures", "likes", "orders", "saves", "shares", "visits")
    days = [FIRST + timedelta(days=n) for n in range(8)]
    store.write(
        1, [FactRow(1, 7, 0, code, day, "", 2) for code, day in zip(codes, days, strict=True)]
    )
    wanted = codes[::-1][::2][:asked] if asked <= 4 else codes[:asked]
    answer = store.answer(of(31, *wanted))
    assert {row.metric: row.value for row in answer.rows} == dict.fromkeys(wanted, 2)
    assert answer.as_of == max(day for code, day in zip(codes, days, strict=True) if code in wanted)


def test_where_most_metrics_are_asked_rows_are_not_looked_up_one_by_one(store: DuckDBStore) -> None:
    assert " IS NULL" in compile_query(of(31, "gmv", "visits"), catalogue(), DIALECT, metrics=5)
    assert " IS NULL" not in compile_query(of(31, "gmv", "visits"), catalogue(), DIALECT, metrics=4)
    store.write(1, [FactRow(1, 7, 0, code, FIRST, "", 2) for code in ("gmv", "visits", "likes")])
    assert store._metrics() == 3
