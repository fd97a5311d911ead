"""A formula whose result is added up must itself only add: Σ(a × b) is not Σa × Σb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yunce.engines.metrics.definitions import Kind
from yunce.engines.metrics.errors import FormulaError
from yunce.engines.metrics.formula import codes, is_linear, parse
from yunce.engines.metrics.loading import Entry
from yunce.kit.wording import gettext as _

_ADDED = {Kind.FLOW, Kind.STOCK, Kind.SNAPSHOT, Kind.DISTINCT}


def check(entries: Sequence[Entry]) -> Iterator[str]:
    kinds = {entry.metric.code: entry.metric.kind for entry in entries}
    for entry in entries:
        metric = entry.metric
        if metric.formula is None or metric.kind not in _ADDED:
            continue
        try:
            tree = parse(metric.formula)
        except FormulaError:
            continue  # the formulas rule reports it
        strangers = {code for code in codes(tree) if kinds.get(code, metric.kind) != metric.kind}
        if not is_linear(tree) or strangers:
            yield _(
                "%(place)s 「%(code)s」要能相加，公式只能加减同类（%(kind)s）的指标或乘以常数"
            ) % {
                "place": entry.place,
                "code": metric.code,
                "kind": metric.kind,
            }
