"""How a store adds facts up, as SQL: a sum in one go, or in parts that are added again."""

from __future__ import annotations

from collections.abc import Collection

from yunce.engines.metrics.speaking import Dialect


def total(dialect: Dialect, value: str, *, many: bool = False) -> str:
    """The sum of a column; ``many``: of very many facts."""
    if many and dialect.both:
        return dialect.both.format(**parts(dialect, value))
    return dialect.total.format(value=value)


def parts(dialect: Dialect, value: str) -> dict[str, str]:
    """The sum of very many facts as what may be added again, by the names of the columns."""
    if not dialect.both:
        return {"value": total(dialect, value)}
    templates = {"value": dialect.whole, "rest": dialect.rest}
    return {name: template.format(value=value) for name, template in templates.items()}


def rejoined(dialect: Dialect, names: Collection[str]) -> str:
    """Such columns added again, as one number."""
    if "rest" not in names:
        return total(dialect, "value")
    return dialect.both.format(value="SUM(value)", rest="SUM(rest)")
