"""A formula adds only what can be added, and never divides by zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yunce.engines.metrics.inferring import clashes
from yunce.engines.metrics.loading import Entry
from yunce.engines.metrics.rules.formulas import readable
from yunce.engines.metrics.rules.versions import found_before


def check(entries: Sequence[Entry]) -> Iterator[str]:
    yield from _present(entries)
    yield from found_before(entries, _present)


def _present(entries: Sequence[Entry]) -> Iterator[str]:
    metrics = {entry.metric.code: entry.metric for entry in entries}
    for entry, tree in readable(entries):
        for clash in dict.fromkeys(clashes(tree, metrics)):
            yield f"{entry.formula_place} {clash}"
