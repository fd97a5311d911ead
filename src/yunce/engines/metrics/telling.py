"""How many accounts are behind a number, and whether two metrics are known for the same ones.

Beside its value a metric then has a row with the columns of ``TOLD``. Sums of marks stand for sets:
equal sums, equal sets (marks are 40 bits of a hash).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from sqlglot import exp

from yunce.engines.metrics.definitions import Grain
from yunce.engines.metrics.speaking import Dialect
from yunce.engines.metrics.templating import tree

GONE = "#gone"  # after a level's code: accounts known shortly before the period and not in it
LOOKS_BACK = 31  # days before the period
TOLD = ("accounts", "least", "who", "units", "told")


class Told(NamedTuple):
    """What is told of the facts behind one value; all 0 when it was not asked."""

    accounts: int = 0
    least: int = 0  # days of the account that has the fewest; 0 where works and posts are counted
    who: int = 0  # the accounts
    units: int = 0  # the accounts, or the posts, and segments
    told: int = 0  # the same with their days


_NEWEST = "MAX(day) AS day"
NOTHING_TOLD = tuple(f"0 AS {name}" for name in TOLD)


def told_of(
    cells: exp.Select,
    *,
    groups: Sequence[str],
    unit: Sequence[str],
    grain: Grain,
    dialect: Dialect,
    counted: Sequence[str],
) -> exp.Select:
    """One row a group; ``counted``: the columns of covered days, which say nothing here."""
    days = f"COUNT({'DISTINCT day' if grain is Grain.ANY else '*'}) AS days"
    least = "MIN(days)" if grain is Grain.ACCOUNT else "0"
    read = partial(tree, dialect=dialect)
    told = f"SUM({_mark(dialect, [*unit, 'day'])}) AS told"
    units = (
        exp.select(*groups, *unit, *map(read, (days, told, _NEWEST)))
        .from_(cells.subquery("cells"))
        .group_by(*groups, *unit)
    )
    distinct = "" if list(unit) == ["account"] else "DISTINCT "
    columns = [
        "NULL AS value",
        *counted,
        f"COUNT({distinct}account) AS accounts",
        f"{least} AS least",
        f"SUM({distinct}{_mark(dialect, ['account'])}) AS who",
        f"SUM({_mark(dialect, unit)}) AS units",
        "SUM(told) AS told",
    ]
    return exp.select(*groups, *map(read, columns)).from_(units.subquery("units")).group_by(*groups)


def gone_of(
    cells: exp.Select, *, groups: Sequence[str], dialect: Dialect, counted: Sequence[str]
) -> exp.Select:
    """How many accounts have a level before the period and none in it."""
    read = partial(tree, dialect=dialect)
    keys = [name for name in groups if name != "metric"]
    newest = (
        exp.select(*groups, "account", read(_NEWEST))
        .from_(cells.subquery("cells"))
        .group_by(*groups, "account")
    )
    code = read(f"CONCAT(metric, '{GONE}') AS metric")
    return (
        exp.select(code, *keys, *map(read, ("COUNT(*) AS value", *counted, *NOTHING_TOLD)))
        .from_(newest.subquery("newest"))
        .where(read("day < :start"))
        .group_by("newest.metric", *keys)
    )


def _mark(dialect: Dialect, names: Sequence[str]) -> str:
    return dialect.mark.format(names=", ".join(names))
