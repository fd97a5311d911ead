"""What a function over posts finds out, as SQL: one row a post, then one a group and state.

A post whose number is unknown makes the result unknown, so posts are told apart by state (the
metric's name then ends in ``#state``, the value is how many): ``lacking`` a number, ``waiting`` to
be old enough, ``undated`` posts nobody knows the day of, ``untold`` posts of the period without any
number in it. Posts known to be published in the period have a row without a metric.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlglot import exp

from yunce.engines.metrics.formula import Call, Code, Node, Number, Operation, codes, written
from yunce.engines.metrics.speaking import Dialect, latest

LACKING, WAITING, UNDATED, UNTOLD = "lacking", "waiting", "undated", "untold"
STATE = "#"  # between a call and a state
_POST = ("account", "post", "segment", "published")
_TOLD_DAY = "MAX(CASE WHEN metric <> '' THEN day END) AS day"
# Not every store makes a number or a day of NULL; one long ago counts as little.
_PUBLISHED = "CAST(COALESCE(published, '1970-01-01') AS DATE)"
_INSIDE = f"{_PUBLISHED} BETWEEN :start AND :end"
# The dated facts of some codes on some days (a condition): account, post, segment, metric, day,
# value, published and the group keys.
Cells = Callable[[Collection[str], str], exp.Select]
Tree = Callable[[str], exp.Expr]  # of this package's own SQL


class Gatherer:
    """Writes the branch of one call."""

    def __init__(
        self,
        cells: Cells,
        tree: Tree,
        keys: Sequence[str],
        dialect: Dialect,
        counted: Sequence[str],  # the columns that tell the covered days
    ) -> None:
        self._cells = cells
        self._tree = tree
        self._keys = keys
        self._dialect = dialect
        self._counted = counted

    def branch(self, call: Call) -> exp.Select:
        match call.name:
            case "at_age":
                posts = self._at_age(call)
            case "growth":
                posts = self._growth(call)
            case _:
                posts = self._of_published(call)
        value = f"CASE WHEN state = '' THEN {self._gathered(call.name)} ELSE COUNT(*) END"
        # A post reaches its age perhaps after the period; it covers none of those days.
        inside = "CASE WHEN day > :end THEN CAST(:end AS DATE) ELSE day END AS day"
        told = self._select([*self._keys, "value", "state", inside], posts)
        return self._select(
            [
                f"CONCAT('{written(call)}', state) AS metric",
                *self._keys,
                f"{value} AS value",
                *self._counted,
            ],
            told,
            group=[*self._keys, "state"],
        )

    def _gathered(self, name: str) -> str:
        if name == "posts_max":
            return "MAX(value)"
        return (
            "COUNT(value)" if name == "posts_count" else self._dialect.total.format(value="value")
        )

    def _of_published(self, call: Call) -> exp.Select:
        """The last known numbers of every post published in the period."""
        names = sorted(codes(call))
        unit = [*self._keys, *_POST]
        lasts = self._select(
            ["metric", *unit, f"{self._latest('day')} AS value", "MAX(day) AS day"],
            self._cells(names, "f.day BETWEEN :start AND :end"),
            where=f"published IS NULL OR {_INSIDE}",
            group=["metric", *unit],
        )
        columns = {code: f"c{n}" for n, code in enumerate(names)}
        beside = [
            f"MAX(CASE WHEN metric = '{code}' THEN value END) AS {column}"
            for code, column in columns.items()
        ]
        posts = self._select([*unit, *beside, _TOLD_DAY], lasts, group=unit)
        value = _sql(call.arguments[0], columns)
        return self._stated(
            posts,
            value,
            f"WHEN day IS NULL THEN '{STATE}{UNTOLD}' WHEN {value} IS NULL THEN '{STATE}{LACKING}'",
        )

    def _at_age(self, call: Call) -> exp.Select:
        """The number at an age, or the next one at most so many days later."""
        days, late = (int(each.value) for each in call.arguments[1:] if isinstance(each, Number))
        told = "CASE WHEN f.metric <> '' THEN f.day END"
        found = self._cells(sorted(codes(call)), "f.day >= :start").select(
            self._tree(
                f"COALESCE(MAX({told}) OVER (PARTITION BY f.account), MAX({told}) OVER (), f.day) "
                "AS newest"
            )
        )
        aged = exp.select("*", self._tree(f"{self._age('day')} AS age")).from_(
            found.subquery("found")
        )
        hit = (
            f"CASE WHEN metric <> '' AND age BETWEEN {days} AND {days + late} "
            "THEN 1 ELSE 0 END AS hit"
        )
        unit = [*self._keys, *_POST]
        seen = self._select(["*", hit], aged, where=f"published IS NULL OR {_INSIDE}")
        firsts = self._select(
            [
                *unit,
                "hit",
                f"{self._latest('0 - age')} AS value",
                _TOLD_DAY,
                "MAX(newest) AS newest",
            ],
            seen,
            group=[*unit, "hit"],
        )
        value = "MAX(CASE WHEN hit = 1 THEN value END) AS value"
        posts = self._select(
            [*unit, value, "MAX(day) AS day", "MAX(newest) AS newest"], firsts, group=unit
        )
        return self._stated(
            posts,
            "value",
            f"WHEN value IS NULL AND {self._age('newest')} < {days + late} "
            f"THEN '{STATE}{WAITING}' WHEN value IS NULL THEN '{STATE}{LACKING}'",
        )

    def _growth(self, call: Call) -> exp.Select:
        """The last number of the period less the last one before it (none: published in it)."""
        unit = [*self._keys, *_POST]
        sides = self._select(
            ["*", "CASE WHEN day < :start THEN 1 ELSE 0 END AS earlier"],
            self._cells(sorted(codes(call)), "f.day <= :end"),
        )
        is_told = "metric <> ''"
        lasts = self._select(
            ["metric", *unit, "earlier", f"{self._latest('day')} AS value", "MAX(day) AS day"],
            sides,
            group=["metric", *unit, "earlier"],
        )
        inside = f"CASE WHEN earlier = 0 AND {is_told} THEN {{}} END"
        outside = f"CASE WHEN NOT {is_told} THEN 1 ELSE 0 END"
        posts = self._select(
            [
                *unit,
                f"MAX({inside.format('value')}) AS last",
                "MAX(CASE WHEN earlier = 1 THEN value END) AS base",
                f"MAX({inside.format('day')}) AS day",
                f"MAX({outside}) AS published_inside",
            ],
            lasts,
            group=unit,
        )
        told = self._select(["*"], posts, where="last IS NOT NULL OR published_inside = 1")
        value = (
            f"CASE WHEN base IS NOT NULL THEN last - base WHEN {_PUBLISHED} >= :start THEN last END"
        )
        grown = self._select([*unit, "day", f"{value} AS value"], told)
        lacking = (
            f"CASE WHEN day IS NULL THEN '{STATE}{UNTOLD}' "
            f"WHEN value IS NULL THEN '{STATE}{LACKING}' ELSE '' END AS state"
        )
        return self._select([*self._keys, "day", "value", lacking], grown)

    def _stated(self, posts: exp.Select, value: str, otherwise: str) -> exp.Select:
        state = f"CASE WHEN published IS NULL THEN '{STATE}{UNDATED}' {otherwise} ELSE '' END"
        return self._select([*self._keys, "day", f"{value} AS value", f"{state} AS state"], posts)

    def _age(self, day: str) -> str:
        text = self._dialect.age.format(day=day, published="published")
        return f"CAST(COALESCE({text}, '-1') AS INT)"

    def _latest(self, order: str) -> str:
        return latest(self._dialect, "value", order)

    def _select(
        self, columns: Sequence[str], of: exp.Select, *, where: str = "", group: Sequence[str] = ()
    ) -> exp.Select:
        select = exp.select(*map(self._tree, columns)).from_(of.subquery("given"))
        if where:
            select = select.where(self._tree(where))
        return select.group_by(*group) if group else select


def _sql(node: Node, columns: dict[str, str]) -> str:
    """A formula over one post's numbers; nothing is divided by zero."""
    match node:
        case Number(value):
            return f"{value:.16e}"  # without an exponent a decimal, which overflows
        case Code(code):
            return columns[code]
        case Operation("/", left, right):
            return f"({_sql(left, columns)} / NULLIF({_sql(right, columns)}, 0))"
        case Operation(sign, left, right):
            return f"({_sql(left, columns)} {sign} {_sql(right, columns)})"
        case Call():
            raise AssertionError("the calls rule admits no function inside another")
