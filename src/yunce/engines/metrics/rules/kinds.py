"""A kind fits the facts that state it: stocks belong to accounts, snapshots to posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yunce.engines.metrics.definitions import Grain, Kind
from yunce.engines.metrics.loading import Entry
from yunce.kit.wording import gettext as _

_GRAINS = {
    Kind.STOCK: (Grain.ACCOUNT,),
    Kind.SNAPSHOT: (Grain.POST,),
    Kind.DISTINCT: (Grain.ACCOUNT, Grain.POST),
    Kind.MEAN: (Grain.ACCOUNT, Grain.POST),
}


def check(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        metric = entry.metric
        if metric.kind is Kind.RATIO and metric.formula is None:
            yield _(
                "%(place)s 比率「%(code)s」必须有公式；平台直接给的比率请定义为 mean 并写明 weight"
            ) % {
                "place": entry.place,
                "code": metric.code,
            }
        if metric.per_account and metric.kind is not Kind.RATIO:
            yield _("%(place)s 「%(code)s」能按类型 %(kind)s 相加，不能写 per_account") % {
                "place": entry.place,
                "code": metric.code,
                "kind": metric.kind,
            }
        if metric.is_daily and (metric.kind, metric.grain) != (Kind.DISTINCT, Grain.POST):
            yield _("%(place)s 「%(code)s」不是单篇的人数，不能写 is_daily") % {
                "place": entry.place,
                "code": metric.code,
            }
        if metric.is_booked and not (metric.is_stored and metric.kind is Kind.FLOW):
            yield _("%(place)s 「%(code)s」不是记下来的流量，不能写 is_booked") % {
                "place": entry.place,
                "code": metric.code,
            }
        if metric.is_stored and metric.grain not in _GRAINS.get(metric.kind, tuple(Grain)):
            yield _("%(place)s 「%(code)s」的类型 %(kind)s 不能按 %(grain)s 统计") % {
                "place": entry.place,
                "code": metric.code,
                "kind": metric.kind,
                "grain": metric.grain,
            }
