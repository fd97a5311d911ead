"""Reading facts: the same SQL for every store, over ``fact_log`` and ``facts``.

Values travel beside the statement under names (``:team``); a dialect writes the names its own way
and never sees text from outside inside a statement.
"""

# ruff: noqa: S608 - only this package's own constants are put into statements
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlglot import exp

from yunce.engines.metrics import apart, asking, cataloguing
from yunce.engines.metrics.answering import Shares, answer_from, found_in, shares_in
from yunce.engines.metrics.apart import Apart
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.closing import closed_values, is_open, is_told
from yunce.engines.metrics.comparing import earlier_query
from yunce.engines.metrics.compiling import compile_query, compile_whole
from yunce.engines.metrics.planning import check_plan, planned_answer
from yunce.engines.metrics.query import PLAN, SAME_AS, Answer, Closed, MetricQuery
from yunce.engines.metrics.shaping import values_of
from yunce.engines.metrics.speaking import Dialect, Many, latest
from yunce.engines.metrics.stores import (
    WHOLE,
    FactKey,
    Restatement,
    Revised,
    RowsPage,
    RowsQuery,
    StoredRow,
)

KEY = "team, account, post, metric, day, segment"
ROW = f"{KEY}, value, batch"


class SqlStore(ABC):
    """The reading half of a FactStore."""

    dialect: Dialect
    stated = "fact_log"  # everything batches stated, perhaps several times a key and batch

    @abstractmethod
    def _fetch(self, sql: str, **values: object) -> Sequence[Sequence[Any]]:
        """All rows of a statement whose ``:name`` are given as ``values``."""

    def _metrics(self) -> int:
        """About how many metrics there are facts of; 0 where that is not cheap to say."""
        return 0

    def batches(self) -> set[int]:
        return {batch for (batch,) in self._fetch("SELECT DISTINCT batch FROM fact_log")}

    def rows(
        self,
        *,
        team: int,
        account: int | None = None,
        posts: Collection[int] | None = None,
        metric: str | None = None,
        start: date,
        end: date,
        closed: Sequence[Closed] = (),
    ) -> list[StoredRow]:
        also: dict[str, object] = {"account": account, "metric": metric}
        given = {name: value for name, value in also.items() if value is not None}
        of_posts = "" if posts is None else f" AND f.{self._of_posts()}"
        told = self._told(given, len(closed), of_posts)
        if posts is not None:
            given["among"] = Many(int, tuple(posts))
        fetched = self._fetch(
            f"SELECT {ROW} FROM ({told}) AS t ORDER BY day, account, post, metric, segment",
            **{"team": team, "start": start, "end": end, **given, **closed_values(closed)},
        )
        return [StoredRow(*row) for row in fetched]

    def page(self, query: RowsQuery) -> RowsPage:
        given: dict[str, object] = {"metric": query.metric.code}
        if query.account is not None:
            given["account"] = query.account
        told = self._told(given, len(query.closed))
        asked = {"merges": query.merges, "is_level": apart.is_level(query.metric, query.weight)}
        looks = apart.looks(query.metric, **asked)
        of_post = "" if query.post is None else " WHERE head = :post"
        rows = f"SELECT {ROW}{looks} FROM ({_headed(told, merges=query.merges)}) AS t{of_post}"
        why = apart.reason(query.metric, **asked)
        reasoned = f"SELECT {ROW}, {why} AS apart FROM ({rows}) AS looked"
        values = {"team": query.team, "start": query.start, "end": query.end}
        values |= given | closed_values(query.closed)
        values |= {} if query.post is None else {"post": query.post}
        count = f"SELECT apart = '', count(*) FROM ({reasoned}) AS r GROUP BY apart = ''"
        counts = {bool(counts): int(rows) for counts, rows in self._fetch(count, **values)}
        wanted = "" if query.shows_all else "WHERE apart = '' "
        limit = "" if query.limit is None else f" LIMIT {query.limit:d} OFFSET {query.offset:d}"
        fetched = self._fetch(
            f"SELECT {ROW}, apart FROM ({reasoned}) AS r {wanted}"
            f"ORDER BY day DESC, account, post, segment{limit}",
            **values,
        )
        return RowsPage(
            tuple((StoredRow(*row), Apart(why) if why else None) for *row, why in fetched),
            counted=counts.get(True, 0),
            apart=counts.get(False, 0),
        )

    def _told(self, narrower: Iterable[str], closed: int, of_posts: str = "") -> str:
        """Current rows of a team's days; of closed days those their batch knew."""
        asked = "f.team = :team AND f.day BETWEEN :start AND :end"
        asked += "".join(f" AND f.{name} = :{name}" for name in narrower) + of_posts
        columns = ", ".join(f"f.{name} AS {name}" for name in ROW.split(", "))
        if not closed:
            return f"SELECT {columns} FROM facts AS f WHERE {asked}"
        return (
            f"SELECT {columns} FROM facts AS f WHERE {asked} AND {is_open(closed)} UNION ALL "
            f"SELECT {KEY}, {latest(self.dialect, 'f.value', 'f.batch')} AS value, "
            f"MAX(f.batch) AS batch FROM fact_log AS f WHERE {asked} AND {is_told(closed)} "
            f"GROUP BY {KEY} HAVING {self._is_there(latest(self.dialect, 'f.value', 'f.batch'))}"
        )

    def revised(
        self, *, team: int, closed: Closed, metrics: Collection[str] | None = None, limit: int
    ) -> list[Revised]:
        columns = ", ".join(f"n.{name}" for name in ROW.split(", "))
        fetched = self._fetch(
            f"SELECT {columns}, o.value, o.batch {self._since(metrics)} ORDER BY "
            f"n.batch DESC, n.day DESC, n.account, n.post, n.metric, n.segment LIMIT {int(limit)}",
            **_since_values(team, closed, metrics),
        )
        return [Revised(StoredRow(*row), old, batch) for *row, old, batch in fetched]

    def revised_count(
        self, *, team: int, closed: Closed, metrics: Collection[str] | None = None
    ) -> int:
        sql = f"SELECT count(*) {self._since(metrics)}"
        return int(self._fetch(sql, **_since_values(team, closed, metrics))[0][0])

    def _since(self, metrics: Collection[str] | None) -> str:
        """The newest rows after a batch, TAKEN ones too, beside what the log said up to it."""
        asked = "team = :team AND day BETWEEN :start AND :end"
        if metrics is not None:
            asked += f" AND metric IN ({self.dialect.many.format(name='metrics', type='VARCHAR')})"
        value = latest(self.dialect, "value", "batch")
        newest = f"SELECT {KEY}, {value} AS value, MAX(batch) AS batch FROM fact_log WHERE {asked}"
        return (
            f"FROM ({newest} AND batch > :since GROUP BY {KEY}) AS n "
            f"LEFT JOIN ({newest} AND batch <= :since GROUP BY {KEY} "
            f"HAVING {self._is_there(value)}) AS o ON {matching('n', 'o')} "
            f"WHERE o.value <> n.value OR (o.value IS NULL AND {self._is_there('n.value')})"
        )

    def history(self, row_key: FactKey) -> list[StoredRow]:
        same = " AND ".join(f"{name} = :{name}" for name in KEY.split(", "))
        values = dict(zip(KEY.split(", "), row_key, strict=True))
        sql = f"SELECT {ROW} FROM fact_log WHERE {same} ORDER BY batch"
        return [StoredRow(*row) for row in self._fetch(sql, **values)]

    def restatements(
        self, *, team: int, start: date, end: date, limit: int, metric: str | None = None
    ) -> list[Restatement]:
        given: dict[str, object] = {"team": team, "start": start, "end": end}
        narrower = ""
        if metric is not None:
            given["metric"] = metric
            narrower = " AND metric = :metric"
        log = f"SELECT {ROW} FROM fact_log WHERE team = :team AND day BETWEEN :start AND :end"
        changed = (
            f"SELECT {KEY}, max(batch) AS newest FROM ({log}{narrower}) AS said GROUP BY {KEY} "
            f"HAVING {self.dialect.differ.format(value='value')} "
            f"ORDER BY newest DESC, day DESC, account, post, metric, segment LIMIT {int(limit)}"
        )
        columns = ", ".join(f"l.{name}" for name in ROW.split(", "))
        fetched = self._fetch(
            f"SELECT {columns} FROM ({log}) AS l JOIN ({changed}) AS c ON {matching('l', 'c')} "
            "ORDER BY c.newest DESC, c.day DESC, c.account, c.post, c.metric, c.segment, l.batch",
            **given,
        )
        rows = (StoredRow(*row) for row in fetched)
        return [Restatement(tuple(said)) for _key, said in groupby(rows, lambda row: row.key)]

    def _is_there(self, value: str) -> str:
        """A value of the log was not taken back."""
        name = self.dialect.name
        sql = self.dialect.is_there.format(value=value)
        return exp.maybe_parse(sql, dialect=name).sql(dialect=name)

    def coverage(
        self, *, team: int, start: date, end: date, closed: Sequence[Closed] = ()
    ) -> dict[int, set[date]]:
        told = self._told(["segment"], len(closed))
        values = {"team": team, "start": start, "end": end, "segment": WHOLE}
        fetched = self._fetch(
            f"SELECT DISTINCT account, day FROM ({told}) AS t", **values, **closed_values(closed)
        )
        days: dict[int, set[date]] = {}
        for account, day in fetched:
            days.setdefault(account, set()).add(day)
        return days

    def newest_days(self, *, team: int) -> dict[int, date]:
        sql = "SELECT account, max(day) FROM facts WHERE team = :team GROUP BY account"
        return {row[0]: row[1] for row in self._fetch(sql, team=team)}

    def days(self, batch: int) -> set[date]:
        sql = "SELECT DISTINCT day FROM fact_log WHERE batch = :batch"
        return {day for (day,) in self._fetch(sql, batch=batch)}

    def posts(self, *, team: int, among: Collection[int]) -> set[int]:
        sql = f"SELECT DISTINCT post FROM {self.stated} WHERE team = :team AND {self._of_posts()}"
        return {post for (post,) in self._fetch(sql, team=team, among=Many(int, tuple(among)))}

    def post_days(self, *, team: int, among: Collection[int]) -> set[date]:
        sql = f"SELECT DISTINCT day FROM {self.stated} WHERE team = :team AND {self._of_posts()}"
        return {day for (day,) in self._fetch(sql, team=team, among=Many(int, tuple(among)))}

    def _of_posts(self) -> str:
        return f"post IN ({self.dialect.many.format(name='among', type='BIGINT')})"

    def teams(self) -> set[int]:
        return {team for (team,) in self._fetch(f"SELECT DISTINCT team FROM {self.stated}")}

    def stated_days(self, *, team: int) -> set[date]:
        sql = f"SELECT DISTINCT day FROM {self.stated} WHERE team = :team"
        return {day for (day,) in self._fetch(sql, team=team)}

    def log(
        self, *, team: int, start: date, end: date, account: int | None = None
    ) -> list[StoredRow]:
        sql = f"SELECT {ROW} FROM fact_log WHERE team = :team AND day BETWEEN :start AND :end"
        values: dict[str, object] = {"team": team, "start": start, "end": end}
        if account is not None:
            sql += " AND account = :account AND post = 0"
            values["account"] = account
        return [StoredRow(*row) for row in self._fetch(sql, **values)]

    def remembered_posts(self, *, team: int) -> dict[int, dict[str, str]]:
        known: dict[int, dict[str, str]] = {}
        sql = "SELECT post, name, label FROM posts WHERE team = :team"
        for post, name, label in self._fetch(sql, team=team):
            known.setdefault(post, {})[name] = label
        return known

    def described_teams(self) -> set[int]:
        return {team for (team,) in self._fetch("SELECT DISTINCT team FROM posts")}

    def answer(self, query: MetricQuery, catalogue: Catalogue | None = None) -> Answer:
        known = catalogue or cataloguing.catalogue()
        asking.check(query, known)
        if query.compare == PLAN:
            check_plan(query)
        sql = compile_query(query, known, self.dialect, metrics=self._metrics())
        found = found_in(query, known, self._fetch(sql, **values_of(query)))
        shares: Shares = {}
        if uneven := found.uneven():
            whole = compile_whole(query, uneven, known, self.dialect)
            shares = shares_in(query, known, self._fetch(whole, **values_of(query)))
        answer = answer_from(found, shares)
        if not query.compare:
            return answer
        if query.compare == PLAN:
            return replace(answer, before=planned_answer(query, known))
        return replace(answer, before=self.answer(earlier_query(query), known))


def _headed(rows: str, *, merges: bool) -> str:
    """Rows with the post that theirs was found to be."""
    if not merges:
        return f"SELECT {ROW}, post AS head FROM ({rows}) AS p"
    columns = ", ".join(f"p.{name} AS {name}" for name in ROW.split(", "))
    same = (
        "SELECT post, CAST(label AS BIGINT) AS other FROM posts "
        f"WHERE team = :team AND name = '{SAME_AS}'"
    )
    return (
        f"SELECT {columns}, COALESCE(s.other, p.post) AS head "
        f"FROM ({rows}) AS p LEFT JOIN ({same}) AS s ON p.post = s.post"
    )


def _since_values(team: int, closed: Closed, metrics: Collection[str] | None) -> dict[str, object]:
    start, end, batch = closed
    values: dict[str, object] = {"team": team, "start": start, "end": end, "since": batch}
    return values if metrics is None else values | {"metrics": Many(str, tuple(metrics))}


def matching(left: str, right: str, names: Iterable[str] = KEY.split(", ")) -> str:
    """The condition that two relations' rows are about the same key."""
    return " AND ".join(f"{left}.{name} = {right}.{name}" for name in names)
