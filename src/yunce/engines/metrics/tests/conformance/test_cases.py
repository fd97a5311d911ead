"""A question and a hand-written SQL statement must give the same table (tests/cases/*.yaml).

Each case is ``name``, ``query`` (the parts of a MetricQuery; May 2025 unless it says otherwise) and
``sql`` over ``f``, the facts of team 1 in those days; its columns are the groups, then the metrics.
With ``compare`` the same ``sql`` is run over the days ``before`` names, too, or ``before_sql`` with
``plan``, what the case has ``planned``. ``log`` has all rows of both batches; ``as_of`` and
``closed`` (from, to, batch) say as of which the store is asked.
The statement runs on DuckDB, over a table of its own; every store must answer what it says.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from yunce.engines.metrics import Answer, Closed, FactRow, FactStore, MetricQuery, catalogue
from yunce.engines.metrics.formula import calls, codes
from yunce.engines.metrics.functions import FUNCTIONS
from yunce.engines.metrics.query import COMPARISONS, WORDS
from yunce.engines.metrics.tests.conformance.conftest import Make
from yunce.engines.metrics.tests.stage import MAY, TEAM

FOLDER = Path(__file__).parent.parent / "cases"
ATTRIBUTES = {
    "platform": {1: "douyin", 2: "douyin"},
    "owner": {1: "alice", 2: "bob", 3: "bob"},
    "group": {1: "华东", 3: "华东"},
}
POSTS = yaml.safe_load((FOLDER / "posts.yaml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.stem != "posts"
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
COMPARED = [case for case in CASES if "compare" in str(case.values)]


FILES = ("facts.csv", "restated.csv")  # a batch each


def facts(name: str) -> tuple[FactRow, ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(
            FactRow(int(a), int(b), int(c), metric, date.fromisoformat(day), segment, float(value))
            for a, b, c, metric, day, segment, value in list(csv.reader(file))[1:]
        )


@pytest.fixture(scope="module")
def table() -> Iterator[duckdb.DuckDBPyConnection]:
    """The facts as plain SQL sees them, without any of our code."""
    with duckdb.connect(":memory:") as connection:
        for batch, name in enumerate(FILES, start=1):
            of = f"SELECT *, {batch} AS batch FROM read_csv('{FOLDER}/{name}', {_TYPES})"  # noqa: S608
            connection.execute(
                f"INSERT INTO log {of}" if batch > 1 else f"CREATE TABLE log AS {of}"
            )
        connection.execute("UPDATE log SET segment = '' WHERE segment IS NULL")
        connection.execute(_CURRENT)
        connection.execute("CREATE TABLE posts (post BIGINT, name VARCHAR, label VARCHAR)")
        told = [
            (post, name, label) for post, names in POSTS.items() for name, label in names.items()
        ]
        connection.executemany("INSERT INTO posts VALUES (?, ?, ?)", told)
        yield connection


_CURRENT = """CREATE TABLE facts AS SELECT * FROM log QUALIFY row_number() OVER
    (PARTITION BY team, account, post, metric, day, segment ORDER BY batch DESC) = 1"""
_TYPES = "types = {'metric': 'VARCHAR', 'segment': 'VARCHAR', 'value': 'DOUBLE', 'day': 'DATE'}"


@pytest.fixture(scope="module")
def filled(kind: str, make: Make) -> FactStore:
    store = make(kind)
    for batch, name in enumerate(FILES, start=1):
        store.write(batch, facts(name))
    store.remember_posts(TEAM, POSTS)
    return store


@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_what_plain_sql_says(
    filled: FactStore, table: duckdb.DuckDBPyConnection, case: dict[str, Any]
) -> None:
    query = asked(case)
    assert answered(filled.answer(query)) == by_hand(table, query, case["sql"])


@pytest.mark.parametrize("case", COMPARED)
def test_the_period_before_is_what_plain_sql_says(
    filled: FactStore, table: duckdb.DuckDBPyConnection, case: dict[str, Any]
) -> None:
    before = filled.answer(asked(case)).before
    assert before is not None
    assert [before.query.start, before.query.end] == case["before"]
    told = [
        (month, metric, value)
        for month, values in case.get("planned", {}).items()
        for metric, value in values.items()
    ]
    table.execute("CREATE OR REPLACE TABLE plan (month VARCHAR, metric VARCHAR, value DOUBLE)")
    if told:
        table.executemany("INSERT INTO plan VALUES (?, ?, ?)", told)
    assert answered(before) == by_hand(table, before.query, case.get("before_sql", case["sql"]))


@pytest.mark.parametrize("place", ["by", "where"])
def test_every_word_has_a_case(place: str) -> None:
    told: list[Any] = [case.values[0] for case in CASES]
    words = {word for case in told for word in case["query"].get(place, ())}
    assert words == {*WORDS, *ATTRIBUTES}
    looked_up = {case["compare"] for case in told if "compare" in case}
    assert looked_up == {*COMPARISONS}


def test_every_function_has_a_case() -> None:
    told: list[Any] = [case.values[0] for case in CASES]
    asked = {code for case in told for code in case["query"]["metrics"]}
    known, pending, found = catalogue(), list(asked), set[str]()
    while pending:
        if tree := known.tree(pending.pop()):
            found |= {call.name for call in calls(tree)}
            pending += codes(tree)
    assert found == {*FUNCTIONS}


def asked(case: dict[str, Any]) -> MetricQuery:
    parts = {name: tuple(value) for name, value in case["query"].items() if name != "where"}
    where = case["query"].get("where", {})
    days = case.get("start", MAY["start"]), case.get("end", MAY["end"])
    return MetricQuery(
        TEAM,
        parts["metrics"],
        *days,
        parts.get("by", ()),
        where,
        ATTRIBUTES,
        as_of_batch=case.get("as_of"),
        closed=tuple(Closed(*each) for each in case.get("closed", ())),
        compare=case.get("compare", ""),
        merges=case.get("merges", False),
        planned=case.get("planned", {}),
    )


def answered(answer: Answer) -> dict[Any, float | None]:
    return {(row.metric, row.group): row.value for row in answer.rows}


def by_hand(table: duckdb.DuckDBPyConnection, query: MetricQuery, sql: str) -> dict[Any, Any]:
    days = f"day BETWEEN '{query.start}' AND '{query.end}'"
    facts = f"(SELECT * FROM facts WHERE team = {TEAM} AND {days})"  # noqa: S608
    rows = table.execute(f"WITH f AS {facts} {_joined(sql)}").fetchall()
    split = len(query.by)
    return {
        (metric, row[:split]): value and pytest.approx(value, rel=1e-12)
        for row in rows
        for metric, value in zip(query.metrics, row[split:], strict=True)
    }


def _joined(sql: str) -> str:
    """A case's own WITH follows ours."""
    return f", {sql.strip().removeprefix('WITH')}" if sql.strip().startswith("WITH") else sql
