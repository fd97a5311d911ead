"""Facts in ClickHouse: ``clickhouse://user:password@host:8443/database?secure=true``.

ClickHouse has no transactions over several statements. So rows count only once a later, single
insert names their write in ``writes`` (docs/decisions/0007-three-stores.md):

``statements``  every row of every write, also of writes that broke off or were undone
``writes``      which writes of which team count: +1 when a write is whole, -1 when undone
``visible``     the statements of writes that count
``fact_log``    per key and batch what the batch said last
``facts``       per key the row of the highest batch

Needs ``requirements/stores.txt``.
"""

# ruff: noqa: S608 - only this package's own constants are put into statements
from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from time import time_ns
from typing import Any

from yunce.engines.metrics.dialects import library
from yunce.engines.metrics.dialects._clickhouse_address import address_of
from yunce.engines.metrics.dialects._clickhouse_client import SpeakingStore
from yunce.engines.metrics.dialects._clickhouse_tables import (
    ALL_COUNTING,
    COUNTING,
    DIALECT,
    GONE,
    SETTINGS,
    TABLES,
)
from yunce.engines.metrics.dialects.duckdb import save_as_file
from yunce.engines.metrics.errors import StoreError
from yunce.engines.metrics.reading import KEY, ROW, matching
from yunce.engines.metrics.speaking import Many
from yunce.engines.metrics.staging import check, labels
from yunce.engines.metrics.stores import (
    Change,
    Comparison,
    Conflict,
    FactKey,
    FactRow,
    StoredRow,
)
from yunce.kit.wording import gettext as _


def open_store(url: str) -> ClickHouseStore:
    """Connect and make the tables where they are missing."""
    clickhouse_connect = library("clickhouse_connect", "clickhouse")
    address = address_of(url)
    try:
        # Without a session the server answers several threads of one client at once.
        client = clickhouse_connect.get_client(
            **address, settings=SETTINGS, autogenerate_session_id=False
        )
    except clickhouse_connect.driver.exceptions.Error as error:
        words = {"host": address["host"], "why": error}
        raise StoreError(_("连不上 ClickHouse 事实库「%(host)s」：%(why)s") % words) from error
    return ClickHouseStore(client)


class ClickHouseStore(SpeakingStore):
    """A FactStore in one ClickHouse database, through a clickhouse-connect client."""

    dialect = DIALECT
    stated = "visible"

    def __init__(self, client: Any) -> None:
        super().__init__(client)
        self._guard = threading.Lock()
        self._last_write = 0
        for table in TABLES:
            self._command(table)

    # Writing

    def compare(self, rows: Sequence[FactRow]) -> Comparison:
        write = self._stage(rows)
        try:
            return self._compared(write)
        finally:
            self._unstage(write)

    def write(self, batch: int, rows: Sequence[FactRow]) -> Comparison:
        write = self._stage(rows)
        try:
            comparison = self._compared(write)
            self._command(
                f"INSERT INTO statements ({ROW}, write) SELECT {KEY}, argMax(value, n), "
                f":batch, :write FROM staged WHERE write = :write GROUP BY {KEY}",
                batch=batch,
                write=write,
            )
            teams = sorted({row.team for row in rows})
            self._insert_writes([(team, write, batch, 1) for team in teams])
        finally:
            self._unstage(write)
        return comparison

    def take_back(self, batch: int, keys: Sequence[FactKey]) -> int:
        write = self._stage([FactRow(*key, 0.0) for key in dict.fromkeys(keys)])
        try:
            known = self._compared(write)
            self._command(
                f"INSERT INTO statements ({ROW}, write) SELECT {KEY}, nan, :batch, :write "
                "FROM staged WHERE write = :write",
                batch=batch,
                write=write,
            )
            teams = sorted({key.team for key in keys})
            self._insert_writes([(team, write, batch, 1) for team in teams])
        finally:
            self._unstage(write)
        return known.unchanged + len(known.changed)

    def erase(self, batch: int) -> int:
        touched = self._fetch(
            f"SELECT uniqExact({KEY}) FROM visible WHERE batch = :batch", batch=batch
        )[0][0]
        counting = self._counting("batch = :batch", batch=batch)
        self._insert_writes([(team, write, batch, -1) for team, write in counting])
        self._sweep([write for _team, write in counting])
        return int(touched)

    def forget_team(self, team: int) -> int:
        forgotten = self._fetch("SELECT count() FROM facts WHERE team = :team", team=team)[0][0]
        counting = self._counting("team = :team", team=team)
        self._insert_writes([(team, write, 0, -1) for team, write in counting])
        for table in ("statements", "labels"):
            self._command(f"ALTER TABLE {table} DELETE WHERE team = :team", team=team)
        return int(forgotten)

    def replace_log(self, team: int, start: date, end: date, rows: Sequence[StoredRow]) -> None:
        """Not in one transaction: ``copy_facts`` finds interrupted days and does them again."""
        days: dict[str, object] = {"team": team, "start": start, "end": end}
        inside = "team = :team AND day BETWEEN :start AND :end"
        if self._fetch(f"SELECT 1 FROM visible WHERE {inside} LIMIT 1", **days):
            self._command(f"ALTER TABLE statements DELETE WHERE {inside}", **days)
            self._uncount_empty(team)
        ordered = sorted(rows, key=lambda row: row.batch)
        writes = {batch: self._next_write() for batch, _rows in groupby(ordered, lambda r: r.batch)}
        if not writes:
            return
        given = [(*row, writes[row.batch]) for row in ordered]
        self._insert("statements", given, [*ROW.split(", "), "write"])
        self._insert_writes([(team, write, batch, 1) for batch, write in writes.items()])

    def remember_posts(self, team: int, posts: Mapping[int, Mapping[str, str]]) -> None:
        rows = labels(team, posts)
        kept = {(post, name) for _team, post, name, _label in rows}
        known = self._fetch(
            "SELECT post, name FROM posts WHERE team = :team AND post IN :posts",
            team=team,
            posts=Many(int, tuple(posts)),
        )
        gone = [(team, post, name, "") for post, name in known if (post, name) not in kept]
        write = self._next_write()
        columns = ["team", "post", "name", "label", "write"]
        self._insert("labels", [(*row, write) for row in [*rows, *gone]], columns)

    def belong_to(self, owner: str) -> None:
        self._insert("store_owner", [(owner, self._next_write())], ["owner", "write"])

    def rebuild(self) -> None:
        """Nothing current is kept beside the log; clear away what no write counts any more."""
        self._command(f"ALTER TABLE statements DELETE WHERE write IN ({GONE})")

    def is_sound(self) -> bool:
        """Every write that counts has rows; the current facts are worked out from the log."""
        sql = f"SELECT 1 FROM ({ALL_COUNTING}) WHERE write NOT IN (SELECT write FROM statements)"
        return not self._fetch(f"{sql} LIMIT 1")

    # Reading what ClickHouse keeps otherwise

    def owner(self) -> str:
        return str(self._fetch("SELECT argMax(owner, write) FROM store_owner")[0][0] or "")

    def batches(self) -> set[int]:
        sql = (
            "SELECT DISTINCT batch FROM writes "
            f"WHERE state = 1 AND (team, write) IN ({ALL_COUNTING})"
        )
        return {batch for (batch,) in self._fetch(sql)}

    def save_copy(self, path: Path) -> None:
        """As a DuckDB file, which any installation can open; anew if a write came in between."""
        for _attempt in range(5):
            before = self._state()
            save_as_file(self, path)
            if self._state() == before:
                return
        path.unlink(missing_ok=True)
        raise StoreError(_("备份时一直有人写入，请稍后再试，或用 ClickHouse 自己的 BACKUP。"))

    def close(self) -> None:
        self._client.close()

    # Steps

    def _stage(self, rows: Sequence[FactRow]) -> int:
        """Put the rows into ``staged`` under a number nobody counts."""
        check(rows)
        write = self._next_write()
        columns = ["write", "n", *KEY.split(", "), "value"]
        self._insert("staged", [(write, n, *row) for n, row in enumerate(rows)], columns)
        return write

    def _unstage(self, write: int) -> None:
        self._command(f"ALTER TABLE staged DROP PARTITION ID '{write}'")

    def _compared(self, write: int) -> Comparison:
        """What the staged rows do; a write at the same moment may make this old, never wrong."""
        stage = (
            f"SELECT {KEY}, argMax(value, n) AS value, count() AS times FROM staged "
            f"WHERE write = :write GROUP BY {KEY}"
        )
        # The narrow ranges first: they are what the sorting key can skip by.
        near = " AND ".join(
            f"{name} IN (SELECT {name} FROM staged WHERE write = :write)"
            for name in ("team", "metric", "day", "account")
        )
        old = (
            f"SELECT {KEY}, argMax(value, (batch, write)) AS value FROM visible "
            f"WHERE {near} GROUP BY {KEY} HAVING NOT isNaN(argMax(value, (batch, write)))"
        )
        both = f"({stage}) AS s LEFT JOIN ({old}) AS f ON {matching('f', 's')}"
        added, unchanged, differing, repeated = self._fetch(
            "SELECT countIf(f.value IS NULL), countIf(f.value = s.value), "
            f"countIf(f.value <> s.value), countIf(s.times > 1) FROM {both}",
            write=write,
        )[0]
        changed = differing and self._fetch(
            f"SELECT {', '.join(f's.{name}' for name in KEY.split(', '))}, s.value, f.value "
            f"FROM {both} WHERE f.value <> s.value "
            "ORDER BY s.day, s.account, s.post, s.metric, s.segment",
            write=write,
        )
        changes = tuple(Change(FactRow(*row[:7]), row[7]) for row in changed or ())
        conflicts = self._conflicts(write) if repeated else ()
        return Comparison(int(added), int(unchanged), changes, conflicts)

    def _conflicts(self, write: int) -> tuple[Conflict, ...]:
        fetched = self._fetch(
            f"SELECT {KEY}, arrayMap(pair -> pair.2, arraySort(groupArray((n, value)))) "
            f"FROM staged WHERE write = :write GROUP BY {KEY} "
            "HAVING min(value) <> max(value) ORDER BY min(n)",
            write=write,
        )
        return tuple(Conflict(FactKey(*row[:6]), tuple(row[6])) for row in fetched)

    def _counting(self, condition: str, **values: object) -> list[tuple[int, int]]:
        where = f"WHERE (team, write) IN (SELECT team, write FROM writes WHERE {condition})"
        sql = COUNTING.format(columns="team, write", where=where)
        return [(team, write) for team, write in self._fetch(sql, **values)]

    def _insert_writes(self, rows: Sequence[tuple[int, int, int, int]]) -> None:
        """One block into one part: all of these or none."""
        self._insert("writes", rows, ["team", "write", "batch", "state"])

    def _uncount_empty(self, team: int) -> None:
        empty = self._counting(
            "team = :team AND write NOT IN (SELECT write FROM statements WHERE team = :team)",
            team=team,
        )
        self._insert_writes([(team, write, 0, -1) for _team, write in empty])

    def _sweep(self, writes: Sequence[int]) -> None:
        """Take undone rows off the disk in the background; nobody sees them any more."""
        if writes:
            listed = ", ".join(map(str, writes))
            self._command(
                f"ALTER TABLE statements DELETE WHERE write IN ({listed}) SETTINGS mutations_sync=0"
            )

    def _state(self) -> Sequence[Sequence[Any]]:
        return self._fetch("SELECT count(), max(write) FROM writes")

    def _next_write(self) -> int:
        """Growing, also over restarts: of two parts of one batch the later wins."""
        with self._guard:
            self._last_write = max(time_ns(), self._last_write + 1)
            return self._last_write
