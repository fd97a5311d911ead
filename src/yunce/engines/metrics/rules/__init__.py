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

SOUNDNESS = (  # without these there is nothing to count by
    naming.check,
    formulas.check,
    sizes.check,
    calls.check,
    kinds.check,
    adding.check,
    weights.check,
    versions.check,
)
SENSE = (mixing.check,)  # what is newly written keeps these too; what was kept before counts on


def issues(entries: Sequence[Entry], *, newly_written: bool) -> list[str]:
    """Every issue of every rule that applies, each beginning with its file and line."""
    rules = SOUNDNESS + SENSE if newly_written else SOUNDNESS
    return [issue for check in rules for issue in check(entries)]
