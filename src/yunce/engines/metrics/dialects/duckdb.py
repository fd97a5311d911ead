"""Facts in one DuckDB file: ``duckdb:///abs/path/facts.duckdb?threads=2&memory_limit=512MB``.

``fact_log`` holds everything every batch stated (confirmations of equal values too) and is only
appended to; ``facts`` holds for each key the row of the highest batch. One process writes the file.
"""

# ruff: noqa: S608 - only this file's own constants are put into statements; values are parameters
from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

import duckdb

from yunce.engines.metrics import asking, cataloguing
from yunce.engines.metrics.answering import answer_from
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.compiling import Dialect, compile_query
from yunce.engines.metrics.errors import BadFactError, StoreBusyError, StoreError, StoreUrlError
from yunce.engines.metrics.query import Answer, MetricQuery
from yunce.engines.metrics.stores import (
    Change,
    Comparison,
    Conflict,
    FactKey,
    FactRow,
    Restatement,
    StoredRow,
)
from yunce.kit.wording import gettext as _

DIALECT = Dialect(name="duckdb", total="fsum")
DEFAULTS = {"threads": "2", "memory_limit": "512MB"}
MEMORY = ":memory:"

_KEY = "team, account, post, metric, day, segment"
_COLUMNS = (
    "team BIGINT NOT NULL, account BIGINT NOT NULL, post BIGINT NOT NULL, metric VARCHAR NOT NULL, "
    "day DATE NOT NULL, segment VARCHAR NOT NULL, value DOUBLE NOT NULL, batch BIGINT NOT NULL"
)
_ORDER = (
    "team, metric, day, account, post, segment"  # what queries filter by, so blocks can be skipped
)
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS fact_log ({_COLUMNS});
CREATE TABLE IF NOT EXISTS facts ({_COLUMNS});
"""
_LATEST = f"SELECT {_KEY}, arg_max(value, batch) AS value, max(batch) AS batch FROM fact_log"


def _order(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in _ORDER.split(", "))


def _same(left: str, right: str) -> str:
    return " AND ".join(f"{left}.{name} = {right}.{name}" for name in _KEY.split(", "))


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


class DuckDBStore:
    """A FactStore on one DuckDB database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._writing = threading.Lock()

    # Writing

    def compare(self, rows: Sequence[FactRow]) -> Comparison:
        with self._cursor() as cursor:
            return _stage(cursor, rows)

    def write(self, batch: int, rows: Sequence[FactRow]) -> Comparison:
        with self._transaction() as cursor:
            comparison = _stage(cursor, rows)
            _log(cursor, batch)
            _make_current(cursor, batch)
        return comparison

    def erase(self, batch: int) -> int:
        with self._transaction() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE touched AS SELECT {_KEY} FROM fact_log WHERE batch = ?", [batch]
            )
            cursor.execute("DELETE FROM fact_log WHERE batch = ?", [batch])
            same = _same("facts", "touched")
            cursor.execute(f"DELETE FROM facts USING touched WHERE {same}")
            cursor.execute(
                f"INSERT INTO facts {_LATEST} SEMI JOIN touched USING ({_KEY}) "
                f"GROUP BY {_KEY} ORDER BY {_ORDER}"
            )
            return _count(cursor, "SELECT count(*) FROM touched")

    def forget_team(self, team: int) -> int:
        with self._transaction() as cursor:
            forgotten = _count(cursor, "SELECT count(*) FROM facts WHERE team = ?", [team])
            cursor.execute("DELETE FROM facts WHERE team = ?", [team])
            cursor.execute("DELETE FROM fact_log WHERE team = ?", [team])
            return forgotten

    def rebuild(self) -> None:
        """Make the current facts anew from the log."""
        with self._transaction() as cursor:
            cursor.execute("DELETE FROM facts")
            cursor.execute(f"INSERT INTO facts {_LATEST} GROUP BY {_KEY} ORDER BY {_ORDER}")

    # Reading

    def is_sound(self) -> bool:
        """The current facts are exactly the latest of the log."""
        agreeing = f"{_same('f', 'l')} AND f.value = l.value AND f.batch = l.batch"
        counts = self._fetch(
            f"WITH latest AS MATERIALIZED ({_LATEST} GROUP BY {_KEY}) "
            "SELECT (SELECT count(*) FROM facts), (SELECT count(*) FROM latest), "
            f"(SELECT count(*) FROM facts AS f JOIN latest AS l ON {agreeing})"
        )
        return len(set(counts[0])) == 1

    def batches(self) -> set[int]:
        return {batch for (batch,) in self._fetch("SELECT DISTINCT batch FROM fact_log")}

    def rows(
        self,
        *,
        team: int,
        account: int | None = None,
        metric: str | None = None,
        start: date,
        end: date,
    ) -> list[StoredRow]:
        fetched = self._fetch(
            "FROM facts WHERE team = $team AND day BETWEEN $start AND $end "
            "AND ($account IS NULL OR account = $account) "
            "AND ($metric IS NULL OR metric = $metric) "
            "ORDER BY day, account, post, metric, segment",
            {"team": team, "account": account, "metric": metric, "start": start, "end": end},
        )
        return [StoredRow(*row) for row in fetched]

    def history(self, row_key: FactKey) -> list[StoredRow]:
        same = " AND ".join(f"{name} = ?" for name in _KEY.split(", "))
        fetched = self._fetch(f"FROM fact_log WHERE {same} ORDER BY batch", list(row_key))
        return [StoredRow(*row) for row in fetched]

    def restatements(
        self, *, team: int, start: date, end: date, limit: int, metric: str | None = None
    ) -> list[Restatement]:
        order = "day DESC, account, post, metric, segment"
        fetched = self._fetch(
            f"SELECT {_KEY}, list(value ORDER BY batch), list(batch ORDER BY batch) FROM fact_log "
            "WHERE team = $team AND day BETWEEN $start AND $end "
            f"AND ($metric IS NULL OR metric = $metric) GROUP BY {_KEY} "
            f"HAVING min(value) <> max(value) ORDER BY max(batch) DESC, {order} LIMIT $limit",
            {"team": team, "start": start, "end": end, "limit": limit, "metric": metric},
        )
        return [_restated(FactKey(*key), values, batches) for *key, values, batches in fetched]

    def coverage(self, *, team: int, start: date, end: date) -> dict[int, set[date]]:
        fetched = self._fetch(
            "SELECT account, list(DISTINCT day) FROM facts "
            "WHERE team = ? AND day BETWEEN ? AND ? AND segment = '' GROUP BY account",
            [team, start, end],
        )
        return {account: set(days) for account, days in fetched}

    def newest_days(self, *, team: int) -> dict[int, date]:
        sql = "SELECT account, max(day) FROM facts WHERE team = ? GROUP BY account"
        return dict(self._fetch(sql, [team]))

    def days(self, batch: int) -> set[date]:
        sql = "SELECT DISTINCT day FROM fact_log WHERE batch = ?"
        return {day for (day,) in self._fetch(sql, [batch])}

    def posts(self, *, team: int) -> set[int]:
        sql = "SELECT DISTINCT post FROM facts WHERE team = ? AND post <> 0"
        return {post for (post,) in self._fetch(sql, [team])}

    def answer(self, query: MetricQuery, catalogue: Catalogue | None = None) -> Answer:
        known = catalogue or cataloguing.catalogue()
        asking.check(query, known)
        sql = compile_query(query, known, DIALECT)
        return answer_from(query, known, self._fetch(sql))

    # Keeping

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
                words = {"path": path, "why": error}
                raise StoreError(_("事实库备份不到「%(path)s」：%(why)s") % words) from error
            finally:
                cursor.execute(f"DETACH DATABASE IF EXISTS {name}")
                unfinished.unlink(missing_ok=True)

    def close(self) -> None:
        with self._writing:
            self._connection.close()

    # Connections

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._writing, self._cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()

    def _fetch(self, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        with self._cursor() as cursor:
            return cursor.execute(sql, parameters).fetchall()


def _restated(key: FactKey, values: list[float], batches: list[int]) -> Restatement:
    stated = zip(values, batches, strict=True)
    return Restatement(tuple(StoredRow(*key, value, batch) for value, batch in stated))


def _count(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Any = None) -> int:
    found = cursor.execute(sql, parameters).fetchone()
    return int(found[0]) if found else 0


def _stage(cursor: duckdb.DuckDBPyConnection, rows: Sequence[FactRow]) -> Comparison:
    """Put rows into the temporary table ``stage``, one a key, each beside what the store has."""
    _read(cursor, rows)
    cursor.execute(
        f"CREATE TEMP TABLE stage AS SELECT s.*, f.value AS old, f.batch AS old_batch "
        f"FROM (SELECT {_KEY}, arg_max(value, n) AS value FROM stated GROUP BY {_KEY}) AS s "
        f"LEFT JOIN facts AS f ON {_same('f', 's')} ORDER BY {_order('s')}"
    )
    added, unchanged = cursor.execute(
        "SELECT count(*) FILTER (old IS NULL), count(*) FILTER (old = value) FROM stage"
    ).fetchone() or (0, 0)
    changed = cursor.execute(
        f"SELECT {_KEY}, value, old FROM stage WHERE old <> value "
        "ORDER BY day, account, post, metric, segment"
    ).fetchall()
    changes = tuple(Change(FactRow(*row[:7]), row[7]) for row in changed)
    return Comparison(added, unchanged, changes, _conflicts(cursor))


def _conflicts(cursor: duckdb.DuckDBPyConnection) -> tuple[Conflict, ...]:
    if _count(cursor, "SELECT (SELECT count(*) FROM stated) - (SELECT count(*) FROM stage)") == 0:
        return ()
    fetched = cursor.execute(
        f"SELECT {_KEY}, list(value ORDER BY n) FROM stated GROUP BY {_KEY} "
        "HAVING min(value) <> max(value) ORDER BY min(n)"
    ).fetchall()
    return tuple(Conflict(FactKey(*row[:6]), tuple(row[6])) for row in fetched)


def _read(cursor: duckdb.DuckDBPyConnection, rows: Sequence[FactRow]) -> None:
    """Put rows as given into the temporary table ``stated``.

    They go through a file of plain numbers, words by their place in a list: several times as fast
    as list parameters, and no text needs quoting.
    """
    words: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="yunce-facts-") as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="ascii") as file:
            file.writelines(_lines(rows, words))
        _read_file(cursor, path, list(words))


def _lines(rows: Sequence[FactRow], words: dict[str, int]) -> Iterator[str]:
    days: dict[date, str] = {}
    for n, row in enumerate(rows):
        team, account, post, metric, day, segment, value = row
        if not metric or not isfinite(value):
            raise BadFactError(
                _("第 %(n)d 行不是有效的数据：%(row)s") % {"n": n + 1, "row": tuple(row)}
            )
        m = words.setdefault(metric, len(words))
        s = words.setdefault(segment, len(words))
        written = days.get(day) or days.setdefault(day, day.isoformat())
        yield f"{n},{team},{account},{post},{m},{written},{s},{float(value)!r}\n"


def _read_file(cursor: duckdb.DuckDBPyConnection, path: Path, words: list[str]) -> None:
    cursor.execute(
        "CREATE TEMP TABLE words AS SELECT unnest(?::VARCHAR[]) AS word, unnest(range(?)) AS id",
        [words, len(words)],
    )
    columns = (
        "{'n':'BIGINT','team':'BIGINT','account':'BIGINT','post':'BIGINT','metric':'BIGINT',"
        "'day':'DATE','segment':'BIGINT','value':'DOUBLE'}"
    )
    name = str(path).replace("'", "''")
    cursor.execute(
        "CREATE TEMP TABLE stated AS "
        "SELECT n, team, account, post, m.word AS metric, day, s.word AS segment, value "
        f"FROM read_csv('{name}', header=false, auto_detect=false, columns={columns}) AS c "
        "JOIN words AS m ON c.metric = m.id JOIN words AS s ON c.segment = s.id"
    )


def _log(cursor: duckdb.DuckDBPyConnection, batch: int) -> None:
    """Record what the batch states; a batch may come in several parts, a later part wins."""
    same = _same("fact_log", "stage")
    cursor.execute(f"DELETE FROM fact_log USING stage WHERE fact_log.batch = ? AND {same}", [batch])
    cursor.execute(f"INSERT INTO fact_log SELECT {_KEY}, value, ? FROM stage", [batch])


def _make_current(cursor: duckdb.DuckDBPyConnection, batch: int) -> None:
    """Replace the current rows of the staged keys, unless a higher batch stated them."""
    cursor.execute(
        f"DELETE FROM facts USING stage WHERE stage.old_batch <= ? AND {_same('facts', 'stage')}",
        [batch],
    )
    cursor.execute(
        f"INSERT INTO facts SELECT {_KEY}, value, $batch FROM stage "
        "WHERE old_batch IS NULL OR old_batch <= $batch",
        {"batch": batch},
    )
