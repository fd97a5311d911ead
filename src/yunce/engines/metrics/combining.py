"""How stored metrics are added up, as SQL: a branch for each rule, by the kind of the metric."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from yunce.engines.metrics import adding, weighing
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.choosing import Facts
from yunce.engines.metrics.covering import seen
from yunce.engines.metrics.definitions import Grain, Kind, Metric, codes_by_grain, is_last
from yunce.engines.metrics.speaking import Dialect, latest
from yunce.engines.metrics.telling import NOTHING_TOLD
from yunce.engines.metrics.templating import column


@dataclass(frozen=True)
class Combiner:
    """Writes the branches ``metric, k0 … kn, value`` with the covered days."""

    facts: Facts
    metrics: int  # of about how many the store has facts; 0 when it does not know
    tells: bool  # has the columns of who is behind a number

    def branches(self, bases: Sequence[Metric], catalogue: Catalogue) -> Iterable[exp.Select]:
        means = [metric for metric in bases if metric.kind is Kind.MEAN]
        for metric in means:
            yield self._mean(metric, catalogue[str(metric.weight)])
        others = [metric for metric in bases if metric.kind is not Kind.MEAN]
        for grain, codes in codes_by_grain(m for m in others if not is_last(m)).items():
            yield self._sum(codes, grain)
        for grain, codes in codes_by_grain(m for m in others if is_last(m)).items():
            yield self._last(codes, grain)
            if not self._is_short and not self._dialect.said:
                yield self._coverage(codes, grain)

    @property
    def _dialect(self) -> Dialect:
        return self.facts.dialect

    @property
    def _keys(self) -> list[str]:
        return self.facts.keys

    @property
    def _is_short(self) -> bool:
        return self.facts.shape.is_short

    def _sum(self, codes: Collection[str], grain: Grain) -> exp.Select:
        """Over a long period first each day: counts days without keeping a set of them."""
        are_most = self._is_coded and 2 * len(codes) >= self.metrics > 0
        cells = self.facts.cells(codes, grain, coded=self._is_coded, picked=not are_most)
        if grain is Grain.ANY and not self.facts.keying.is_by_post:
            cells = self.facts.one_statement_a_day(cells)
        if self._is_coded:
            date, days = self._dialect.date.format(day="day"), self._dialect.dates.format(date="k")
            whole = self._of_days(cells, {"metric": "metric", "k": date}, seen=days)
            return whole.having("COUNT(metric) > 0")  # metrics not asked for have no code
        if self._is_short:
            total = adding.total(self._dialect, "value", many=True)
            return self._answered(cells, total, seen=seen(self._dialect))
        columns = ["metric", *self._keys, "day"]
        return self._of_days(cells, {name: name for name in columns}, days="COUNT(*)")

    @property
    def _is_coded(self) -> bool:
        """Metrics and days of one month as small numbers: few groups, found without a hash."""
        return bool(self._dialect.coded) and self.facts.shape.is_in_a_month and not self._keys

    def _of_days(self, cells: exp.Select, columns: Mapping[str, str], **counted: str) -> exp.Select:
        """Added by the columns, one of which tells the day, then over days."""
        parts = adding.parts(self._dialect, "value")
        named = [self._named(sql, name) for name, sql in {**columns, **parts}.items()]
        days = exp.select(*named).from_(cells.subquery("cells")).group_by(*columns)
        return self._answered(days, adding.rejoined(self._dialect, parts), **counted)

    def _last(self, codes: Collection[str], grain: Grain) -> exp.Select:
        """Of every account or post the last known value; their sum."""
        unit = ["metric", *self._keys, *self.facts.keying.unit(grain)]
        last = latest(self._dialect, "value", "day")
        cells = self.facts.cells(codes, grain, coded=self._is_coded)
        lasts = (
            exp.select(*unit, self._named(last, "value"), "MAX(day) AS day")
            .from_(cells.subquery("cells"))
            .group_by(*unit)
        )
        total = adding.total(self._dialect, "value")
        if self._is_short:
            lasts = lasts.select(self._named(seen(self._dialect), "seen"))
            days = self._dialect.gathered.format(seen="seen")
            return self._answered(lasts, total, seen=days)
        if not self._dialect.said:
            return self._answered(lasts, total, days="0")
        lasts = lasts.select(self._named(self._dialect.said.format(day="day"), "said"))
        days = self._dialect.different.format(said="said")
        return self._answered(lasts, total, days=days)

    def _coverage(self, codes: Collection[str], grain: Grain) -> exp.Select:
        """On how many days anything said a last-known value."""
        columns = ["metric", *self._keys, "day"]
        cells = self.facts.cells(codes, grain).subquery("cells")
        days = exp.select(*columns).distinct().from_(cells)
        return self._answered(days, "NULL", days="COUNT(*)")

    def _mean(self, metric: Metric, weight: Metric) -> exp.Select:
        joined = weighing.weighed(self.facts, metric, weight)
        value = weighing.mean(self._dialect)
        if self._is_short:
            return self._answered(joined, value, seen=seen(self._dialect))
        return self._answered(joined, value, days="COUNT(DISTINCT day)")

    def _answered(self, cells: exp.Select, value: str, **counted: str) -> exp.Select:
        """``counted`` says how ``days`` (with the newest of them) or ``seen`` are worked out."""
        keys = ["metric", *self._keys]
        named = [self._named(sql, name) for name, sql in {"value": value, **counted}.items()]
        newest = ["MAX(day) AS newest"] if "days" in counted else []
        given = exp.select(*keys, *named, *newest, *(NOTHING_TOLD if self.tells else ()))
        return given.from_(cells.subquery("answered")).group_by(*keys)

    def _named(self, sql: str, name: str) -> exp.Expr:
        return column(sql, name, self._dialect)
