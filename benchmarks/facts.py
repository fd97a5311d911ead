"""The fact store beside bare DuckDB, pandas and SQLite: loading, a month's report, one value.

``YUNCE_BENCH_ACCOUNTS`` makes it smaller (1,000 accounts × 30 metrics × 365 days = 10.95 M facts),
``python -m benchmarks._growth`` tells how it grows. Each side runs in a process of its own; the
others only add, without counting days or explaining.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from yunce.engines.metrics import (
    FactRow,
    FactStore,
    Grain,
    Kind,
    MetricQuery,
    catalogue,
    open_store,
)

ACCOUNTS = int(os.environ.get("YUNCE_BENCH_ACCOUNTS", "1000"))
FIRST, DAYS = date(2025, 1, 1), 365
MONTH = (date(2025, 5, 1), date(2025, 5, 31))
ORGANISATION, TEAM, TEAM_ACCOUNTS = 1, 2, 20
AT_ONCE = 100  # accounts in one batch
TIMES = 15
OTHERS = ("pandas", "sqlite")
WHERE = f"team = {ORGANISATION} AND day BETWEEN '{MONTH[0]}' AND '{MONTH[1]}'"
ADDED = f"SELECT metric, sum(value) FROM facts WHERE {WHERE} GROUP BY metric"  # noqa: S608


def measure() -> dict[str, float]:
    found = measured_at(ACCOUNTS)
    bare, pandas, sqlite = (found.pop(f"{name}_report_ms") for name in ("duckdb", *OTHERS))
    report = found["month_report_ms"]
    return {
        **found,
        "month_report_vs_duckdb": report / bare,
        "month_report_vs_pandas": pandas / report,
        "month_report_vs_sqlite": sqlite / report,
    }


def measured_at(accounts: int) -> dict[str, float]:
    """Ours by its names, and ``duckdb_report_ms``, ``pandas_report_ms``, ``sqlite_report_ms``."""
    with tempfile.TemporaryDirectory(prefix="yunce-bench-") as name:
        folder = Path(name)
        ours = _apart(_ours, folder, accounts)
        return {
            "facts_million": accounts * 30 * DAYS / 1e6,
            **ours,
            "duckdb_report_ms": _apart(_bare, folder),
            "pandas_report_ms": _apart(_pandas, folder),
            "sqlite_report_ms": _apart(_sqlite, folder),
        }


def _apart(work: Callable[..., Any], *given: object) -> Any:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *given).result()


def metrics() -> tuple[str, ...]:
    """Twenty-nine flows and the followers."""
    flows = [m.code for m in catalogue().values() if m.kind is Kind.FLOW and m.is_stored]
    of_accounts = [code for code in flows if catalogue()[code].grain is Grain.ACCOUNT]
    return (*of_accounts[:29], "total_followers")


def _batches(many: int = ACCOUNTS) -> Iterator[list[FactRow]]:
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    teams = [_team(account, many) for account in range(many)]
    for first in range(0, many, AT_ONCE):
        accounts = range(first, min(first + AT_ONCE, many))
        for month in range(1, 13):
            yield [
                FactRow(teams[account], account, 0, code, day, "", float(account * 31 % 997 + n))
                for n, code in enumerate(metrics())
                for day in days
                if day.month == month
                for account in accounts
            ]


def _team(account: int, many: int) -> int:
    return TEAM if account < min(TEAM_ACCOUNTS, many // 5) else ORGANISATION


def _ours(folder: Path, accounts: int) -> dict[str, float]:
    store = open_store(f"duckdb://{folder}/facts.duckdb")
    writing = 0.0
    written = 0
    for number, rows in enumerate(_batches(accounts), start=1):
        writing += _seconds(lambda n=number, r=rows: store.write(n, r))  # type: ignore[misc]
        written += len(rows)
    month = MetricQuery(ORGANISATION, metrics(), *MONTH)
    page = MetricQuery(TEAM, metrics(), *MONTH, by=("day",))
    found = {
        "month_report_ms": _median_ms(lambda: store.answer(month)),
        "team_month_ms": _median_ms(lambda: store.answer(page)),
        "load_facts_per_s": written / writing,
        "typed_value_visible_ms": _typed(store),
        "facts_peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    store.close()
    return found


def _typed(store: FactStore) -> float:
    """From one value written to the same value read."""
    asked = MetricQuery(TEAM, ("reads",), MONTH[0], MONTH[0], where={"account": (1,)})

    def type_one(value: float) -> None:
        store.write(1_000_000 + int(value), [FactRow(TEAM, 1, 0, "reads", MONTH[0], "", value)])
        assert store.answer(asked).value("reads") == value

    values = iter(range(1, TIMES + 1))
    return _median_ms(lambda: type_one(next(values)))


def _bare(folder: Path) -> float:
    options = {"threads": "2", "memory_limit": "512MB"}
    with duckdb.connect(f"{folder}/facts.duckdb", config=options) as connection:  # type: ignore[arg-type]
        spent = _median_ms(lambda: connection.execute(ADDED).fetchall())
        connection.execute(f"COPY facts TO '{folder}/facts.parquet' (FORMAT parquet)")
    return spent


def _pandas(folder: Path) -> float:
    import pandas  # type: ignore[import-untyped]

    in_month = [
        ("team", "==", ORGANISATION),
        ("day", ">=", MONTH[0]),
        ("day", "<=", MONTH[1]),
    ]

    def report() -> None:
        path, columns = folder / "facts.parquet", ["metric", "value"]
        facts = pandas.read_parquet(path, columns=columns, filters=in_month)
        facts.groupby("metric")["value"].sum()

    return _median_ms(report, times=3)


def _sqlite(folder: Path) -> float:
    columns = "team, account, post, metric, day, segment, value, batch"
    with (
        duckdb.connect() as reader,
        sqlite3.connect(folder / "facts.sqlite") as writer,
    ):
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000"):
            writer.execute(f"PRAGMA {setting}")
        writer.execute(f"CREATE TABLE facts ({columns})")
        path = folder / "facts.parquet"
        found = reader.execute(
            f"SELECT {columns.replace('day', 'day::VARCHAR')} FROM '{path}'"  # noqa: S608
        )
        while rows := found.fetchmany(100_000):
            writer.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        writer.execute("CREATE INDEX by_metric ON facts (team, metric, day, account, value)")
        writer.execute("ANALYZE")
        return _median_ms(lambda: writer.execute(ADDED).fetchall(), times=3)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _median_ms(work: Callable[[], object], times: int = TIMES) -> float:
    return median(_seconds(work) for _ in range(times)) * 1000
