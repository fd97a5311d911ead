"""From what the store found to the answer: formulas worked out, unknown values with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import isfinite

from yunce.engines.metrics import reasons
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.formula import written
from yunce.engines.metrics.query import Answer, AnswerRow, GroupValue, MetricQuery
from yunce.engines.metrics.reasons import DAYS, NOTHING, Base, Needed

Group = tuple[GroupValue, ...]


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
    needs = [(code, _needed(code, catalogue)) for code in query.metrics]
    for _group_of, bases in groups:
        bases[DAYS] = Base(float(query.days), query.days)
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


def _needed(code: str, catalogue: Catalogue) -> Needed:
    """What the value needs, by the name its rows carry."""
    needs = {written(need): need for need in catalogue.needs(code)}
    return {name: needs[name] for name in sorted(needs) if name != DAYS}


def _group(by: Sequence[str], keys: Sequence[object]) -> Group:
    return tuple(_key(word, key) for word, key in zip(by, keys, strict=True))


def _joined(one: Base, other: Base) -> Base:
    """A level and the days it is known for come in two rows."""
    return Base(other.value if one.value is None else one.value, max(one.days, other.days))


def _row(
    code: str, needed: Needed, group: Group, bases: Mapping[str, Base], catalogue: Catalogue
) -> AnswerRow:
    if code in needed and code in bases and bases[code].value is not None:
        return AnswerRow(code, group, *bases[code])  # stored and known: nothing to explain
    covered = min(bases.get(name, NOTHING).days for name in needed)
    lacking = reasons.why_lacking(needed, bases, catalogue)
    value = None if lacking else reasons.value_of(code, bases, catalogue)
    if value is None:
        why = lacking or reasons.why_unknown(catalogue.tree(code), needed, bases, catalogue)
        return AnswerRow(code, group, None, covered, why)
    mind = reasons.notes(needed, bases) or reasons.unevenness(needed, bases, catalogue)
    return AnswerRow(code, group, value, covered, mind)


def _number(value: object) -> float | None:
    if value is None:
        return None
    number = value if isinstance(value, float) else float(str(value))
    return number if isfinite(number) else None


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
