"""A formula over those accounts and days alone that have every part of it, as SQL.

Facts of flows count on the days all flows are told; levels of posts for the posts all are told of;
then accounts count that have all parts. Accounts without are told apart by a ``pattern``: to the
base 3, part by part, ``ABSENT``, ``APART`` (told, but never together with the others) or ``WHOLE``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sqlglot import exp

from yunce.engines.metrics import adding
from yunce.engines.metrics.choosing import Facts
from yunce.engines.metrics.definitions import Grain, Metric, codes_by_grain, is_last
from yunce.engines.metrics.speaking import Dialect, latest
from yunce.engines.metrics.templating import tree

ABSENT, APART, WHOLE = 0, 1, 2
_NONE = "NULLIF(1e0, 1e0)"  # no number, of the type of numbers in every store
Tree = Callable[[str], exp.Expr]


class Parts(NamedTuple):
    """The stored metrics of a formula, each as its place and how it is read."""

    code: str
    bases: Sequence[Metric]  # by code

    def places(self, of: Collection[str]) -> dict[int, str]:
        return {n: each.code for n, each in enumerate(self.bases) if each.code in of}


class Reading(NamedTuple):
    """Bases read alike: what makes one of their facts, and the facts."""

    bases: Collection[str]
    unit: Sequence[str]  # they are told together for one such unit; () = for the account
    cells: exp.Select
    is_daily: bool


def branches(facts: Facts, formulas: Sequence[Parts]) -> Iterable[exp.Select]:
    """One for each formula, all with as many columns."""
    writer = _WholeWriter(
        partial(tree, dialect=facts.dialect),
        facts.keys,
        facts.dialect,
        is_short=facts.shape.is_short,
        width=max(len(formula.bases) for formula in formulas),
    )
    for formula in formulas:
        yield writer.branch(formula, list(_readings(facts, formula.bases)))


def _readings(facts: Facts, bases: Sequence[Metric]) -> Iterable[Reading]:
    for grain, codes in codes_by_grain(m for m in bases if is_last(m)).items():
        unit = facts.keying.unit(grain)
        last = _lasts(facts.cells(codes, grain), [*facts.keys, *unit], facts.dialect)
        yield Reading(codes, unit, last, is_daily=False)
    for grain, codes in codes_by_grain(m for m in bases if not is_last(m)).items():
        cells = facts.cells(codes, grain)
        if grain is not Grain.ANY:
            yield Reading(codes, [*facts.keying.unit(grain), "day"], cells, is_daily=True)
        elif facts.keying.is_by_post:
            yield Reading(codes, (), cells, is_daily=False)
        else:
            stated = facts.one_statement_a_day(cells, of=["account"])
            yield Reading(codes, (), stated, is_daily=False)


class _WholeWriter:
    """Writes the branch of one formula."""

    def __init__(
        self, tree: Tree, keys: Sequence[str], dialect: Dialect, *, is_short: bool, width: int
    ) -> None:
        self._tree = tree
        self._keys = keys
        self._dialect = dialect
        self._counted = "seen" if is_short else "days"
        self._width = width  # parts of the longest formula

    def branch(self, parts: Parts, readings: Sequence[Reading]) -> exp.Select:
        """``metric, k0 … kn, pattern, accounts, seen (or days), v0 … vn``."""
        many = len(parts.bases)
        rows = [self._by_account(parts, reading) for reading in readings]
        union = rows[0] if len(rows) == 1 else exp.union(*rows, distinct=False)
        values = [f"MAX(v{n}) AS v{n}" for n in range(many)]
        told = [f"MAX(p{n}) AS p{n}" for n in range(many)]
        account = [*self._keys, "account"]
        accounts = self._select([*account, *values, *told, self._joined()], union, account)
        pattern = " + ".join(
            f"CASE WHEN v{n} IS NOT NULL THEN {WHOLE} ELSE p{n} END * {3**n}" for n in range(many)
        )
        names = [*account, *(f"v{n}" for n in range(many)), self._counted]
        marked = self._select([*names, f"{pattern} AS pattern"], accounts)
        sums = [
            f"{adding.total(self._dialect, f'v{n}')} AS v{n}" if n < many else f"{_NONE} AS v{n}"
            for n in range(self._width)
        ]
        columns = ["pattern", "COUNT(*) AS accounts", self._joined(), *sums]
        head = [f"'{parts.code}' AS metric", *self._keys]
        return self._select([*head, *columns], marked, [*self._keys, "pattern"])

    def _by_account(self, parts: Parts, reading: Reading) -> exp.Select:
        here = parts.places(reading.bases)
        unit = [*self._keys, *(reading.unit or ["account"])]
        beside = [self._beside(n, code, reading) for n, code in here.items()]
        units = self._select([*unit, *beside, "COUNT(*) AS n"], reading.cells, unit)
        whole = f"n = {len(here)}" if reading.unit else "n > 0"
        columns = [*self._keys, "account"]
        for n in range(len(parts.bases)):
            sums = adding.total(self._dialect, f"CASE WHEN {whole} THEN v{n} END")
            columns.append(f"{sums if n in here else _NONE} AS v{n}")
        for n in range(len(parts.bases)):
            told = f"MAX(CASE WHEN v{n} IS NOT NULL THEN 1 ELSE 0 END)"
            columns.append(f"{told if n in here else '0'} AS p{n}")
        day = f"CASE WHEN {whole} THEN day END"
        days = self._days(day) if reading.is_daily else "0"
        return self._select(
            [*columns, f"{days} AS {self._counted}"], units, [*self._keys, "account"]
        )

    def _beside(self, n: int, code: str, reading: Reading) -> str:
        value = f"CASE WHEN metric = '{code}' THEN value END"
        whole = f"MAX({value})" if reading.unit else adding.total(self._dialect, value)
        return f"{whole} AS v{n}"

    def _days(self, day: str) -> str:
        if self._counted == "seen":
            return f"COALESCE({self._dialect.seen.format(day=day)}, 0)"
        return f"COUNT(DISTINCT {day})"

    def _joined(self) -> str:
        """Of a long period the days of the best covered account; days of many are not kept."""
        if self._counted == "seen":
            return f"{self._dialect.gathered.format(seen='seen')} AS seen"
        return "MAX(days) AS days"

    def _select(
        self, columns: Sequence[str], of: exp.Query, group: Sequence[str] = ()
    ) -> exp.Select:
        select = exp.select(*map(self._tree, columns)).from_(of.subquery("given"))
        return select.group_by(*group) if group else select


def _lasts(cells: exp.Select, unit: Sequence[str], dialect: Dialect) -> exp.Select:
    """Of levels the last known value of each unit."""
    names = ["metric", *unit]
    last = tree(f"{latest(dialect, 'value', 'day')} AS value", dialect)
    return exp.select(*names, last).from_(cells.subquery("cells")).group_by(*names)


def states(pattern: int, many: int) -> tuple[int, ...]:
    """A pattern, part by part."""
    return tuple(pattern // 3**n % 3 for n in range(many))


class Sharing(NamedTuple):
    """Accounts that have the same parts of a formula."""

    states: tuple[int, ...]  # of the parts, by code
    accounts: int
    days: int
    values: Mapping[str, float | None]

    @property
    def is_whole(self) -> bool:
        return all(state == WHOLE for state in self.states)
