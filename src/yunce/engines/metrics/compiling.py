"""From a question to one SQL statement (a SQLGlot tree; a dialect writes it out).

Every branch of the union answers some stored metrics by the rule of their kind and has the columns
``metric, k0 … kn (the groups), value, days, newest``. Formulas come afterwards (answering).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlglot import exp

from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Grain, Kind, Metric
from yunce.engines.metrics.query import MetricQuery

UNIT = ("account", "post", "segment")  # what a level belongs to
LAST_KINDS = (Kind.STOCK, Kind.SNAPSHOT)


@dataclass(frozen=True)
class Dialect:
    """What differs between stores."""

    name: str  # SQLGlot's word for it
    total: str  # its most exact way to add floating-point numbers


@lru_cache(maxsize=512)
def compile_query(query: MetricQuery, catalogue: Catalogue, dialect: Dialect) -> str:
    """The statement for every stored metric the question needs, in one round trip.

    Kept for the next reader of the same page: writing it takes longer than running it.
    """
    writer = _Writer(query, dialect)
    bases = sorted({base for code in query.metrics for base in catalogue.base_codes(code)})
    branches = list(writer.branches([catalogue.metric(code) for code in bases], catalogue))
    whole = branches[0] if len(branches) == 1 else exp.union(*branches, distinct=False)
    return whole.sql(dialect=dialect.name)


class _Writer:
    def __init__(self, query: MetricQuery, dialect: Dialect) -> None:
        self._query = query
        self._dialect = dialect
        self._keys = [f"k{n}" for n in range(len(query.by))]
        self._by_post = "post" in query.by or "post" in query.where

    def branches(self, bases: Sequence[Metric], catalogue: Catalogue) -> Iterable[exp.Select]:
        sums: dict[Grain, list[str]] = {}
        lasts: list[str] = []
        for metric in bases:
            if metric.kind is Kind.MEAN:
                yield self._mean(metric, catalogue[str(metric.weight)])
            elif metric.kind in LAST_KINDS or (metric.kind, metric.grain) == _POST_PEOPLE:
                lasts.append(metric.code)
            else:
                sums.setdefault(metric.grain, []).append(metric.code)
        for grain, codes in sums.items():
            yield self._sum(codes, grain)
        if lasts:
            grains = {catalogue[code].grain for code in lasts}
            for grain in sorted(grains):
                yield self._last([code for code in lasts if catalogue[code].grain is grain], grain)

    # Rules, one a kind

    def _sum(self, codes: Collection[str], grain: Grain) -> exp.Select:
        cells = self._cells(codes, grain)
        if grain is Grain.ANY and not self._by_post:
            cells = self._one_statement_a_day(cells)
        return self._answered(cells, self._total(exp.column("value")))

    def _one_statement_a_day(self, cells: exp.Select) -> exp.Select:
        """The account's own fact where there is one, else its posts added: never both."""
        account = "MAX(CASE WHEN post = 0 THEN value END)"
        posts = self._total(exp.column("value"))
        columns = ["metric", *self._keys, "day"]
        return (
            exp.select(*columns, exp.alias_(exp.func("COALESCE", _parsed(account), posts), "value"))
            .from_(cells.subquery("stated"))
            .group_by(*columns, "account", "segment")
        )

    def _last(self, codes: Collection[str], grain: Grain) -> exp.Select:
        last = _parsed("CASE WHEN day = last_day THEN value END")
        return self._answered(self._with_last_day(self._cells(codes, grain)), self._total(last))

    def _with_last_day(self, cells: exp.Select) -> exp.Select:
        unit = ", ".join(["metric", *self._keys, *UNIT])
        last_day = _parsed(f"MAX(day) OVER (PARTITION BY {unit})")
        return exp.select("*", exp.alias_(last_day, "last_day")).from_(cells.subquery("cells"))

    def _mean(self, metric: Metric, weight: Metric) -> exp.Select:
        """Weighted; one value alone needs no weight; several without all weights are unknown."""
        cells, weights = self._weighed_pair(metric, weight)
        match = [*self._keys, *UNIT, *([] if weight.kind in LAST_KINDS else ["day"])]
        on = exp.and_(*(exp.column(name, "v").eq(exp.column(name, "w")) for name in match))
        names = ["metric", *self._keys, "day", "value"]
        joined = (
            exp.select(*(exp.column(name, "v") for name in names), "w.value AS weight")
            .from_(cells.subquery("v"))
            .join(weights.subquery("w"), on=on, join_type="left")
        )
        products = self._total(_parsed("value * weight"))
        base = exp.func(
            "NULLIF", self._total(_parsed("CASE WHEN value IS NOT NULL THEN weight END")), "0"
        )
        weighted = exp.Div(this=products, expression=base)
        value = (
            exp.Case()
            .when(_parsed("COUNT(value) = 1"), _parsed("MAX(value)"))
            .when(_parsed("COUNT(value) = COUNT(value * weight)"), weighted)
        )
        return self._answered(joined, value)

    def _weighed_pair(self, metric: Metric, weight: Metric) -> tuple[exp.Select, exp.Select]:
        cells = self._cells([metric.code], metric.grain)
        weights = self._cells([weight.code], weight.grain)
        if weight.kind not in LAST_KINDS:
            return cells, weights
        names = ["metric", *self._keys, *UNIT, "day"]
        last = "CASE WHEN day = last_day THEN value END AS value"
        used = exp.select(*names, last).from_(self._with_last_day(cells).subquery("levels"))
        bases = (
            exp.select(*names, "value")
            .from_(self._with_last_day(weights).subquery("levels"))
            .where("day = last_day")
        )
        return used, bases

    # Pieces

    def _answered(self, cells: exp.Select, value: exp.Expression) -> exp.Select:
        keys = ["metric", *self._keys]
        return (
            exp.select(
                *keys,
                exp.alias_(value, "value"),
                "COUNT(DISTINCT day) AS days",
                "MAX(day) AS newest",
            )
            .from_(cells.subquery("answered"))
            .group_by(*keys)
        )

    def _cells(self, codes: Collection[str], grain: Grain) -> exp.Select:
        """The facts that count, each with its group keys."""
        keys = [
            exp.alias_(self._key(word), name)
            for word, name in zip(self._query.by, self._keys, strict=True)
        ]
        columns = ["metric", "account", "post", "day", "segment", "value"]
        select = exp.select(*(exp.column(name, "f") for name in columns), *keys).from_("facts AS f")
        for attribute in self._used_attributes():
            labels = list(self._query.attributes[attribute].items()) or [(-1, "")]
            values = exp.values(labels, alias=_joined(attribute), columns=["account", "label"])
            same = exp.column("account", "f").eq(exp.column("account", _joined(attribute)))
            select = select.join(values, on=same, join_type="left")
        return select.where(*self._conditions(codes, grain))

    def _used_attributes(self) -> list[str]:
        query = self._query
        return [name for name in query.attributes if name in query.by or name in query.where]

    def _key(self, word: str) -> exp.Expression:
        if word == "month":
            return _parsed("DATE_TRUNC('month', f.day)")
        if word in self._query.attributes:
            label = exp.column("label", _joined(word))
            return exp.Coalesce(this=label, expressions=[exp.Literal.string("")])
        return exp.column(word, "f")

    def _conditions(self, codes: Collection[str], grain: Grain) -> Iterable[exp.Expression]:
        query = self._query
        yield exp.column("team", "f").eq(query.team)
        yield _among(exp.column("metric", "f"), sorted(codes))
        yield exp.column("day", "f").between(_day(query.start), _day(query.end))
        if grain is Grain.ACCOUNT:
            yield exp.column("post", "f").eq(0)
        elif grain is Grain.POST or self._by_post:
            yield exp.column("post", "f").neq(0)
        if "segment" not in query.where:
            whole = exp.column("segment", "f").eq("")
            yield exp.not_(whole) if "segment" in query.by else whole
        for word, allowed in query.where.items():
            yield _among(self._key(word), allowed)

    def _total(self, value: exp.Expression) -> exp.Expression:
        return exp.Anonymous(this=self._dialect.total, expressions=[value])


_POST_PEOPLE = (Kind.DISTINCT, Grain.POST)


def _joined(attribute: str) -> str:
    return f"of_{attribute}"


def _among(column: exp.Expression, allowed: Iterable[str | int]) -> exp.Expression:
    literals = [exp.convert(value) for value in allowed]
    return exp.In(this=column, expressions=literals) if literals else exp.false()


def _day(day: date) -> exp.Expression:
    return exp.cast(exp.Literal.string(day.isoformat()), "DATE")


def _parsed(sql: str) -> exp.Expression:
    return exp.maybe_parse(sql)
