"""A formula whose result is added up must itself only add: Σ(a × b) is not Σa × Σb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from yunce.engines.metrics.definitions import AMOUNTS, Kind
from yunce.engines.metrics.formula import added_kinds, is_linear
from yunce.engines.metrics.loading import Entry
from yunce.engines.metrics.rules.formulas import readable
from yunce.kit.wording import gettext as _


def check(entries: Sequence[Entry]) -> Iterator[str]:
    kinds = {entry.metric.code: entry.metric.kind for entry in entries}
    for entry, tree in readable(entries):
        metric = entry.metric
        if metric.kind not in AMOUNTS:
            continue
        if metric.kind is Kind.DISTINCT:
            words = {"place": entry.place, "code": metric.code}
            yield (
                _("%(place)s 「%(code)s」按人去重，不能由公式得出：相加会把同一个人算多次") % words
            )
            continue
        own = partial(_kind, kinds, metric.kind)
        strangers = added_kinds(tree, own) - {metric.kind}
        if not is_linear(tree) or strangers:
            yield _(
                "%(place)s 「%(code)s」要能相加，公式只能加减同类（%(kind)s）的指标或乘以常数"
            ) % {
                "place": entry.place,
                "code": metric.code,
                "kind": metric.kind,
            }


def _kind(kinds: Mapping[str, Kind], unknown: Kind, code: str) -> Kind:
    """Of a code; the formulas rule reports one nobody knows."""
    return kinds.get(code, unknown)
