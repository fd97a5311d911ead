"""The fact store beside bare DuckDB, pandas and SQLite: loading, a month's report, one value.

``YUNCE_BENCH_ACCOUNTS`` makes it smaller (1,000 accounts × 30 metrics × 365 days = 10.95 M facts),
``python -m benchmarks._growth`` tells how it grows. Each side runs in a process of its own; the
others only add, without counting days or explaining. All numbers are times of one run.

``month_report_vs_duckdb``  ours ÷ ``SELECT metric, sum(value) … GROUP BY metric`` on the same file,
    asked in turn with ours (both feel the same neighbours)
``month_report_vs_pandas``  pandas reading the needed columns of the same facts as Parquet, then
    keeping the organisation's month, then grouping; ÷ ours
``month_report_vs_pandas_pushed``  the same with the filter handed to PyArrow, which then skips most
    of the file; no aim, told because it is what a careful analyst writes
``month_report_vs_sqlite``  SQLite with a covering index and statistics; ÷ ours
``load_facts_per_s``  120 batches by column, as files come in; ``load_rows_per_s`` by row
"""

from __future__ import annotations

import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from yunce.engines.metrics import (
    FactColumns,
    FactRow,
    FactStore,
    Grain,
    Kind,
    MetricQuery,
    Words,
    catalogue,
    open_store,
)

ACCOUNTS = int(os.environ.get("YUNCE_BENCH_ACCOUNTS", "1000"))
FIRST, DAYS = date(2025, 1, 1), 365
MONTH = (date(2025, 5, 1), date(2025, 5, 31))
ORGANISATION, TEAM, TEAM_ACCOUNTS = 1, 2, 20
AT_ONCE, MOST_BATCHES = 100, 120  # accounts in a batch, of which there are no more than so many
TIMES = 15
OTHERS = ("pandas", "pandas_pushed", "sqlite")
MOST_FOR_OTHERS = 2_000  # accounts; more do not fit into pandas' memory and SQLite's patience
OPTIONS: dict[str, Any] = {"threads": "2", "memory_limit": "512MB"}
WHERE = f"team = {ORGANISATION} AND day BETWEEN '{MONTH[0]}' AND '{MONTH[1]}'"
ADDED = f"SELECT metric, sum(value) FROM facts WHERE {WHERE} GROUP BY metric"  # noqa: S608


def measure() -> dict[str, float]:
    found = measured_at(ACCOUNTS)
    spent = {name: found.pop(f"{name}_report_ms", None) for name in OTHERS}
    report, bare = found["month_report_ms"], found.pop("duckdb_report_ms")
    ratios = {f"month_report_vs_{name}": ms / report for name, ms in spent.items() if ms}
    return {**found, "month_report_vs_duckdb": report / bare, **ratios}


def measured_at(accounts: int) -> dict[str, float]:
    """Ours by its names, and what the others take (``duckdb_report_ms`` …)."""
    with tempfile.TemporaryDirectory(prefix="yunce-bench-") as name:
        folder = Path(name)
        found = {"facts_million": accounts * 30 * DAYS / 1e6, **_apart(_ours, folder, accounts)}
        if accounts <= MOST_FOR_OTHERS:
            _apart(_write_parquet, folder)
            found["pandas_pushed_report_ms"] = _apart(_pandas_pushed, folder)
            found["pandas_report_ms"] = _apart(_pandas, folder)
            found["sqlite_report_ms"] = _apart(_sqlite, folder)
        return found


def _apart(work: Callable[..., Any], *given: object) -> Any:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *given).result()


def metrics() -> tuple[str, ...]:
    """Twenty-nine flows and the followers."""
    flows = [m.code for m in catalogue().values() if m.kind is Kind.FLOW and m.is_stored]
    of_accounts = [code for code in flows if catalogue()[code].grain is Grain.ACCOUNT]
    return (*of_accounts[:29], "total_followers")


def _batches(many: int = ACCOUNTS) -> Iterator[FactColumns]:
    """A month of some accounts each."""
    at_once = max(AT_ONCE, -(-many // (MOST_BATCHES // 12)))
    days = np.arange(DAYS) + np.datetime64(FIRST)
    for first in range(0, many, at_once):
        accounts = np.arange(first, min(first + at_once, many))
        for month in range(1, 13):
            of_month = days[days.astype("datetime64[M]").astype(int) % 12 == month - 1]
            yield _facts(accounts, of_month, many)


def _facts(accounts: NDArray[Any], days: NDArray[Any], many: int) -> FactColumns:
    """Every metric of every account on every day."""
    shape = (len(metrics()), len(days), len(accounts))
    metric, day, account = (places.ravel() for places in np.indices(shape))
    teams = np.array([_team(number, many) for number in accounts.tolist()])
    return FactColumns.of(
        team=teams[account],
        account=accounts[account],
        metric=Words(metric.astype(np.int32), metrics()),
        day=days[day],
        value=(accounts * 31 % 997)[account] + metric.astype(float),
    )


def _team(account: int, many: int) -> int:
    return TEAM if account < min(TEAM_ACCOUNTS, many // 5) else ORGANISATION


def _ours(folder: Path, accounts: int) -> dict[str, float]:
    by_rows = _loaded_by_rows(folder, accounts)
    store = open_store(f"duckdb://{folder}/facts.duckdb")
    loaded = _loaded(store, _batches(accounts))
    page = MetricQuery(TEAM, metrics(), *MONTH, by=("day",))
    found = {
        **_reports(store, folder),
        "team_month_ms": _median_ms(lambda: store.answer(page)),
        "load_facts_per_s": loaded,
        "load_rows_per_s": by_rows,
        "typed_value_visible_ms": _typed(store),
        "facts_peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    store.close()
    return found


def _reports(store: FactStore, folder: Path) -> dict[str, float]:
    """Ours and the bare query in turn."""
    month = MetricQuery(ORGANISATION, metrics(), *MONTH)
    with duckdb.connect(f"{folder}/facts.duckdb", config=OPTIONS) as connection:
        pairs = [
            (
                _seconds(lambda: store.answer(month)),
                _seconds(lambda: connection.execute(ADDED).fetchall()),
            )
            for _time in range(2 * TIMES)
        ]
    ours, bare = (median(times) * 1000 for times in zip(*pairs, strict=True))
    return {"month_report_ms": ours, "duckdb_report_ms": bare}


def _loaded(store: FactStore, batches: Iterable[Sequence[FactRow]]) -> float:
    """Facts a second."""
    writing = 0.0
    written = 0
    for number, rows in enumerate(batches, start=1):
        writing += _seconds(lambda n=number, r=rows: store.write(n, r))  # type: ignore[misc]
        written += len(rows)
    return written / writing


def _loaded_by_rows(folder: Path, accounts: int) -> float:
    path = folder / "rows.duckdb"
    store = open_store(f"duckdb://{path}")
    spent = _loaded(store, ([*batch] for batch in _batches(min(accounts, AT_ONCE))))
    store.close()
    path.unlink()
    return spent


def _typed(store: FactStore) -> float:
    """From one value written to the same value read."""
    asked = MetricQuery(TEAM, ("reads",), MONTH[0], MONTH[0], where={"account": (1,)})

    def type_one(value: float) -> None:
        store.write(1_000_000 + int(value), [FactRow(TEAM, 1, 0, "reads", MONTH[0], "", value)])
        assert store.answer(asked).value("reads") == value

    values = iter(range(1, TIMES + 1))
    return _median_ms(lambda: type_one(next(values)))


def _write_parquet(folder: Path) -> None:
    with duckdb.connect(f"{folder}/facts.duckdb", config=OPTIONS) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"COPY facts TO '{folder}/facts.parquet' (FORMAT parquet)")


def _pandas(folder: Path) -> float:
    import pandas  # type: ignore[import-untyped]

    def report() -> None:
        columns = ["team", "day", "metric", "value"]
        facts = pandas.read_parquet(folder / "facts.parquet", columns=columns)
        days = pandas.to_datetime(facts["day"])
        first, last = (pandas.Timestamp(day) for day in MONTH)
        in_month = (facts["team"] == ORGANISATION) & (days >= first) & (days <= last)
        facts[in_month].groupby("metric")["value"].sum()

    return _median_ms(report, times=3)


def _pandas_pushed(folder: Path) -> float:
    import pandas

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
