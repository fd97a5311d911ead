"""What a metric is made of when its change is explained: a sum, or one sum over another."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yunce.engines.metrics import Catalogue, Kind, Metric, QueryError
from yunce.engines.metrics.formula import Code, Node, Number, Operation, codes, is_linear

ADDED = (Kind.FLOW, Kind.STOCK, Kind.SNAPSHOT)


@dataclass(frozen=True)
class Terms:
    """Sums over days and accounts; without a denominator the metric is one itself."""

    num: Node
    den: Node | None = None


def terms_of(known: Catalogue, code: str) -> Terms:
    """QueryError for a metric whose parts do not add up to it."""
    metric = known.metric(code)
    tree = known.tree(code)
    if known.has_total(code) and metric.kind in ADDED:
        return Terms(Code(code))
    if metric.kind is Kind.MEAN and metric.weight:
        return Terms(Operation("*", Code(code), Code(metric.weight)), Code(metric.weight))
    if known.has_total(code) and tree is not None and not known.is_of_period(code):
        found = _split(tree)
        if found and found.den and _adds(found.num, known) and _adds(found.den, known):
            return found
    raise _unfit(metric)


def _split(tree: Node) -> Terms | None:
    """a / b, also times a plain number on either side."""
    match tree:
        case Operation("/", num, den):
            return Terms(num, den)
        case Operation("*", inside, Number() as factor) | Operation(
            "*", Number() as factor, inside
        ):
            found = _split(inside)
            return found and Terms(Operation("*", found.num, factor), found.den)
        case _:
            return None


def _adds(node: Node, known: Catalogue) -> bool:
    return is_linear(node) and all(known[code].kind in ADDED for code in codes(node))


def _unfit(metric: Metric) -> QueryError:
    if metric.kind is Kind.DISTINCT:
        told = _("「%(name)s」按人去重，各部分加起来不等于合计，无法拆解。请改用按次数计的指标。")
    else:
        told = _("「%(name)s」不是相加的数，也不是两个相加的数之比，无法按部分拆解。")
    return QueryError(told % {"name": metric.name})
