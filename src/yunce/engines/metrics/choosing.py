"""Which facts count: of which metrics, grain and days, as of when, and of posts that are one."""

# ruff: noqa: S608 - only this package's own constants are put into statements
from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlglot import exp

from yunce.engines.metrics import adding
from yunce.engines.metrics.closing import is_open, is_told
from yunce.engines.metrics.definitions import Grain
from yunce.engines.metrics.keying import Keying
from yunce.engines.metrics.query import SAME_AS
from yunce.engines.metrics.shaping import Shape
from yunce.engines.metrics.speaking import Dialect, latest
from yunce.engines.metrics.templating import column, select, tree

KEY = ("account", "post", "metric", "day", "segment")
_ASKED_DAYS = "f.day BETWEEN :start AND :end"
_BETWEEN = "f.metric BETWEEN '{}' AND '{}'"


@dataclass(frozen=True)
class Facts:
    """The facts one question is about."""

    shape: Shape
    dialect: Dialect
    is_of_wholes: bool = False  # of the whole account where parts are asked for

    @cached_property
    def keying(self) -> Keying:
        return Keying(self.shape, self.dialect)

    @property
    def keys(self) -> list[str]:
        return self.keying.names

    def of_wholes(self) -> Facts:
        return replace(self, is_of_wholes=True)

    def cells(
        self,
        codes: Collection[str],
        grain: Grain,
        *,
        days: str = _ASKED_DAYS,
        coded: bool = False,
        picked: bool = True,
        also: exp.Select | None = None,
    ) -> exp.Select:
        """The facts that count, each with its group keys; not ``picked``: of more metrics too."""
        told = self._facts(self._conditions(codes, grain, days, picked=picked), grain)
        facts = (exp.union(told, also, distinct=False) if also else told).subquery("f")
        columns = [exp.column(name, "f").as_(name) for name in (*KEY, "value")]
        if coded:
            listed = ", ".join(repr(code) for code in sorted(codes))
            code = self.dialect.coded.format(column="f.metric", listed=listed)
            columns[KEY.index("metric")] = column(code, "metric", self.dialect)
        given = exp.select(*columns, *self.keying.keys()).from_(facts)
        return self.keying.labelled(given).where(*self._filters(labelled=True))

    def one_statement_a_day(self, cells: exp.Select, of: Sequence[str] = ()) -> exp.Select:
        """The account's own fact where there is one, else its posts added: never both.

        ``of``: columns of the account that are kept.
        """
        posts = adding.total(self.dialect, "value")
        value = f"COALESCE(MAX(CASE WHEN post = 0 THEN value END), {posts})"
        columns = ["metric", *self.keys, "day"]
        return (
            exp.select(*columns, *of, column(value, "value", self.dialect))
            .from_(cells.subquery("stated"))
            .group_by(*columns, *self.keying.unit(Grain.ACCOUNT))
        )

    def _facts(self, asked: Iterable[str], grain: Grain) -> exp.Query:
        if self.shape.merges and grain is not Grain.ACCOUNT:
            return self._merged(self._stated(asked))
        return self._stated(asked)

    def _merged(self, facts: exp.Query) -> exp.Select:
        """Posts that are the same under one number; of a key told twice the newest counts."""
        same = (
            "SELECT post, CAST(label AS BIGINT) AS other FROM posts "
            f"WHERE team = :team AND name = '{SAME_AS}'"
        )
        one = "COALESCE(same.other, f.post)"
        own = [exp.column(name, "f").as_(name) for name in (*KEY, "value", "told")]
        own[KEY.index("post")] = column(one, "post", self.dialect)
        on = exp.column("post", "f").eq(exp.column("post", "same"))
        joined = exp.select(*own).from_(facts.subquery("f"))
        joined = joined.join(select(same, self.dialect).subquery("same"), on=on, join_type="left")
        value = latest(self.dialect, "value", "told")
        both = exp.select(*KEY, column(value, "value", self.dialect))
        return both.from_(joined.subquery("merged")).group_by(*KEY)

    def _stated(self, asked: Iterable[str]) -> exp.Query:
        """The current facts; of days read as of a batch the log up to it."""
        conditions = [self._tree(sql) for sql in asked]
        conditions += self._filters(labelled=False)
        closed = self.shape.closed
        if self.shape.is_as_of:
            return self._of_log([*conditions, self._tree("f.batch <= :as_of")])
        if not self.dialect.keeps_current:
            kept = [self._tree(f"{is_open(closed)} OR {is_told(closed)}")] if closed else []
            return self._of_log([*conditions, *kept])
        told = ["batch AS told"] if self.shape.merges else []
        current = exp.select(*KEY, "value", *told).from_("facts AS f").where(*conditions)
        if not closed:
            return current
        told_then = self._of_log([*conditions, self._tree(is_told(closed))])
        return exp.union(current.where(self._tree(is_open(closed))), told_then, distinct=False)

    def _of_log(self, conditions: Sequence[exp.Expr]) -> exp.Select:
        value = latest(self.dialect, "f.value", self.dialect.newest)
        told = ["MAX(f.batch) AS told"] if self.shape.merges else []
        log = select(f"SELECT * FROM {self.dialect.log} AS f", self.dialect)
        return (
            exp.select(*KEY, column(value, "value", self.dialect), *told)
            .from_(log.args["from_"].this)
            .where(*conditions)
            .group_by(*KEY)
            .having(self._tree(self.dialect.is_there.format(value=value)))
        )

    def _conditions(
        self, codes: Collection[str], grain: Grain, days: str, *, picked: bool
    ) -> Iterable[str]:
        yield "f.team = :team"
        yield days
        yield self._one_of(sorted(codes)) if picked else _BETWEEN.format(min(codes), max(codes))
        if grain is Grain.ACCOUNT:
            yield "f.post = 0"
        elif grain is Grain.POST or self.keying.is_by_post:
            yield "f.post <> 0"
        if self.is_of_wholes:
            yield "f.segment = ''"
        elif "segment" not in self.shape.where:
            yield "f.segment <> ''" if "segment" in self.shape.by else "f.segment = ''"

    def _one_of(self, codes: Sequence[str]) -> str:
        listed = [repr(code) for code in codes]
        template = self.dialect.codes if len(codes) > 1 else Dialect.codes
        return template.format(
            column="f.metric",
            listed=", ".join(listed),
            first=listed[0],
            last=listed[-1],
        )

    def _filters(self, *, labelled: bool) -> list[exp.Expr]:
        passed = ["segment"] if self.is_of_wholes else []
        return self.keying.filters(labelled=labelled, passed=passed)

    def _tree(self, sql: str) -> exp.Expr:
        return tree(sql, self.dialect)
