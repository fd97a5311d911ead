"""This package's own SQL as SQLGlot trees, and trees as one statement of a dialect.

In a tree the ``:names`` of values stand in as words, which every dialect reads and writes alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlglot import exp

from yunce.engines.metrics.speaking import Dialect

_NAME = re.compile(r"(?<![:\w]):(\w+)")
_STAND_IN = re.compile(r"\b__value_(\w+)")


def tree(sql: str, dialect: Dialect) -> exp.Expr:
    return exp.maybe_parse(_NAME.sub(r"__value_\1", sql), dialect=dialect.name)


def select(sql: str, dialect: Dialect) -> exp.Select:
    found = tree(sql, dialect)
    assert isinstance(found, exp.Select)  # noqa: S101 - our own templates
    return found


def column(sql: str, name: str, dialect: Dialect) -> exp.Expr:
    """``sql AS name``"""
    return exp.alias_(tree(sql, dialect), name)


def statement(branches: Sequence[exp.Select], dialect: Dialect) -> str:
    """All branches in one round trip."""
    whole = branches[0] if len(branches) == 1 else exp.union(*branches, distinct=False)
    return _STAND_IN.sub(r":\1", whole.sql(dialect=dialect.name))
