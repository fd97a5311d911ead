"""A formula adds only what can be added, and never divides by zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yunce.engines.metrics.errors import FormulaError
from yunce.engines.metrics.formula import parse
from yunce.engines.metrics.inferring import clashes
from yunce.engines.metrics.loading import Entry


def check(entries: Sequence[Entry]) -> Iterator[str]:
    metrics = {entry.metric.code: entry.metric for entry in entries}
    for entry in entries:
        if entry.metric.formula is None:
            continue
        try:
            tree = parse(entry.metric.formula)
        except FormulaError:
            continue  # the formulas rule reports it
        for clash in dict.fromkeys(clashes(tree, metrics)):
            yield f"{entry.formula_place} {clash}"
