"""A stored mean names the base it is weighted by; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yunce.engines.metrics.definitions import Kind, Metric
from yunce.engines.metrics.errors import did_you_mean
from yunce.engines.metrics.loading import Entry
from yunce.kit.wording import gettext as _

_BASES = {Kind.FLOW, Kind.STOCK, Kind.SNAPSHOT}


def check(entries: Sequence[Entry]) -> Iterator[str]:
    metrics = {entry.metric.code: entry.metric for entry in entries}
    for entry in entries:
        what = _wrong(entry.metric, metrics)
        if what:
            yield f"{entry.place} {what}"


def _wrong(metric: Metric, metrics: Mapping[str, Metric]) -> str:
    words = {"code": metric.code, "weight": metric.weight}
    if metric.kind is not Kind.MEAN or metric.formula is not None:
        return (
            _("「%(code)s」不能有 weight：只有直接记录的平均值才有") % words
            if metric.weight
            else ""
        )
    if metric.weight is None:
        return _("平均值「%(code)s」必须用 weight 写明按什么加权") % words
    base = metrics.get(metric.weight)
    if base is None:
        near = did_you_mean(metric.weight, metrics)
        return _("weight「%(weight)s」不是指标。%(near)s") % {**words, "near": near}
    if not base.is_stored or base.kind not in _BASES or base.grain != metric.grain:
        return _("weight「%(weight)s」必须是同一层级、直接记录、可以相加的指标") % words
    return ""
