"""Facts in one DuckDB file: ``duckdb:///abs/path/facts.duckdb?threads=2&memory_limit=512MB``.

One process writes the file.
"""

# ruff: noqa: S608 - only this file's own constants are put into statements; values are parameters
from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from uuid import uuid4

import duckdb

from yunce.engines.metrics.columns import FactColumns
from yunce.engines.metrics.copying import copy_facts
from yunce.engines.metrics.errors import StoreBusyError, StoreError, StoreUrlError
from yunce.engines.metrics.owning import OwnedStore
from yunce.engines.metrics.parquet import write_parquet
from yunce.engines.metrics.speaking import Dialect, named, plain
from yunce.engines.metrics.staging import arranged, has_no_twins
from yunce.engines.metrics.stores import FactRow, FactStore
from yunce.engines.metrics.writing import Session
from yunce.kit.wording import gettext as _

DIALECT = Dialect(
    name="duckdb",
    total="FSUM({value})",
    last="ARG_MAX({value}, {order})",
    month="CAST(DATE_TRUNC('month', {day}) AS DATE)",
    week="CAST(DATE_TRUNC('week', {day}) AS DATE)",
    weekday="ISODOW({day})",
    age="CAST({day} - CAST({published} AS DATE) AS VARCHAR)",
    seen="BIT_OR(CAST(1 AS BIGINT) << ({day} - CAST(:start AS DATE)))",
    gathered="BIT_OR({seen})",
    mark="CAST(HASH({names}) % 1099511627776 AS BIGINT)",
    # Whole parts add up exactly as floats (below 2⁵³), fractions as whole numbers of 2⁻⁶². FSUM is
    # as exact, but takes the slower of DuckDB's two ways to add up groups.
    whole="SUM(TRUNC({value}))",
    rest="SUM(CAST(({value} - TRUNC({value})) * 4611686018427387904 AS BIGINT))",
    both="{value} + {rest} / 4611686018427387904",
    # IN looks every row up; whether a word is one of these is worked out once a dictionary.
    codes=(
        "{column} BETWEEN {first} AND {last} AND TRY_CAST({column} AS ENUM({listed})) IS NOT NULL"
    ),
    # Numbers of 12 bits together, whose bounds DuckDB knows, are counted off without a hash.
    coded="TRY_CAST({column} AS ENUM({listed}))",
    date="DAY({day})",
    dates="BIT_OR(CAST(1 AS BIGINT) << ({date} - DAY(CAST(:start AS DATE))))",
    said="LIST({day})",
    different="LEN(LIST_DISTINCT(FLATTEN(LIST({said}))))",
)
DEFAULTS = {"threads": "2", "memory_limit": "512MB"}
MEMORY = ":memory:"
KEPT = 512  # parsed statements
_BOUNDED = ("team", "day", "account", "post")
MANY = 10_000  # rows for which it pays to look first whether they can be known at all

_COLUMNS = (
    "team BIGINT NOT NULL, account BIGINT NOT NULL, post BIGINT NOT NULL, metric VARCHAR NOT NULL, "
    "day DATE NOT NULL, segment VARCHAR NOT NULL, value DOUBLE NOT NULL, batch BIGINT NOT NULL"
)
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS fact_log ({_COLUMNS});
CREATE TABLE IF NOT EXISTS facts ({_COLUMNS});
CREATE TABLE IF NOT EXISTS posts (
    team BIGINT NOT NULL, post BIGINT NOT NULL, name VARCHAR NOT NULL, label VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS store_owner (owner VARCHAR NOT NULL);
"""


def open_store(url: str) -> DuckDBStore:
    """Open or create the file; StoreBusyError when another process has it."""
    path, settings = _address(url)
    try:
        if path != MEMORY:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(path, config=settings)
        connection.execute(_SCHEMA)
    except (duckdb.Error, OSError) as error:
        raise _explained(path, error) from error
    return DuckDBStore(connection)


def _address(url: str) -> tuple[str, dict[str, Any]]:
    parts = urlsplit(url)
    path = unquote(parts.path)
    given = dict(parse_qsl(parts.query))
    if parts.netloc or not path.startswith("/") or given.keys() - DEFAULTS.keys():
        raise StoreUrlError(
            _("事实库地址「%(url)s」看不懂：应写成 duckdb:///绝对路径/facts.duckdb%(options)s。")
            % {"url": url, "options": "?" + "&".join(f"{k}={v}" for k, v in DEFAULTS.items())}
        )
    in_memory = path == f"/{MEMORY}"
    return MEMORY if in_memory else path, {**DEFAULTS, **given}


def _explained(path: str, error: Exception) -> StoreError:
    text = str(error)
    if "lock" in text.lower() or "different configuration" in text:
        return StoreBusyError(
            _("事实库「%(path)s」正被另一个程序（多半是 yunce serve）使用，请先停掉它再试。")
            % {"path": path}
        )
    return StoreError(_("打不开事实库「%(path)s」：%(why)s") % {"path": path, "why": text})


def save_as_file(source: FactStore, path: Path) -> None:
    """Any store's facts as one DuckDB file, written beside ``path`` first."""
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        target = open_store(f"duckdb://{quote(str(unfinished.absolute()))}")
        try:
            copy_facts(source, target)
        finally:
            target.close()
        unfinished.replace(path)
    except (StoreError, OSError) as error:
        raise _not_copied(path, error) from error
    finally:
        _remove(unfinished)


def _remove(unfinished: Path) -> None:
    with suppress(OSError):
        unfinished.unlink(missing_ok=True)


def _not_copied(path: Path, error: Exception) -> StoreError:
    words = {"path": path, "why": error}
    return StoreError(_("事实库备份不到「%(path)s」：%(why)s") % words)


class DuckDBStore(OwnedStore):
    """A FactStore on one DuckDB database."""

    dialect = DIALECT

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._writing = threading.Lock()
        self._statements: dict[str, duckdb.Statement] = {}
        self._known_metrics: int | None = None  # until the next write

    def save_copy(self, path: Path) -> None:
        """Written beside ``path`` first, so a broken copy never stands there."""
        unfinished = path.with_name(f".{path.name}.{uuid4().hex}")
        name = f"copy_{uuid4().hex}"
        target = str(unfinished).replace("'", "''")
        with self._cursor() as cursor:
            (source,) = cursor.execute("SELECT current_database()").fetchone() or ("",)
            try:
                cursor.execute(f"ATTACH '{target}' AS {name}")
                cursor.execute(f'COPY FROM DATABASE "{source}" TO {name}')
                cursor.execute(f"DETACH {name}")
                unfinished.replace(path)
            except (duckdb.Error, OSError) as error:
                raise _not_copied(path, error) from error
            finally:
                cursor.execute(f"DETACH DATABASE IF EXISTS {name}")
                _remove(unfinished)

    def close(self) -> None:
        with self._writing:
            self._statements.clear()
            self._connection.close()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def _scratch(self) -> Iterator[Session]:
        with self._cursor() as cursor:
            yield _CursorSession(cursor)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with self._writing, self._cursor() as cursor:
            cursor.begin()
            try:
                yield _CursorSession(cursor)
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()
            self._known_metrics = None

    def _metrics(self) -> int:
        """DuckDB keeps the number with the table; all teams' metrics together."""
        if self._known_metrics is None:
            found = self._fetch("SELECT stats(metric) FROM facts LIMIT 1")
            told = found[0][0] if found else {}
            self._known_metrics = int(told.get("approx_unique", 0)) if isinstance(told, dict) else 0
        return self._known_metrics

    def _fetch(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        with self._cursor() as cursor, _refusals():
            return cursor.execute(self._parsed(cursor, sql), plain(values)).fetchall()

    def _parsed(self, cursor: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
        """Kept for the next reader: a question is parsed once a shape, and planned each time."""
        known = self._statements.get(sql)
        if known is None:
            (known,) = cursor.extract_statements(named(sql, _written))
            if len(self._statements) >= KEPT:
                self._statements.clear()
            self._statements[sql] = known
        return known

    def _read_in(
        self, session: Session, rows: Sequence[FactRow], numbers: Iterable[int] | None = None
    ) -> None:
        given = FactColumns.of_rows(rows)
        columns = arranged(given, numbers)
        with tempfile.TemporaryDirectory(prefix="yunce-facts-") as folder:
            path = Path(folder) / "rows.parquet"
            with path.open("wb") as file:
                write_parquet(file, columns)
            _read_file(session, path, given)
        if isinstance(session, _CursorSession):
            session.is_distinct = has_no_twins(columns, given)

    def _is_all_new(self, session: Session) -> bool:
        """No fact of these teams, days, accounts and posts: blocks tell their bounds unread."""
        if not (isinstance(session, _CursorSession) and session.is_distinct):
            return False
        extremes = ", ".join(f"min({name}), max({name})" for name in _BOUNDED)
        count, *bounds = session.run(f"SELECT count(*), {extremes} FROM stated")[0]
        if count < MANY:
            return False
        within = " AND ".join(f"{name} BETWEEN :{name} AND :to_{name}" for name in _BOUNDED)
        names = [word for name in _BOUNDED for word in (name, f"to_{name}")]
        found = session.run(
            f"SELECT 1 FROM facts WHERE {within} LIMIT 1", **dict(zip(names, bounds, strict=True))
        )
        return not found


class _CursorSession:
    """One cursor is a connection of its own, its temporary tables too."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self.is_distinct = False  # what was read in last names no key twice

    def run(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        with _refusals():
            return self._cursor.execute(named(sql, _written), plain(values)).fetchall()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise StoreError(_("DuckDB 事实库出错：%(why)s") % {"why": error}) from error


def _written(name: str) -> str:
    return f"${name}"


def _read_file(session: Session, path: Path, given: FactColumns) -> None:
    session.run(
        "CREATE TEMP TABLE stated AS SELECT n, team, account, post, "
        "list_extract(CAST(:metrics AS VARCHAR[]), metric + 1) AS metric, day, "
        "list_extract(CAST(:segments AS VARCHAR[]), segment + 1) AS segment, value "
        "FROM read_parquet(:path)",
        metrics=list(given.metric.words),
        segments=list(given.segment.words),
        path=str(path),
    )
