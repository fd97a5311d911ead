"""A stored mean and what it is weighted by, fact beside fact, as SQL."""

from __future__ import annotations

from sqlglot import exp

from yunce.engines.metrics import adding
from yunce.engines.metrics.choosing import Facts
from yunce.engines.metrics.definitions import Kind, Metric, is_last
from yunce.engines.metrics.keying import UNIT
from yunce.engines.metrics.speaking import Dialect
from yunce.engines.metrics.templating import column


def mean(dialect: Dialect) -> str:
    """One value alone needs no weight; several without all weights are unknown."""
    base = adding.total(dialect, "CASE WHEN value IS NOT NULL THEN weight END")
    return (
        "CASE WHEN COUNT(value) = 1 THEN MAX(value) "
        "WHEN COUNT(value) = COUNT(value * weight) "
        f"THEN {adding.total(dialect, 'value * weight')} / NULLIF({base}, 0) END"
    )


def weighed(facts: Facts, metric: Metric, weight: Metric) -> exp.Select:
    """Each fact of a mean with its ``weight``."""
    cells, weights = _pair(facts, metric, weight)
    match = [*facts.keys, *UNIT, *([] if is_last(weight) else ["day"])]
    if weight.kind is Kind.STOCK:  # of the whole account, whatever part the mean is of
        parts = {"segment", *facts.keying.names_of("segment")}
        match = [name for name in match if name not in parts]
    on = exp.and_(*(exp.column(name, "v").eq(exp.column(name, "w")) for name in match))
    names = ["metric", *facts.keys, "day", "value"]
    return (
        exp.select(*(exp.column(name, "v").as_(name) for name in names), "w.value AS weight")
        .from_(cells.subquery("v"))
        .join(weights.subquery("w"), on=on, join_type="left")
    )


def _pair(facts: Facts, metric: Metric, weight: Metric) -> tuple[exp.Select, exp.Select]:
    """Of a weight that is a level the last known value counts, and so it does of the mean."""
    cells = facts.cells([metric.code], metric.grain)
    base = facts.of_wholes() if weight.kind is Kind.STOCK else facts
    weights = base.cells([weight.code], weight.grain)
    if not is_last(weight):
        return cells, weights
    names = ["metric", *facts.keys, *UNIT, "day"]
    last = column("CASE WHEN day = last_day THEN value END", "value", facts.dialect)
    used = exp.select(*names, last).from_(_with_last_day(facts, cells).subquery("levels"))
    bases = (
        exp.select(*names, "value")
        .from_(_with_last_day(facts, weights).subquery("levels"))
        .where("day = last_day")
    )
    return used, bases


def _with_last_day(facts: Facts, cells: exp.Select) -> exp.Select:
    unit = ", ".join(["metric", *facts.keys, *UNIT])
    last_day = column(f"MAX(day) OVER (PARTITION BY {unit})", "last_day", facts.dialect)
    return exp.select("*", last_day).from_(cells.subquery("cells"))
