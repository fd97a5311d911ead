"""From a question to one SQL statement (a SQLGlot tree; a dialect writes it out).

Every branch of the union answers some stored metrics by the rule of their kind and has the columns
``metric, k0 … kn (the groups), value`` and then, of a short period, ``seen`` (its covered days as
bits), else ``days, newest`` (a level's value and days may then come in two rows).
Where it matters who is behind a number, the columns of telling come last. Formulas come afterwards
(answering); those whose parts are not known for the same accounts and days are asked for once more
(wholes). Statements are kept by shape: what is asked of whom and when
travels beside them (shaping).
"""

# ruff: noqa: S608 - only this package's own constants are put into statements
from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache

from sqlglot import exp

from yunce.engines.metrics import adding, telling, wholes
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.closing import is_open, is_told
from yunce.engines.metrics.definitions import Grain, Kind, Metric, is_last
from yunce.engines.metrics.formula import Call, Code, written
from yunce.engines.metrics.gathering import Gatherer
from yunce.engines.metrics.query import (
    ACCOUNT,
    POST_WORDS,
    PUBLISHED,
    SAME_AS,
    TIME_WORDS,
    MetricQuery,
    kind_of,
)
from yunce.engines.metrics.shaping import Shape, shape_of
from yunce.engines.metrics.speaking import SQL_TYPES, Dialect, latest
from yunce.engines.metrics.telling import NOTHING_TOLD
from yunce.engines.metrics.wholes import Parts, Reading, WholeWriter

UNIT = ("account", "post", "segment")  # what a level belongs to
LAST_KINDS = (Kind.STOCK, Kind.SNAPSHOT)
_ASKED_DAYS = "f.day BETWEEN :start AND :end"
_BETWEEN = "f.metric BETWEEN '{}' AND '{}'"
_KEY = ("account", "post", "metric", "day", "segment")
_PUBLISHED_POSTS = f"""
    SELECT CAST(a.label AS BIGINT) AS account, p.post AS post, '' AS metric,
        CAST(p.label AS DATE) AS day, '' AS segment, NULLIF(1e0, 1e0) AS value
    FROM (SELECT post, label FROM posts WHERE team = :team AND name = '{PUBLISHED}'
        AND label BETWEEN CAST(CAST(:start AS DATE) AS VARCHAR)
            AND CAST(CAST(:end AS DATE) AS VARCHAR)) AS p
    JOIN (SELECT post, label FROM posts WHERE team = :team AND name = '{ACCOUNT}') AS a
        ON a.post = p.post
    LEFT JOIN (SELECT post, label FROM posts WHERE team = :team AND name = '{SAME_AS}') AS s
        ON s.post = p.post
    WHERE s.post IS NULL"""


def compile_query(
    query: MetricQuery, catalogue: Catalogue, dialect: Dialect, *, metrics: int = 0
) -> str:
    """The statement for every stored metric the question needs, in one round trip.

    ``metrics``: of about how many the store has facts; 0 when it does not know.
    """
    return _compiled(shape_of(query), catalogue, dialect, metrics)


def compile_whole(
    query: MetricQuery, codes: tuple[str, ...], catalogue: Catalogue, dialect: Dialect
) -> str:
    """The statement that works formulas out of accounts and days that have all their parts."""
    return _compiled_whole(shape_of(query), codes, catalogue, dialect)


@lru_cache(maxsize=128)
def _compiled_whole(
    shape: Shape, codes: tuple[str, ...], catalogue: Catalogue, dialect: Dialect
) -> str:
    writer = _Writer(shape, dialect, 0)
    formulas = [
        Parts(code, [catalogue.metric(base) for base in sorted(catalogue.compared(code))])
        for code in codes
    ]
    return _as_statement(list(writer.whole(formulas)), dialect)


def _as_statement(branches: Sequence[exp.Select], dialect: Dialect) -> str:
    whole = branches[0] if len(branches) == 1 else exp.union(*branches, distinct=False)
    return re.sub(r"\b__value_(\w+)", r":\1", whole.sql(dialect=dialect.name))


@lru_cache(maxsize=512)
def _compiled(shape: Shape, catalogue: Catalogue, dialect: Dialect, metrics: int) -> str:
    """Kept for the next reader of the same page: writing it takes longer than running it."""
    needs = {need for code in shape.metrics for need in catalogue.needs(code)}
    bases = sorted(need.code for need in needs if isinstance(need, Code))
    compared = {base for code in shape.metrics for base in catalogue.compared(code)}
    told = [catalogue.metric(code) for code in (bases if shape.tells else sorted(compared))]
    writer = _Writer(shape, dialect, metrics, tells=bool(told))
    branches = list(writer.branches([catalogue.metric(code) for code in bases], catalogue))
    branches += writer.gathered(need for need in needs if isinstance(need, Call))
    branches += writer.told(told)
    return _as_statement(branches, dialect)


class _Writer:
    def __init__(
        self, shape: Shape, dialect: Dialect, metrics: int, *, tells: bool = False
    ) -> None:
        self._shape = shape
        self._tells = tells
        self._is_of_wholes = False
        self._dialect = dialect
        self._metrics = metrics
        self._keys = [f"k{n}" for n in range(len(shape.by))]
        asked = {*shape.by, *shape.where} - {*shape.labels}
        self._post_words = [word for word in POST_WORDS if word in asked]
        self._by_post = "post" in asked or bool(self._post_words)

    def branches(self, bases: Sequence[Metric], catalogue: Catalogue) -> Iterable[exp.Select]:
        sums: dict[Grain, list[str]] = {}
        lasts: dict[Grain, list[str]] = {}
        for metric in bases:
            if metric.kind is Kind.MEAN:
                yield self._mean(metric, catalogue[str(metric.weight)])
            elif is_last(metric):
                lasts.setdefault(metric.grain, []).append(metric.code)
            else:
                sums.setdefault(metric.grain, []).append(metric.code)
        for grain, codes in sums.items():
            yield self._sum(codes, grain)
        for grain, codes in lasts.items():
            yield self._last(codes, grain)
            if not self._shape.is_short and not self._dialect.said:
                yield self._coverage(codes, grain)

    def gathered(self, calls: Iterable[Call]) -> list[exp.Select]:
        """A branch for each function over posts."""
        gatherer = Gatherer(self._dated, self._tree, self._keys, self._dialect, self._counted())
        of_posts = (call for call in calls if call.function.of_posts)
        return [gatherer.branch(call) for call in sorted(of_posts, key=written)]

    def told(self, metrics: Sequence[Metric]) -> Iterable[exp.Select]:
        """A row for each of these metrics that tells who is behind it."""
        groups, counted = ["metric", *self._keys], self._uncounted()
        has_times = not {*TIME_WORDS, "age"}.isdisjoint({*self._shape.by, *self._shape.where})
        for grain, codes in _by_grain(metrics).items():
            cells = self._cells(codes, grain)
            unit = self._told_unit(grain)
            yield telling.told_of(
                cells,
                groups=groups,
                unit=unit,
                grain=grain,
                dialect=self._dialect,
                counted=counted,
            )
        stocks = [metric for metric in metrics if metric.kind is Kind.STOCK]
        for grain, codes in ({} if has_times else _by_grain(stocks)).items():
            days = f"f.day BETWEEN CAST(:start AS DATE) - {telling.LOOKS_BACK} AND :end"
            cells = self._cells(codes, grain, days=days)
            yield telling.gone_of(cells, groups=groups, dialect=self._dialect, counted=counted)

    def _told_unit(self, grain: Grain) -> list[str]:
        return self._unit(Grain.ACCOUNT if grain is Grain.ANY and not self._by_post else grain)

    def whole(self, formulas: Sequence[Parts]) -> Iterable[exp.Select]:
        width = max(len(formula.bases) for formula in formulas)
        writer = WholeWriter(
            self._tree, self._keys, self._dialect, is_short=self._shape.is_short, width=width
        )
        for formula in formulas:
            yield writer.branch(formula, list(self._readings(formula.bases)))

    def _readings(self, bases: Sequence[Metric]) -> Iterable[Reading]:
        for grain, codes in _by_grain(m for m in bases if is_last(m)).items():
            unit = self._unit(grain)
            cells = self._cells(codes, grain)
            last = wholes.lasts(cells, [*self._keys, *unit], self._tree, self._dialect)
            yield Reading(codes, unit, last, is_daily=False)
        for grain, codes in _by_grain(m for m in bases if not is_last(m)).items():
            cells = self._cells(codes, grain)
            if grain is not Grain.ANY:
                yield Reading(codes, [*self._unit(grain), "day"], cells, is_daily=True)
            elif self._by_post:
                yield Reading(codes, (), cells, is_daily=False)
            else:
                stated = self._one_statement_a_day(cells, of=["account"])
                yield Reading(codes, (), stated, is_daily=False)

    def _dated(self, codes: Collection[str], days: str) -> exp.Select:
        """Facts of posts with the day each was published."""
        labels = f"SELECT post, label FROM posts WHERE team = :team AND name = '{PUBLISHED}'"
        dates = self._select(labels).subquery("dated")
        same = exp.column("post", "f").eq(exp.column("post", "dated"))
        cells = self._cells(codes, Grain.POST, days=days, also=self._published())
        return cells.join(dates, on=same, join_type="left").select("dated.label AS published")

    def _published(self) -> exp.Select | None:
        """A row without a metric for each post known to be published in the period."""
        if "segment" in {*self._shape.by, *self._shape.where}:
            return None
        posts = self._select(_PUBLISHED_POSTS).subquery("f")
        asked = (self._among(n, word) for n, word in self._wheres(joined=False))
        return (
            exp.select(*(exp.column(name, "f") for name in (*_KEY, "value")))
            .from_(posts)
            .where(*asked)
        )

    # Rules, one a kind

    def _sum(self, codes: Collection[str], grain: Grain) -> exp.Select:
        """Over a long period first each day: counts days without keeping a set of them."""
        are_most = self._is_coded and 2 * len(codes) >= self._metrics > 0
        cells = self._cells(codes, grain, coded=self._is_coded, picked=not are_most)
        if grain is Grain.ANY and not self._by_post:
            cells = self._one_statement_a_day(cells)
        if self._is_coded:
            date, seen = self._dialect.date.format(day="day"), self._dialect.dates.format(date="k")
            whole = self._of_days(cells, {"metric": "metric", "k": date}, seen=seen)
            return whole.having("COUNT(metric) > 0")  # metrics not asked for have no code
        if self._shape.is_short:
            return self._answered(cells, self._total("value", many=True), seen=self._seen())
        columns = ["metric", *self._keys, "day"]
        return self._of_days(cells, {name: name for name in columns}, days="COUNT(*)")

    @property
    def _is_coded(self) -> bool:
        """Metrics and days of one month as small numbers: few groups, found without a hash."""
        return bool(self._dialect.coded) and self._shape.is_in_a_month and not self._keys

    def _of_days(self, cells: exp.Select, columns: Mapping[str, str], **counted: str) -> exp.Select:
        """Added by the columns, one of which tells the day, then over days."""
        parts = adding.parts(self._dialect, "value")
        named = [self._named(sql, name) for name, sql in {**columns, **parts}.items()]
        days = exp.select(*named).from_(cells.subquery("cells")).group_by(*columns)
        return self._answered(days, adding.rejoined(self._dialect, parts), **counted)

    def _one_statement_a_day(self, cells: exp.Select, of: Sequence[str] = ()) -> exp.Select:
        """The account's own fact where there is one, else its posts added: never both.

        ``of``: columns of the account that are kept.
        """
        posts = self._total("value")
        value = f"COALESCE(MAX(CASE WHEN post = 0 THEN value END), {posts})"
        columns = ["metric", *self._keys, "day"]
        return (
            exp.select(*columns, *of, self._named(value, "value"))
            .from_(cells.subquery("stated"))
            .group_by(*columns, *self._unit(Grain.ACCOUNT))
        )

    def _last(self, codes: Collection[str], grain: Grain) -> exp.Select:
        unit = ["metric", *self._keys, *self._unit(grain)]
        last = latest(self._dialect, "value", "day")
        cells = self._cells(codes, grain, coded=self._is_coded)
        lasts = (
            exp.select(*unit, self._named(last, "value"), "MAX(day) AS day")
            .from_(cells.subquery("cells"))
            .group_by(*unit)
        )
        if self._shape.is_short:
            lasts = lasts.select(self._named(self._seen(), "seen"))
            seen = self._dialect.gathered.format(seen="seen")
            return self._answered(lasts, self._total("value"), seen=seen)
        if not self._dialect.said:
            return self._answered(lasts, self._total("value"), days="0")
        lasts = lasts.select(self._named(self._dialect.said.format(day="day"), "said"))
        days = self._dialect.different.format(said="said")
        return self._answered(lasts, self._total("value"), days=days)

    def _coverage(self, codes: Collection[str], grain: Grain) -> exp.Select:
        """On how many days anything said a last-known value."""
        columns = ["metric", *self._keys, "day"]
        days = exp.select(*columns).distinct().from_(self._cells(codes, grain).subquery("cells"))
        return self._answered(days, "NULL", days="COUNT(*)")

    def _with_last_day(self, cells: exp.Select) -> exp.Select:
        unit = ", ".join(["metric", *self._keys, *UNIT])
        last_day = self._named(f"MAX(day) OVER (PARTITION BY {unit})", "last_day")
        return exp.select("*", last_day).from_(cells.subquery("cells"))

    def _mean(self, metric: Metric, weight: Metric) -> exp.Select:
        """Weighted; one value alone needs no weight; several without all weights are unknown."""
        cells, weights = self._weighed_pair(metric, weight)
        match = [*self._keys, *UNIT, *([] if weight.kind in LAST_KINDS else ["day"])]
        if weight.kind is Kind.STOCK:  # of the whole account, whatever part the mean is of
            parts = {"segment", *self._keys_of("segment")}
            match = [name for name in match if name not in parts]
        on = exp.and_(*(exp.column(name, "v").eq(exp.column(name, "w")) for name in match))
        names = ["metric", *self._keys, "day", "value"]
        joined = (
            exp.select(*(exp.column(name, "v").as_(name) for name in names), "w.value AS weight")
            .from_(cells.subquery("v"))
            .join(weights.subquery("w"), on=on, join_type="left")
        )
        base = self._total("CASE WHEN value IS NOT NULL THEN weight END")
        value = (
            "CASE WHEN COUNT(value) = 1 THEN MAX(value) "
            "WHEN COUNT(value) = COUNT(value * weight) "
            f"THEN {self._total('value * weight')} / NULLIF({base}, 0) END"
        )
        if self._shape.is_short:
            return self._answered(joined, value, seen=self._seen())
        return self._answered(joined, value, days="COUNT(DISTINCT day)")

    def _weighed_pair(self, metric: Metric, weight: Metric) -> tuple[exp.Select, exp.Select]:
        cells = self._cells([metric.code], metric.grain)
        writer = self._of_wholes() if weight.kind is Kind.STOCK else self
        weights = writer._cells([weight.code], weight.grain)
        if weight.kind not in LAST_KINDS:
            return cells, weights
        names = ["metric", *self._keys, *UNIT, "day"]
        last = self._named("CASE WHEN day = last_day THEN value END", "value")
        used = exp.select(*names, last).from_(self._with_last_day(cells).subquery("levels"))
        bases = (
            exp.select(*names, "value")
            .from_(self._with_last_day(weights).subquery("levels"))
            .where("day = last_day")
        )
        return used, bases

    def _keys_of(self, word: str) -> list[str]:
        return [key for key, each in zip(self._keys, self._shape.by, strict=True) if each == word]

    def _of_wholes(self) -> _Writer:
        """Reads what is of the whole account where parts are asked for."""
        other = copy(self)
        other._is_of_wholes = True
        return other

    # Pieces

    def _answered(self, cells: exp.Select, value: str, **counted: str) -> exp.Select:
        """``counted`` says how ``days`` (with the newest of them) or ``seen`` are worked out."""
        keys = ["metric", *self._keys]
        named = [self._named(sql, name) for name, sql in {"value": value, **counted}.items()]
        newest = ["MAX(day) AS newest"] if "days" in counted else []
        select = exp.select(*keys, *named, *newest, *(NOTHING_TOLD if self._tells else ()))
        return select.from_(cells.subquery("answered")).group_by(*keys)

    def _unit(self, grain: Grain) -> list[str]:
        """What of UNIT may differ between the facts that count."""
        constant = ["post"] if grain is Grain.ACCOUNT else []
        constant += [] if "segment" in {*self._shape.by, *self._shape.where} else ["segment"]
        return [name for name in UNIT if name not in constant]

    def _cells(
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
        keys = [
            self._named(self._key(word), name)
            for word, name in zip(self._shape.by, self._keys, strict=True)
        ]
        columns = [exp.column(name, "f").as_(name) for name in (*_KEY, "value")]
        if coded:
            listed = ", ".join(repr(code) for code in sorted(codes))
            columns[_KEY.index("metric")] = self._named(
                self._dialect.coded.format(column="f.metric", listed=listed), "metric"
            )
        select = exp.select(*columns, *keys).from_(facts)
        for name, table, key in self._joins():
            same = exp.column(key, "f").eq(exp.column(key, name))
            labels = self._select(table).subquery(name)
            select = select.join(labels, on=same, join_type="left")
        return select.where(*(self._among(n, word) for n, word in self._wheres(joined=True)))

    def _joins(self) -> Iterable[tuple[str, str, str]]:
        for n in range(len(self._shape.labels)):
            lists = {"left": f"accounts_{n}", "right": f"labels_{n}"}
            yield f"of_{n}", self._dialect.pairs.format(**lists), "account"
        for word in self._post_words:
            name = PUBLISHED if word == "age" else word
            labels = f"SELECT post, label FROM posts WHERE team = :team AND name = '{name}'"
            yield f"of_{word}", labels, "post"

    def _facts(self, asked: Iterable[str], grain: Grain) -> exp.Query:
        if self._shape.merges and grain is not Grain.ACCOUNT:
            return self._merged(self._stated(asked))
        return self._stated(asked)

    def _merged(self, facts: exp.Query) -> exp.Select:
        """Posts that are the same under one number; of a key told twice the newest counts."""
        same = (
            "SELECT post, CAST(label AS BIGINT) AS other FROM posts "
            f"WHERE team = :team AND name = '{SAME_AS}'"
        )
        one = "COALESCE(same.other, f.post)"
        own = [exp.column(name, "f").as_(name) for name in (*_KEY, "value", "told")]
        own[_KEY.index("post")] = self._named(one, "post")
        on = exp.column("post", "f").eq(exp.column("post", "same"))
        joined = exp.select(*own).from_(facts.subquery("f"))
        joined = joined.join(self._select(same).subquery("same"), on=on, join_type="left")
        value = latest(self._dialect, "value", "told")
        both = exp.select(*_KEY, self._named(value, "value")).from_(joined.subquery("merged"))
        return both.group_by(*_KEY)

    def _stated(self, asked: Iterable[str]) -> exp.Query:
        """The current facts; of days read as of a batch the log up to it."""
        conditions = [self._tree(sql) for sql in asked]
        conditions += [self._among(n, word) for n, word in self._wheres(joined=False)]
        closed = self._shape.closed
        if self._shape.is_as_of:
            return self._of_log([*conditions, self._tree("f.batch <= :as_of")])
        if not self._dialect.keeps_current:
            kept = [self._tree(f"{is_open(closed)} OR {is_told(closed)}")] if closed else []
            return self._of_log([*conditions, *kept])
        told = ["batch AS told"] if self._shape.merges else []
        current = exp.select(*_KEY, "value", *told).from_("facts AS f").where(*conditions)
        if not closed:
            return current
        told_then = self._of_log([*conditions, self._tree(is_told(closed))])
        return exp.union(current.where(self._tree(is_open(closed))), told_then, distinct=False)

    def _of_log(self, conditions: Sequence[exp.Expr]) -> exp.Select:
        value = latest(self._dialect, "f.value", self._dialect.newest)
        told = ["MAX(f.batch) AS told"] if self._shape.merges else []
        return (
            exp.select(*_KEY, self._named(value, "value"), *told)
            .from_(self._select(f"SELECT * FROM {self._dialect.log} AS f").args["from_"].this)
            .where(*conditions)
            .group_by(*_KEY)
            .having(self._tree(self._dialect.is_there.format(value=value)))
        )

    def _conditions(
        self, codes: Collection[str], grain: Grain, days: str, *, picked: bool
    ) -> Iterable[str]:
        yield "f.team = :team"
        yield days
        yield self._one_of(sorted(codes)) if picked else _BETWEEN.format(min(codes), max(codes))
        if grain is Grain.ACCOUNT:
            yield "f.post = 0"
        elif grain is Grain.POST or self._by_post:
            yield "f.post <> 0"
        if self._is_of_wholes:
            yield "f.segment = ''"
        elif "segment" not in self._shape.where:
            yield "f.segment <> ''" if "segment" in self._shape.by else "f.segment = ''"

    def _one_of(self, codes: Sequence[str]) -> str:
        listed = [repr(code) for code in codes]
        template = self._dialect.codes if len(codes) > 1 else Dialect.codes
        return template.format(
            column="f.metric",
            listed=", ".join(listed),
            first=listed[0],
            last=listed[-1],
        )

    def _wheres(self, *, joined: bool) -> Iterable[tuple[int, str]]:
        """The filters by attributes, or the ones by the facts' own columns."""
        merged = ["post"] if self._shape.merges else []
        ours = {*self._shape.labels, *self._post_words, *merged}
        passed = ["segment"] if self._is_of_wholes else []
        return [
            (n, word)
            for n, word in enumerate(self._shape.where)
            if (word in ours) is joined and word not in passed
        ]

    def _among(self, n: int, word: str) -> exp.Expr:
        kind = SQL_TYPES[kind_of(word)]
        allowed = self._dialect.many.format(name=f"where_{n}", type=kind)
        return exp.In(this=self._tree(self._key(word)), query=self._select(allowed).subquery())

    def _key(self, word: str) -> str:
        if word in ("month", "week", "weekday"):
            template: str = getattr(self._dialect, word)
            return template.format(day="f.day")
        if word == "age" and word in self._post_words:
            age = self._dialect.age.format(day="f.day", published="of_age.label")
            return f"COALESCE({age}, '')"
        if word in self._shape.labels:
            return f"COALESCE(of_{self._shape.labels.index(word)}.label, '')"
        if word in self._post_words:
            return f"COALESCE(of_{word}.label, '')"
        return f"f.{word}"

    def _counted(self) -> tuple[str, ...]:
        """The last columns of every branch, over rows that each have a day."""
        told = NOTHING_TOLD if self._tells else ()
        if self._shape.is_short:
            return (f"{self._seen()} AS seen", *told)
        return ("COUNT(DISTINCT day) AS days", "MAX(day) AS newest", *told)

    def _uncounted(self) -> tuple[str, ...]:
        """The same columns of rows that say nothing about days."""
        if self._shape.is_short:
            return ("0 AS seen",)
        return ("0 AS days", "MAX(day) AS newest")

    def _seen(self) -> str:
        return self._dialect.seen.format(day="day")

    def _total(self, value: str, *, many: bool = False) -> str:
        return adding.total(self._dialect, value, many=many)

    def _named(self, sql: str, name: str) -> exp.Expr:
        return exp.alias_(self._tree(sql), name)

    def _select(self, sql: str) -> exp.Select:
        tree = self._tree(sql)
        assert isinstance(tree, exp.Select)  # noqa: S101 - our own templates
        return tree

    def _tree(self, sql: str) -> exp.Expr:
        # Names stand in as words, which every dialect reads and writes alike.
        words = re.sub(r"(?<![:\w]):(\w+)", r"__value_\1", sql)
        return exp.maybe_parse(words, dialect=self._dialect.name)


def _by_grain(metrics: Iterable[Metric]) -> dict[Grain, list[str]]:
    found: dict[Grain, list[str]] = {}
    for metric in metrics:
        found.setdefault(metric.grain, []).append(metric.code)
    return found
