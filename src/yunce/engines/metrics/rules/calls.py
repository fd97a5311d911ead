"""What functions may be given, and which unit their results have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yunce.engines.metrics.definitions import Kind, Metric
from yunce.engines.metrics.formula import Call, Code, Node, calls, codes
from yunce.engines.metrics.loading import Entry
from yunce.engines.metrics.rules.formulas import readable
from yunce.engines.metrics.wordings import unit_name
from yunce.kit.numbers import Unit
from yunce.kit.wording import gettext as _

_KEEP_UNIT = {"posts_sum", "posts_max", "at_age", "growth"}


def check(entries: Sequence[Entry]) -> Iterator[str]:
    metrics = {entry.metric.code: entry.metric for entry in entries}
    for entry, tree in readable(entries):
        for problem in problems(tree, metrics, unit=entry.metric.unit):
            yield f"{entry.place} {problem}"


def problems(tree: Node, metrics: Mapping[str, Metric], *, unit: Unit) -> Iterator[str]:
    """What is wrong with the calls of a formula whose result has a unit."""
    for call in calls(tree):
        if call.function.of_posts:
            yield from _of_posts(call, metrics)
    if unit is not Unit.SCORE and any(call.name == "ln" for call in calls(tree)):
        yield _("单位请选「指数」：用了 ln 的结果没有单位")
    wanted = _unit(tree, metrics) if isinstance(tree, Call) else None
    if isinstance(tree, Call) and wanted and wanted is not unit:
        words = {"name": tree.name, "unit": unit_name(wanted)}
        yield _("单位请选「%(unit)s」：%(name)s(…) 的结果是这样的数") % words


def _of_posts(call: Call, metrics: Mapping[str, Metric]) -> Iterator[str]:
    words = {"name": call.name, "example": call.function.example}
    given = call.arguments[0]
    if any(True for _inner in calls(given)):
        yield _("%(name)s(…) 里不能再写函数，应像这样写：%(example)s") % words
    elif not isinstance(given, Code) and not (call.function.takes_sums and codes(given)):
        yield _("%(name)s(…) 里应是一个指标的代码，像这样写：%(example)s") % words
    for code in sorted(codes(given)):
        metric = metrics.get(code)
        if metric and not (metric.is_stored and metric.kind is Kind.SNAPSHOT):
            yield _(
                "%(name)s(…) 只能用平台直接给的单篇累计数，「%(metric)s」不是。"
                "应像这样写：%(example)s"
            ) % {**words, "metric": metric.name}


def _unit(call: Call, metrics: Mapping[str, Metric]) -> Unit | None:
    """The unit a function's result must have; None when it may be any."""
    if call.name == "posts_count":
        return Unit.COUNT
    given = call.arguments[0] if call.arguments else None
    metric = metrics.get(given.code) if isinstance(given, Code) else None
    return metric.unit if metric and call.name in _KEEP_UNIT else None
