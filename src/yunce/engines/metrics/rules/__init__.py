"""What every definition must keep: one module a rule; ``check(entries)`` yields issues."""

from __future__ import annotations

from collections.abc import Sequence

from yunce.engines.metrics.loading import Entry
from yunce.engines.metrics.rules import (
    adding,
    calls,
    formulas,
    kinds,
    mixing,
    naming,
    sizes,
    versions,
    weights,
)

RULES = (
    naming.check,
    formulas.check,
    sizes.check,
    calls.check,
    kinds.check,
    adding.check,
    mixing.check,
    weights.check,
    versions.check,
)


def issues(entries: Sequence[Entry]) -> list[str]:
    """Every issue of every rule, each beginning with its file and line."""
    return [issue for check in RULES for issue in check(entries)]
