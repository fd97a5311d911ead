"""Writing facts into a store that has transactions: one transaction a batch.

``fact_log`` holds everything every batch stated (confirmations of equal values too) and is only
appended to; ``facts`` holds for each key the row of the highest batch. Statements here are the
SQL that DuckDB and PostgreSQL share.
"""

# ruff: noqa: S608 - only this package's own constants are put into statements
from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol

from yunce.engines.metrics.reading import KEY, ROW, SqlStore, matching
from yunce.engines.metrics.speaking import latest
from yunce.engines.metrics.staging import labels
from yunce.engines.metrics.stores import (
    Change,
    Comparison,
    Conflict,
    FactKey,
    FactRow,
    StoredRow,
)

TAKEN_VALUE = "CAST('NaN' AS DOUBLE PRECISION)"  # TAKEN, in SQL
ORDER = "team, metric, day, account, post, segment"  # as queries filter, so blocks can be skipped


class Session(Protocol):
    """A connection with temporary tables of its own that vanish with it."""

    def run(self, sql: str, **values: object) -> Sequence[Sequence[Any]]: ...


class TransactionalStore(SqlStore):
    """Reading and writing; a dialect opens sessions and loads rows into ``stated``."""

    @abstractmethod
    def _scratch(self) -> AbstractContextManager[Session]:
        """A session that leaves nothing behind."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Session]:
        """A session whose work is kept whole or, after an exception, not at all; one at a time."""

    @abstractmethod
    def _read_in(
        self, session: Session, rows: Sequence[FactRow], numbers: Iterable[int] | None = None
    ) -> None:
        """Put rows as given into the temporary table ``stated``, numbered by ``n``."""

    temporary = ""  # what ends a temporary table with its transaction

    def _analyse(self, session: Session, table: str) -> None:
        """Tell the planner how big a temporary table is."""

    def _is_all_new(self, session: Session) -> bool:
        """Whether ``stated``, in ``ORDER``, has no key twice and none the store has.

        Only where that is cheap to see; then there is nothing to join and to sort again.
        """
        return False

    def compare(self, rows: Sequence[FactRow]) -> Comparison:
        with self._scratch() as session:
            return self._staged(session, rows)

    def write(self, batch: int, rows: Sequence[FactRow]) -> Comparison:
        with self._transaction() as session:
            comparison = self._staged(session, rows)
            _log(session, batch)
            _make_current(session, batch)
        return comparison

    def take_back(self, batch: int, keys: Sequence[FactKey]) -> int:
        with self._transaction() as session:
            self._read_in(session, [FactRow(*key, 0.0) for key in dict.fromkeys(keys)])
            both = f"FROM facts JOIN stated ON {matching('facts', 'stated')}"
            known = _count(session, f"SELECT count(*) {both}")
            _log(session, batch, stated="stated", value=TAKEN_VALUE)
            session.run(
                "DELETE FROM facts USING stated "
                f"WHERE facts.batch <= :batch AND {matching('facts', 'stated')}",
                batch=batch,
            )
            return known

    def erase(self, batch: int) -> int:
        with self._transaction() as session:
            session.run(
                f"CREATE TEMP TABLE touched {self.temporary} AS "
                f"SELECT {KEY} FROM fact_log WHERE batch = :batch",
                batch=batch,
            )
            self._analyse(session, "touched")
            session.run("DELETE FROM fact_log WHERE batch = :batch", batch=batch)
            session.run(f"DELETE FROM facts USING touched WHERE {matching('facts', 'touched')}")
            left = f"(SELECT fact_log.* FROM fact_log JOIN touched USING ({KEY}))"
            session.run(self._latest(f"{left} AS l", insert=True))
            return _count(session, "SELECT count(*) FROM touched")

    def forget_team(self, team: int) -> int:
        with self._transaction() as session:
            counted = "SELECT count(*) FROM facts WHERE team = :team"
            forgotten = _count(session, counted, team=team)
            for table in ("facts", "fact_log", "posts"):
                session.run(f"DELETE FROM {table} WHERE team = :team", team=team)
            return forgotten

    def replace_log(self, team: int, start: date, end: date, rows: Sequence[StoredRow]) -> None:
        with self._transaction() as session:
            self._read_in(session, [row.fact for row in rows], [row.batch for row in rows])
            for table in ("facts", "fact_log"):
                sql = f"DELETE FROM {table} WHERE team = :team AND day BETWEEN :start AND :end"
                session.run(sql, team=team, start=start, end=end)
            session.run(f"INSERT INTO fact_log ({ROW}) SELECT {KEY}, value, n FROM stated")
            said = f"(SELECT {KEY}, value, n AS batch FROM stated) AS said"
            session.run(self._latest(said, insert=True))

    def remember_posts(self, team: int, posts: Mapping[int, Mapping[str, str]]) -> None:
        rows = labels(team, posts)
        with self._transaction() as session:
            session.run(
                "DELETE FROM posts WHERE team = :team "
                "AND post IN (SELECT UNNEST(CAST(:posts AS BIGINT[])))",
                team=team,
                posts=list(posts),
            )
            session.run(
                "INSERT INTO posts (team, post, name, label) SELECT CAST(:team AS BIGINT), "
                "UNNEST(CAST(:posts AS BIGINT[])), UNNEST(CAST(:names AS VARCHAR[])), "
                "UNNEST(CAST(:labels AS VARCHAR[]))",
                team=team,
                posts=[row[1] for row in rows],
                names=[row[2] for row in rows],
                labels=[row[3] for row in rows],
            )

    def rebuild(self) -> None:
        """Make the current facts anew from the log."""
        with self._transaction() as session:
            session.run("DELETE FROM facts")
            session.run(self._latest("fact_log", insert=True))

    def is_sound(self) -> bool:
        """The current facts are exactly the latest of the log."""
        agreeing = f"{matching('f', 'l')} AND f.value = l.value AND f.batch = l.batch"
        counts = self._fetch(
            f"WITH latest AS MATERIALIZED ({self._latest('fact_log')}) "
            "SELECT (SELECT count(*) FROM facts), (SELECT count(*) FROM latest), "
            f"(SELECT count(*) FROM facts AS f JOIN latest AS l ON {agreeing})"
        )
        return len(set(counts[0])) == 1

    def _latest(self, relation: str, *, insert: bool = False) -> str:
        value = latest(self.dialect, "value", "batch")
        select = f"SELECT {KEY}, {value} AS value, max(batch) AS batch FROM {relation}"
        into = f"INSERT INTO facts ({ROW}) " if insert else ""
        there = f"HAVING {value} <> {TAKEN_VALUE}"
        return f"{into}{select} GROUP BY {KEY} {there}" + (f" ORDER BY {ORDER}" if insert else "")

    def _staged(self, session: Session, rows: Sequence[FactRow]) -> Comparison:
        """Fill the temporary table ``stage``: one row a key, each beside what the store has."""
        self._read_in(session, rows)
        value = latest(self.dialect, "value", "n")
        ordered = ", ".join(f"s.{name}" for name in ORDER.split(", "))
        if self._is_all_new(session):
            session.run(
                f"CREATE TEMP VIEW stage AS SELECT {KEY}, value, "
                "CAST(NULL AS DOUBLE) AS old, CAST(NULL AS BIGINT) AS old_batch FROM stated"
            )
            return compared(session)
        session.run(
            f"CREATE TEMP TABLE stage {self.temporary} AS "
            "SELECT s.*, f.value AS old, f.batch AS old_batch "
            f"FROM (SELECT {KEY}, {value} AS value FROM stated GROUP BY {KEY}) AS s "
            f"LEFT JOIN facts AS f ON {matching('f', 's')} ORDER BY {ordered}"
        )
        self._analyse(session, "stage")
        return compared(session)


def compared(session: Session) -> Comparison:
    """What ``stage`` does to the store, and what ``stated`` tells twice."""
    added, unchanged = session.run(
        "SELECT count(*) FILTER (WHERE old IS NULL), count(*) FILTER (WHERE old = value) FROM stage"
    )[0]
    changed = session.run(
        f"SELECT {KEY}, value, old FROM stage WHERE old <> value "
        "ORDER BY day, account, post, metric, segment"
    )
    changes = tuple(Change(FactRow(*row[:7]), row[7]) for row in changed)
    return Comparison(added, unchanged, changes, _conflicts(session))


def _conflicts(session: Session) -> tuple[Conflict, ...]:
    if _count(session, "SELECT (SELECT count(*) FROM stated) - (SELECT count(*) FROM stage)") == 0:
        return ()
    fetched = session.run(
        f"SELECT {KEY}, array_agg(value ORDER BY n) FROM stated GROUP BY {KEY} "
        "HAVING min(value) <> max(value) ORDER BY min(n)"
    )
    return tuple(Conflict(FactKey(*row[:6]), tuple(row[6])) for row in fetched)


def _log(session: Session, batch: int, *, stated: str = "stage", value: str = "value") -> None:
    """Record what the batch states; a batch may come in several parts, a later part wins."""
    if session.run("SELECT 1 FROM fact_log WHERE batch = :batch LIMIT 1", batch=batch):
        session.run(
            f"DELETE FROM fact_log USING {stated} "
            f"WHERE fact_log.batch = :batch AND {matching('fact_log', stated)}",
            batch=batch,
        )
    session.run(
        f"INSERT INTO fact_log ({ROW}) SELECT {KEY}, {value}, CAST(:batch AS BIGINT) FROM {stated}",
        batch=batch,
    )


def _make_current(session: Session, batch: int) -> None:
    """Replace the current rows of the staged keys, unless a higher batch has the word on them."""
    if session.run("SELECT 1 FROM stage WHERE old_batch IS NOT NULL LIMIT 1"):
        session.run(
            "DELETE FROM facts USING stage "
            f"WHERE stage.old_batch <= :batch AND {matching('facts', 'stage')}",
            batch=batch,
        )
    unless = _unless_taken(session, batch)
    session.run(
        f"INSERT INTO facts ({ROW}) SELECT {KEY}, value, CAST(:batch AS BIGINT) FROM stage "
        f"WHERE (old_batch IS NULL OR old_batch <= CAST(:batch AS BIGINT)){unless}",
        batch=batch,
    )


def _unless_taken(session: Session, batch: int) -> str:
    """What a higher batch took back has no current row to be seen by.

    Batches mostly come in turn: then the log need not be joined.
    """
    if not session.run("SELECT 1 FROM fact_log WHERE batch > :batch LIMIT 1", batch=batch):
        return ""
    newer = f"SELECT 1 FROM fact_log AS l WHERE {matching('l', 'stage')} AND l.batch > :batch"
    return f" AND NOT EXISTS ({newer})"


def _count(session: Session, sql: str, **values: object) -> int:
    return int(session.run(sql, **values)[0][0])
