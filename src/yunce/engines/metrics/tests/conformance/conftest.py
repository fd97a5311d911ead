"""One empty store of each kind in turn: every test here holds on all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any, NoReturn
from uuid import uuid4

import pytest

from yunce.engines.metrics import FactStore, StoreError, open_store

POSTGRESQL = os.environ.get(
    "YUNCE_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
Make = Callable[[str], FactStore]
KINDS = ("duckdb", "postgresql", "clickhouse")


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(kind: str, opened: dict[str, Any], make: Make) -> FactStore:
    """Empty; a server's store is made once and emptied for each test."""
    if kind not in opened:
        opened[kind] = make(kind)
    EMPTIED[kind](opened[kind])
    store: FactStore = opened[kind]
    return store


@pytest.fixture(scope="session")
def opened() -> dict[str, Any]:
    return {}


@pytest.fixture(scope="session")
def make(request: pytest.FixtureRequest) -> Make:
    """A new store of a kind, gone after the session."""

    def made(kind: str) -> FactStore:
        maker: Callable[[], FactStore] = request.getfixturevalue(f"make_{kind}")
        return maker()

    return made


def _empty_duckdb(store: Any) -> None:
    with store._transaction() as session:
        for table in ("facts", "fact_log", "posts", "store_owner"):
            session.run(f"DELETE FROM {table}")  # noqa: S608 - the names above


def _empty_postgresql(store: Any) -> None:
    with store._transaction() as session:
        session.run("TRUNCATE facts, fact_log, posts, store_owner")


def _empty_clickhouse(store: Any) -> None:
    for table in ("statements", "writes", "staged", "labels", "store_owner"):
        store._command(f"TRUNCATE TABLE {table}")


EMPTIED: dict[str, Callable[[Any], None]] = {
    "duckdb": _empty_duckdb,
    "postgresql": _empty_postgresql,
    "clickhouse": _empty_clickhouse,
}


@pytest.fixture(scope="session")
def make_duckdb() -> Iterator[Callable[[], FactStore]]:
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_store("duckdb:///:memory:?threads=1")))


@pytest.fixture(scope="session")
def make_postgresql() -> Iterator[Callable[[], FactStore]]:
    """Each store a schema of its own in a server that is there."""
    with ExitStack() as stack:

        def made() -> FactStore:
            schema = f"yunce_test_{uuid4().hex}"
            try:
                store: Any = open_store(f"{POSTGRESQL}?schema={schema}")
            except StoreError as error:
                _missing(f"no PostgreSQL at {POSTGRESQL} (YUNCE_TEST_POSTGRESQL): {error}")
            stack.callback(_drop, store, schema)
            opened: FactStore = store
            return opened

        yield made


def _drop(store: Any, schema: str) -> None:
    store._fetch(f"DROP SCHEMA {schema} CASCADE")
    store.close()


@pytest.fixture(scope="session")
def make_clickhouse() -> Iterator[Callable[[], FactStore]]:
    """Each store a database of ClickHouse's engine in this process, behind a server's client."""
    try:
        import chdb  # noqa: F401
        import clickhouse_connect
    except ImportError as error:
        _missing(f"no ClickHouse engine here: {error}")
    from yunce.engines.metrics.dialects import _clickhouse_tables, clickhouse

    with ExitStack() as stack:

        def made() -> FactStore:
            settings = {**_clickhouse_tables.SETTINGS, "max_threads": 1}
            client = clickhouse_connect.get_client(interface="chdb", settings=settings)
            database = f"facts_{uuid4().hex}"
            client.command(f"CREATE DATABASE {database}")
            client.database = database
            return stack.enter_context(closing(clickhouse.ClickHouseStore(client)))

        yield made


def _missing(why: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{why}; continuous integration must have all three stores")
    pytest.skip(why)
