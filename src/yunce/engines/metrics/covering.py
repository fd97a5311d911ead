"""The columns in which a branch tells the covered days, and after them who is behind a number."""

from __future__ import annotations

from yunce.engines.metrics.shaping import Shape
from yunce.engines.metrics.speaking import Dialect
from yunce.engines.metrics.telling import NOTHING_TOLD


def counted(shape: Shape, dialect: Dialect, *, tells: bool) -> tuple[str, ...]:
    """The last columns of a branch over rows that each have a day."""
    told = NOTHING_TOLD if tells else ()
    if shape.is_short:
        return (f"{seen(dialect)} AS seen", *told)
    return ("COUNT(DISTINCT day) AS days", "MAX(day) AS newest", *told)


def uncounted(shape: Shape) -> tuple[str, ...]:
    """The same of rows that say nothing about days, without who is behind them."""
    if shape.is_short:
        return ("0 AS seen",)
    return ("0 AS days", "MAX(day) AS newest")


def seen(dialect: Dialect) -> str:
    """The days of a short period as bits."""
    return dialect.seen.format(day="day")
