"""From the stored metrics' values to the answer: formulas, missing parts and their reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.definitions import Kind
from yunce.engines.metrics.formula import evaluate
from yunce.engines.metrics.query import Answer, AnswerRow, GroupValue, MetricQuery
from yunce.kit.wording import gettext as _


class Base(NamedTuple):
    """A stored metric in one group."""

    value: float | None
    days: int


Group = tuple[GroupValue, ...]
_NOTHING = Base(None, 0)


def answer_from(
    query: MetricQuery, catalogue: Catalogue, fetched: Iterable[Sequence[object]]
) -> Answer:
    """``fetched`` rows are what ``compiling`` says a statement's columns are."""
    found: dict[tuple[object, ...], dict[str, Base]] = {} if query.by else {(): {}}
    newest: date | None = None
    for metric, *keys, value, days, last in _counted(query, fetched):
        bases = found.setdefault(tuple(keys), {})
        code, part = str(metric), Base(_number(value), int(str(days)))
        bases[code] = _joined(bases[code], part) if code in bases else part
        if isinstance(last, date) and (newest is None or last > newest):
            newest = last
    groups = [(_group(query.by, keys), bases) for keys, bases in found.items()]
    groups.sort(key=lambda group: _sortable(group[0]))
    needs = [(code, tuple(sorted(catalogue.base_codes(code)))) for code in query.metrics]
    rows = tuple(
        _row(code, needed, group, bases, catalogue)
        for group, bases in groups
        for code, needed in needs
    )
    return Answer(query, rows, query.days, newest)


def _counted(query: MetricQuery, fetched: Iterable[Sequence[object]]) -> Iterable[Sequence[object]]:
    """Days told as bits become their number and the newest of them."""
    if not query.is_short:
        return fetched
    newest = [query.start + timedelta(days=n - 1) for n in range(query.days + 1)]
    bits = ((row, int(str(row[-1]))) for row in fetched)
    return [(*row[:-1], seen.bit_count(), newest[seen.bit_length()]) for row, seen in bits]


def _group(by: Sequence[str], keys: Sequence[object]) -> Group:
    return tuple(_key(word, key) for word, key in zip(by, keys, strict=True))


def _joined(one: Base, other: Base) -> Base:
    """A level and the days it is known for come in two rows."""
    return Base(other.value if one.value is None else one.value, max(one.days, other.days))


def _row(
    code: str, needed: Sequence[str], group: Group, bases: Mapping[str, Base], catalogue: Catalogue
) -> AnswerRow:
    if needed == (code,) and code in bases and bases[code].value is not None:
        return AnswerRow(code, group, *bases[code])  # stored and known: nothing to explain
    value = _value(code, bases, catalogue)
    parts = {base: bases.get(base, _NOTHING) for base in needed}
    covered = min(base.days for base in parts.values())
    reason = _unevenness(parts, catalogue) if value is not None else _why_unknown(parts, catalogue)
    return AnswerRow(code, group, value, covered, reason)


def _value(code: str, bases: Mapping[str, Base], catalogue: Catalogue) -> float | None:
    tree = catalogue.tree(code)
    if tree is None:
        return bases.get(code, _NOTHING).value
    return evaluate(tree, lambda part: _value(part, bases, catalogue))


def _why_unknown(needed: Mapping[str, Base], catalogue: Catalogue) -> str:
    missing = [code for code, base in needed.items() if not base.days]
    if missing:
        names = "、".join(catalogue[code].name for code in missing)
        return _("没有「%(names)s」的数据") % {"names": names}
    for code, base in needed.items():
        metric = catalogue[code]
        if base.value is None and metric.kind is Kind.MEAN:
            weight = catalogue[str(metric.weight)].name
            return _("有几个「%(name)s」，但缺少「%(weight)s」来加权，不能直接平均") % {
                "name": metric.name,
                "weight": weight,
            }
    return _("分母为 0")


def _unevenness(needed: Mapping[str, Base], catalogue: Catalogue) -> str:
    if len({base.days for base in needed.values()}) == 1:
        return ""
    parts = [
        _("%(name)s %(days)d 天") % {"name": catalogue[code].name, "days": base.days}
        for code, base in needed.items()
    ]
    return _("各部分有数据的天数不同：%(parts)s") % {"parts": "，".join(parts)}


def _number(value: object) -> float | None:
    return None if value is None else float(str(value)) if not isinstance(value, float) else value


def _key(word: str, key: object) -> GroupValue:
    if isinstance(key, date):
        return _WRITTEN.get(word, _day)(key)
    if word == "age":
        return int(str(key)) if key != "" else ""
    return key if isinstance(key, int) else str(key)


def _day(key: date) -> GroupValue:
    return date(key.year, key.month, key.day)


_WRITTEN: Mapping[str, Callable[[date], GroupValue]] = {
    "month": lambda key: f"{key:%Y-%m}",
    "week": lambda key: f"{key:%G-W%V}",
}


def _sortable(group: Group) -> tuple[tuple[bool, str | int], ...]:
    written = (key.isoformat() if isinstance(key, date) else key for key in group)
    return tuple((isinstance(key, int), key) for key in written)
