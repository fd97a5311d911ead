"""A question and a hand-written SQL statement must give the same table (tests/cases/*.yaml).

Each case is ``name``, ``query`` (the parts of a MetricQuery; May 2025 unless it says otherwise) and
``sql`` over ``f``, the facts of team 1 in those days; its columns are the groups, then the metrics.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from yunce.engines.metrics import FactRow, MetricQuery
from yunce.engines.metrics.dialects.duckdb import DuckDBStore, open_store
from yunce.engines.metrics.tests.stage import MAY, TEAM

FOLDER = Path(__file__).parent / "cases"
ATTRIBUTES = {"platform": {1: "douyin", 2: "douyin"}, "owner": {1: "alice", 2: "bob", 3: "bob"}}
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def facts() -> Iterator[FactRow]:
    with (FOLDER / "facts.csv").open(encoding="utf-8", newline="") as file:
        for team, account, post, metric, day, segment, value in list(csv.reader(file))[1:]:
            ids = int(team), int(account), int(post)
            yield FactRow(*ids, metric, date.fromisoformat(day), segment, float(value))


@pytest.fixture(scope="module")
def filled() -> Iterator[DuckDBStore]:
    store = open_store("duckdb:///:memory:?threads=1")
    store.write(1, list(facts()))
    yield store
    store.close()


@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_what_plain_sql_says(filled: DuckDBStore, case: dict[str, Any]) -> None:
    query = asked(case)
    assert answered(filled, query) == by_hand(filled, query, case["sql"])


def asked(case: dict[str, Any]) -> MetricQuery:
    parts = {name: tuple(value) for name, value in case["query"].items() if name != "where"}
    where = case["query"].get("where", {})
    days = case.get("start", MAY["start"]), case.get("end", MAY["end"])
    return MetricQuery(TEAM, parts["metrics"], *days, parts.get("by", ()), where, ATTRIBUTES)


def answered(store: DuckDBStore, query: MetricQuery) -> dict[Any, float | None]:
    return {(row.metric, row.group): row.value for row in store.answer(query).rows}


def by_hand(store: DuckDBStore, query: MetricQuery, sql: str) -> dict[Any, Any]:
    days = f"day BETWEEN '{query.start}' AND '{query.end}'"
    facts = f"(SELECT * FROM facts WHERE team = {TEAM} AND {days})"  # noqa: S608
    rows = store._fetch(f"WITH f AS {facts} {_joined(sql)}")
    split = len(query.by)
    return {
        (metric, row[:split]): value and pytest.approx(value, rel=1e-12)
        for row in rows
        for metric, value in zip(query.metrics, row[split:], strict=True)
    }


def _joined(sql: str) -> str:
    """A case's own WITH follows ours."""
    return f", {sql.strip().removeprefix('WITH')}" if sql.strip().startswith("WITH") else sql
