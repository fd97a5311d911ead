"""What kind of number each part of a formula is, and in which unit; what cannot be added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from yunce.engines.metrics.definitions import AMOUNTS, Kind, Metric
from yunce.engines.metrics.trees import Call, Code, Node, Number, Operation, is_zero, written
from yunce.engines.metrics.wordings import in_time, unit_name
from yunce.kit.numbers import Unit
from yunce.kit.wording import gettext as _

# Beside the units: what has none of its own.
NUMBER = "number"  # a constant, which fits anything
PURE = "pure"  # a share or an index: one amount over another of its unit
OTHER = "other"  # yuan a second and the like, which nobody can say more of
_PLAIN = (NUMBER, PURE, Unit.COUNT, Unit.PERCENT, Unit.SCORE)  # a thing per one of them keeps unit
_WITH_PURE = (Unit.COUNT, Unit.PERCENT, Unit.SCORE)


class Sort(NamedTuple):
    """A part of a formula as far as adding it up goes."""

    kind: Kind | None  # None: a constant
    unit: str
    name: str = ""  # of the metric that gives it both


_CONSTANT = Sort(None, NUMBER)
_UNKNOWN = Sort(Kind.RATIO, OTHER)


def clashes(node: Node, metrics: Mapping[str, Metric]) -> Iterator[str]:
    """Every addition of what cannot be added, and every division by zero; without a full stop."""
    match node:
        case Operation(sign, left, right):
            yield from clashes(left, metrics)
            yield from clashes(right, metrics)
            if sign == "/" and is_zero(right):
                names = written(right, lambda code: metrics[code].name if code in metrics else code)
                yield _("公式里除以了 0：分母「%(names)s」总是 0，请换一个分母") % {"names": names}
            if sign in "+-" and (why := _why_apart(sign, *_sides(node, metrics))):
                yield why
        case Call(_, arguments):
            for argument in arguments:
                yield from clashes(argument, metrics)


def sort_of(node: Node, metrics: Mapping[str, Metric]) -> Sort:
    """Bottom up; of an addition that clashes the left side's."""
    match node:
        case Number():
            return _CONSTANT
        case Code(code):
            return _stated(metrics.get(code))
        case Operation("+" | "-"):
            return _sum(*_sides(node, metrics))
        case Operation("*"):
            return _product(*_sides(node, metrics))
        case Operation():
            return _quotient(*_sides(node, metrics))
        case Call():
            return _called(node, metrics)


def _sides(node: Operation, metrics: Mapping[str, Metric]) -> tuple[Sort, Sort]:
    return sort_of(node.left, metrics), sort_of(node.right, metrics)


def _stated(metric: Metric | None) -> Sort:
    if metric is None:
        return _UNKNOWN
    kind = metric.kind if metric.kind in AMOUNTS else Kind.RATIO
    return Sort(kind, metric.unit, metric.name)


def _sum(left: Sort, right: Sort) -> Sort:
    if left.kind is None:
        return right
    if right.kind is None or left.kind == right.kind:
        unit = right.unit if left.unit == PURE and right.kind is not None else left.unit
        return left._replace(unit=unit)
    return left if {left.kind, right.kind} <= AMOUNTS else left._replace(kind=Kind.RATIO)


def _product(left: Sort, right: Sort) -> Sort:
    if left.kind is None or right.kind is None:
        return right if left.kind is None else left
    amounts = [side for side in (left, right) if side.unit not in _PLAIN]
    if len(amounts) == 2:
        return Sort(Kind.RATIO, OTHER, left.name)
    counts = [side for side in (left, right) if side.unit == Unit.COUNT]
    main = next(iter(amounts or counts), left)
    return Sort(Kind.RATIO, main.unit, main.name)


def _quotient(left: Sort, right: Sort) -> Sort:
    if right.kind is None:
        return left
    name = left.name or right.name
    if left.unit == right.unit and left.unit != OTHER:
        return Sort(Kind.RATIO, PURE, name)
    if right.unit not in _PLAIN:
        return Sort(Kind.RATIO, OTHER, name)
    return Sort(Kind.RATIO, PURE if left.kind is None else left.unit, name)


def _called(call: Call, metrics: Mapping[str, Metric]) -> Sort:
    if not call.arguments:
        return _CONSTANT  # days()
    given = sort_of(call.arguments[0], metrics)
    if call.function.apply is None:
        unit = Unit.COUNT if call.name == "posts_count" else given.unit
        return Sort(call.function.kind, unit, given.name)
    if call.name == "square":
        return _product(given, given)._replace(kind=given.kind and Kind.RATIO)
    return Sort(given.kind and Kind.RATIO, PURE, given.name)


def _why_apart(sign: str, left: Sort, right: Sort) -> str:
    if left.kind is None or right.kind is None:
        return ""
    words = {"one": left.name, "other": right.name}
    if left.kind is Kind.DISTINCT and right.kind is Kind.DISTINCT:
        return (
            _("「%(one)s」和「%(other)s」按人去重，相加会把同一个人算多次：请改用按次数计的指标")
            % words
        )
    if not _same_in_time(sign, left.kind, right.kind):
        words |= {"first": in_time(left.kind), "second": in_time(right.kind)}
        return (
            _(
                "「%(one)s」和「%(other)s」随时间的算法不同（前者%(first)s，后者%(second)s），"
                "不能相加减：请换成算法相同的指标，或改成相除"
            )
            % words
        )
    if not _same_unit(left.unit, right.unit):
        words |= {"first": unit_words(left.unit), "second": unit_words(right.unit)}
        return (
            _(
                "「%(one)s」和「%(other)s」单位不同，不能相加减（前者是%(first)s，"
                "后者是%(second)s）：请换成单位相同的指标，或改成相除"
            )
            % words
        )
    return ""


def unit_words(unit: str) -> str:
    """Of a part of a formula."""
    return unit_name(Unit(unit)) if unit in set(Unit) else _("没有单位的比值")


def _same_in_time(sign: str, left: Kind, right: Kind) -> bool:
    if left == right or not {left, right} <= AMOUNTS:
        return True
    # A level less what came in over the period is the level at its beginning.
    return sign == "-" and (left, right) == (Kind.STOCK, Kind.FLOW)


def _same_unit(left: str, right: str) -> bool:
    if left == right or OTHER in (left, right):
        return True
    return PURE in (left, right) and (left in _WITH_PURE or right in _WITH_PURE)
