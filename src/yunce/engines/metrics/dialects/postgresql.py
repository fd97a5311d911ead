"""Facts in a PostgreSQL database: ``postgresql://user:password@host:5432/database?schema=yunce``.

Many processes read and write; writers take turns. Needs ``requirements/stores.txt``.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from yunce.engines.metrics.dialects import library
from yunce.engines.metrics.dialects.duckdb import save_as_file
from yunce.engines.metrics.errors import StoreError, StoreUrlError
from yunce.engines.metrics.owning import OwnedStore
from yunce.engines.metrics.speaking import Dialect, plain
from yunce.engines.metrics.staging import lines
from yunce.engines.metrics.stores import FactRow
from yunce.engines.metrics.writing import Session
from yunce.kit.wording import gettext as _

# Whole numbers add up exactly as floats; fractions are added in decimal, or ten times 0.1 is not 1.
_TOTAL = (
    "CASE WHEN COUNT({value}) > 0 THEN "
    "COALESCE(SUM({value}) FILTER (WHERE {value} = TRUNC({value})), 0) + "
    "CAST(COALESCE(SUM(CAST({value} AS NUMERIC)) FILTER (WHERE {value} <> TRUNC({value})), 0) "
    "AS DOUBLE PRECISION) END"
)
DIALECT = Dialect(
    name="postgres",
    total=_TOTAL,
    last="(ARRAY_AGG({value} ORDER BY {order} DESC))[1]",
    month="CAST(DATE_TRUNC('month', {day}) AS DATE)",
    week="CAST(DATE_TRUNC('week', {day}) AS DATE)",
    weekday="CAST(EXTRACT(ISODOW FROM {day}) AS INT)",
    age="CAST({day} - CAST({published} AS DATE) AS VARCHAR)",
    seen="BIT_OR(CAST(1 AS BIGINT) << ({day} - CAST(:start AS DATE)))",
    gathered="BIT_OR({seen})",
    mark="(HASHTEXTEXTENDED(CONCAT_WS(',', {names}), 0) & 1099511627775)",
)
OPTIONS = {"schema"}
IDLE = 8  # connections kept open for the next reader
TRUSTED = 10.0  # seconds a connection is trusted to live on unused (a server may restart)
_WRITERS = 7_204_386_501  # the advisory lock writers of one schema take turns by
_THIS_SCHEMA = "hashtext(current_schema())"

_COLUMNS = """
    team bigint NOT NULL, account bigint NOT NULL, post bigint NOT NULL,
    metric text COLLATE "C" NOT NULL, day date NOT NULL, segment text COLLATE "C" NOT NULL,
    value double precision NOT NULL, batch bigint NOT NULL"""
_SCHEMA = (
    f"CREATE TABLE fact_log ({_COLUMNS}, "
    "PRIMARY KEY (team, metric, day, account, post, segment, batch))",
    "CREATE INDEX fact_log_of_batch ON fact_log (batch)",
    f"CREATE TABLE facts ({_COLUMNS}, PRIMARY KEY (team, metric, day, account, post, segment))",
    'CREATE TABLE posts (team bigint NOT NULL, post bigint NOT NULL, name text COLLATE "C" '
    "NOT NULL, label text NOT NULL, PRIMARY KEY (team, name, post))",
)
_OWNER = "CREATE TABLE store_owner (owner text NOT NULL)"


def open_store(url: str) -> PostgreSQLStore:
    """Connect and make the tables where they are missing."""
    pg8000 = library("pg8000.native", "postgresql")
    address = _address(url)
    schema = address.pop("schema", "public")

    def connect() -> Any:
        try:
            connection = pg8000.Connection(application_name="yunce", **address)
            connection.run(f"SET search_path TO {pg8000.identifier(schema)}")
        except (pg8000.InterfaceError, pg8000.DatabaseError, OSError) as error:
            words = {"host": address["host"], "why": error}
            raise StoreError(_("连不上 PostgreSQL 事实库「%(host)s」：%(why)s") % words) from error
        return connection

    store = PostgreSQLStore(connect, (pg8000.InterfaceError, OSError), pg8000.DatabaseError)
    store.prepare(pg8000.identifier(schema))
    return store


def _address(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    database = unquote(parts.path.removeprefix("/"))
    if not parts.hostname or not database or options.keys() - OPTIONS:
        raise StoreUrlError(
            _(
                "事实库地址「%(url)s」看不懂：应写成 postgresql://用户:密码@主机:5432/库名?schema=名称。"
            )
            % {"url": url}
        )
    return {
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password) if parts.password else None,
        "host": parts.hostname,
        "port": parts.port or 5432,
        "database": database,
        **options,
    }


class PostgreSQLStore(OwnedStore):
    """A FactStore in one schema of a PostgreSQL database."""

    dialect = DIALECT
    temporary = "ON COMMIT DROP"

    def __init__(
        self,
        connect: Callable[[], Any],
        lost: tuple[type[Exception], ...],
        refused: type[Exception],
    ) -> None:
        self._connect = connect
        self._lost = lost
        self._refused = refused
        self._idle: list[tuple[Any, float]] = []
        self._guard = threading.Lock()

    def prepare(self, schema: str) -> None:
        with self._transaction() as session:
            if not session.run("SELECT current_schema()")[0][0]:
                session.run(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            if session.run("SELECT 1 WHERE to_regclass('posts') IS NULL"):
                for statement in _SCHEMA:
                    session.run(statement)
            if session.run("SELECT 1 WHERE to_regclass('store_owner') IS NULL"):
                session.run(_OWNER)  # of a store made before stores had one

    def save_copy(self, path: Path) -> None:
        """As a DuckDB file, which any installation can open; of one moment."""
        with self._connection() as connection:
            connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            save_as_file(_Moment(connection), path)
            connection.run("ROLLBACK")

    def close(self) -> None:
        with self._guard:
            while self._idle:
                self._drop(self._idle.pop()[0])

    def _analyse(self, session: Session, table: str) -> None:
        session.run(f"ANALYZE {table}")

    def _fetch(self, sql: str, **values: object) -> Sequence[Sequence[Any]]:
        with self._connection() as connection:
            return cast("Sequence[Sequence[Any]]", connection.run(sql, **plain(values)))

    @contextmanager
    def _scratch(self) -> Iterator[Session]:
        with self._connection() as connection:
            connection.run("BEGIN")
            yield connection
            connection.run("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with self._connection() as connection:
            connection.run("BEGIN")
            # Two processes that both find a key missing would both add it.
            connection.run(f"SELECT pg_advisory_xact_lock({_WRITERS} + {_THIS_SCHEMA})")
            yield connection
            connection.run("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """An idle connection or a new one, whose open transaction ends with an exception.

        Used again only after success or a refusal by the server. Whatever else broke off may have
        left an answer unread, and the next reader would take it for its own.
        """
        connection = self._fresh()
        try:
            yield connection
        except self._refused as error:
            self._roll_back(connection)
            raise StoreError(_("PostgreSQL 事实库出错：%(why)s") % {"why": error}) from error
        except self._lost as error:
            self._drop(connection)
            raise StoreError(
                _("与 PostgreSQL 事实库的连接断了：%(why)s") % {"why": error}
            ) from error
        except BaseException:
            self._drop(connection)
            raise
        self._keep(connection)

    def _fresh(self) -> Any:
        while True:
            with self._guard:
                if not self._idle:
                    break
                connection, since = self._idle.pop()
            if monotonic() - since < TRUSTED or self._is_alive(connection):
                return connection
        return self._connect()

    def _is_alive(self, connection: Any) -> bool:
        try:
            connection.run("SELECT 1")
        except (*self._lost, self._refused):
            self._drop(connection)
            return False
        except BaseException:
            self._drop(connection)
            raise
        return True

    def _roll_back(self, connection: Any) -> None:
        try:
            connection.run("ROLLBACK")
        except BaseException as error:
            self._drop(connection)
            if not isinstance(error, (*self._lost, self._refused)):
                raise
        else:
            self._keep(connection)

    def _keep(self, connection: Any) -> None:
        with self._guard:
            if len(self._idle) < IDLE:
                self._idle.append((connection, monotonic()))
                return
        self._drop(connection)

    def _drop(self, connection: Any) -> None:
        with suppress(Exception):  # in whatever state it is, nobody uses it again
            connection.close()

    def _read_in(
        self, session: Session, rows: Sequence[FactRow], numbers: Iterable[int] | None = None
    ) -> None:
        words: dict[str, int] = {}
        with tempfile.TemporaryFile() as file:
            file.writelines(line.encode("ascii") for line in lines(rows, words, numbers))
            file.seek(0)
            _load(session, file, list(words))


class _Moment(PostgreSQLStore):
    """The store as one open transaction sees it; only for reading."""

    def __init__(self, connection: Any) -> None:
        super().__init__(lambda: connection, (), StoreError)

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        yield self._connect()


def _load(session: Session, file: BinaryIO, words: list[str]) -> None:
    session.run(
        "CREATE TEMP TABLE given (n bigint, team bigint, account bigint, post bigint, "
        "metric int, day date, segment int, value double precision) ON COMMIT DROP"
    )
    session.run("COPY given FROM STDIN WITH (FORMAT csv)", stream=file)
    session.run(
        "CREATE TEMP TABLE stated ON COMMIT DROP AS "
        'SELECT n, team, account, post, m.word COLLATE "C" AS metric, day, '
        's.word COLLATE "C" AS segment, value FROM given '
        "JOIN unnest(CAST(:words AS text[])) WITH ORDINALITY AS m (word, id) ON metric = m.id - 1 "
        "JOIN unnest(CAST(:words AS text[])) WITH ORDINALITY AS s (word, id) ON segment = s.id - 1",
        words=words,
    )
    session.run("ANALYZE stated")
