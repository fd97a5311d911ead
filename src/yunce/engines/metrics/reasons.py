"""Why a value is unknown, or what to mind when reading it, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Kind
from yunce.engines.metrics.formula import (
    Call,
    Code,
    Node,
    Number,
    codes,
    evaluate,
    written,
    zero_divisor,
)
from yunce.engines.metrics.gathering import LACKING, STATE, UNDATED, UNTOLD, WAITING
from yunce.engines.metrics.telling import GONE, LOOKS_BACK, Told
from yunce.kit.wording import gettext as _

DAYS = "days()"


class Base(NamedTuple):
    """A stored metric in one group, or what a function over posts found of it."""

    value: float | None
    days: int
    told: Told = Told()


Needed = Mapping[str, Code | Call]  # by the name their rows carry
Bases = Mapping[str, Base]
NOTHING = Base(None, 0)


def why_lacking(needed: Needed, bases: Bases, catalogue: Catalogue) -> str:
    """Posts without the number a function needs make its result unknown; else nothing."""
    for name, call in needed.items():
        if isinstance(call, Call) and (posts := _posts(name, LACKING, bases)):
            return _lacking(call, posts, catalogue)
        if isinstance(call, Call) and name not in bases and (posts := _posts(name, WAITING, bases)):
            return _("%(posts)d 篇发布都还不满 %(age)d 天") % {"posts": posts, "age": _age(call)}
    return ""


def notes(needed: Needed, bases: Bases) -> str:
    """Posts that are left out of a known value."""
    return "；".join(dict.fromkeys(_left_out(needed, bases)))


def _left_out(needed: Needed, bases: Bases) -> Iterator[str]:
    for name, call in needed.items():
        if not isinstance(call, Call):
            continue
        if posts := _posts(name, WAITING, bases):
            words = {"posts": posts, "age": _age(call)}
            yield _("另有 %(posts)d 篇发布还不满 %(age)d 天，没有算进去") % words
        if posts := _posts(name, UNDATED, bases):
            yield _("另有 %(posts)d 篇不知道发布日期，没有算进去") % {"posts": posts}
        if posts := _posts(name, UNTOLD, bases):
            yield _("另有 %(posts)d 篇这段时间里还没有数，没有算进去") % {"posts": posts}


def _posts(name: str, state: str, bases: Bases) -> int:
    return int(bases.get(f"{name}{STATE}{state}", NOTHING).value or 0)


def _lacking(call: Call, posts: int, catalogue: Catalogue) -> str:
    words = {"posts": posts, "names": "、".join(_names(codes(call), catalogue))}
    match call.name:
        case "at_age":
            late = _number(call, 2)
            after = _("（最多晚 %(late)d 天）") % {"late": late} if late else ""
            words |= {"age": _age(call), "late": after}
            return (
                _("有 %(posts)d 篇没有发布后第 %(age)d 天%(late)s的「%(names)s」，不用别的日子代替")
                % words
            )
        case "growth":
            return (
                _("有 %(posts)d 篇更早发布的没有这段时间之前的「%(names)s」，不知道增长了多少")
                % words
            )
        case _:
            return _("有 %(posts)d 篇缺少「%(names)s」") % words


def _age(call: Call) -> int:
    return _number(call, 1)


def _number(call: Call, place: int) -> int:
    node = call.arguments[place]
    return int(node.value) if isinstance(node, Number) else 0


def why_unknown(tree: Node | None, needed: Needed, bases: Bases, catalogue: Catalogue) -> str:
    parts = {name: bases.get(name, NOTHING) for name in needed}
    missing = {code for name in needed if not parts[name].days for code in codes(needed[name])}
    if missing:
        names = "、".join(_names(missing, catalogue))
        return _("没有「%(names)s」的数据") % {"names": names}
    for name, base in parts.items():
        metric = catalogue.get(name)
        if metric and base.value is None and metric.kind is Kind.MEAN:
            weight = catalogue[str(metric.weight)].name
            return _("有几个「%(name)s」，但缺少「%(weight)s」来加权，不能直接平均") % {
                "name": metric.name,
                "weight": weight,
            }
    return _zero(tree, bases, catalogue)


def _zero(tree: Node | None, bases: Bases, catalogue: Catalogue) -> str:
    """Which divisor is zero; it may stand in the formula of a part."""
    pending = [tree] if tree else []
    while pending:
        node = pending.pop()
        if divisor := zero_divisor(node, lambda name: value_of(name, bases, catalogue)):
            words = {"name": written(divisor, lambda code: catalogue[code].name)}
            return _("分母「%(name)s」为 0") % words
        below = (catalogue.tree(code) for code in sorted(codes(node)))
        pending += [part for part in below if part]
    return (
        _("公式在这些数上没有结果（例如 ln 里不是正数，或大到算不出）") if tree else _("没有数据")
    )


def value_of(name: str, bases: Bases, catalogue: Catalogue) -> float | None:
    """Of a metric or of what a function found, by the name its rows carry."""
    tree = catalogue.tree(name) if name in catalogue and name not in bases else None
    if tree is None:
        return bases.get(name, NOTHING).value
    return evaluate(tree, lambda part: value_of(part, bases, catalogue))


def unevenness(needed: Needed, bases: Bases, catalogue: Catalogue) -> str:
    """The parts are known for different numbers of days."""
    days = {
        name: bases[name].days
        for name, need in needed.items()
        if isinstance(need, Code) and catalogue[name].is_expected_daily
    }
    if len({*days.values()}) < 2:
        return ""
    parts = [
        _("%(name)s %(days)d 天") % {"name": catalogue[c].name, "days": d} for c, d in days.items()
    ]
    return _("各部分有数据的天数不同：%(parts)s") % {"parts": "，".join(parts)}


def gone(needed: Needed, bases: Bases, catalogue: Catalogue) -> str:
    """Accounts a level leaves out: they had it shortly before the period and not in it."""
    left = {name: bases[name + GONE].value for name in needed if name + GONE in bases}
    told = [
        _("另有 %(count)d 个账号只在之前 %(days)d 天里有「%(name)s」，没有算进去")
        % {"count": count, "days": LOOKS_BACK, "name": catalogue[name].name}
        for name, count in left.items()
    ]
    return "；".join(told)


def _names(found: Iterable[str], catalogue: Catalogue) -> list[str]:
    return [catalogue[code].name for code in sorted(found)]
