"""From what the store found to the answer: formulas worked out, unknown values with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import isfinite

from yunce.engines.metrics import reasons, sharing
from yunce.engines.metrics.cataloguing import Catalogue
from yunce.engines.metrics.formula import written
from yunce.engines.metrics.query import Answer, AnswerRow, GroupValue, MetricQuery
from yunce.engines.metrics.reasons import DAYS, NOTHING, Base, Needed
from yunce.engines.metrics.telling import GONE, Told
from yunce.engines.metrics.wholes import Sharing, states

Group = tuple[GroupValue, ...]
Keys = tuple[object, ...]  # a group's, as the store gave them
Shares = Mapping[tuple[str, Keys], Sequence[Sharing]]  # by formula and group


@dataclass(frozen=True)
class Found:
    """What a store found for a question, formulas not yet worked out."""

    query: MetricQuery
    catalogue: Catalogue
    groups: Mapping[Keys, Mapping[str, Base]]
    newest: date | None

    @cached_property
    def needs(self) -> dict[str, Needed]:
        return {code: _needed(code, self.catalogue) for code in self.query.metrics}

    @cached_property
    def compared(self) -> dict[str, list[str]]:
        """Of formulas whose parts must be known for the same accounts and days, the parts."""
        compared = {code: self.catalogue.compared(code) for code in self.query.metrics}
        return {code: sorted(bases) for code, bases in compared.items() if bases}

    def is_uneven(self, code: str, keys: Keys) -> bool:
        bases = self.compared.get(code)
        return bases is not None and sharing.is_uneven(
            code, bases, self.groups[keys], self.catalogue
        )

    def uneven(self) -> tuple[str, ...]:
        """Formulas to be asked for once more: uneven in some group, and more than a sum."""
        return tuple(
            code
            for code in self.compared
            if not self.catalogue.is_sum(code)
            and any(self.is_uneven(code, keys) for keys in self.groups)
        )


def found_in(
    query: MetricQuery, catalogue: Catalogue, fetched: Iterable[Sequence[object]]
) -> Found:
    """``fetched`` rows are what ``compiling`` says a statement's columns are."""
    found: dict[Keys, dict[str, Base]] = {} if query.by else {(): {}}
    newest: date | None = None
    for code, keys, part, last in _counted(query, fetched):
        bases = found.setdefault(keys, {})
        bases[code] = _joined(bases[code], part) if code in bases else part
        if part.days and isinstance(last, date) and (newest is None or last > newest):
            newest = last
    for keys in [each for each, bases in found.items() if each and _are_gone(bases)]:
        del found[keys]
    for bases in found.values():
        bases[DAYS] = Base(float(query.days), query.days)
    return Found(query, catalogue, found, newest)


def _are_gone(bases: Iterable[str]) -> bool:
    """Nobody in the group has anything in the period."""
    return all(name.endswith(GONE) for name in bases)


def shares_in(
    query: MetricQuery, catalogue: Catalogue, fetched: Iterable[Sequence[object]]
) -> Shares:
    """``fetched`` rows are what ``wholes`` says a branch's columns are."""
    found: dict[tuple[str, Keys], list[Sharing]] = {}
    split = 1 + len(query.by)
    for row in fetched:
        bases = sorted(catalogue.compared(str(row[0])))
        pattern, accounts, days, *values = row[split:]
        shared = int(str(days or 0))
        found.setdefault((str(row[0]), tuple(row[1:split])), []).append(
            Sharing(
                states(int(str(pattern)), len(bases)),
                int(str(accounts)),
                shared.bit_count() if query.is_short else shared,
                dict(zip(bases, map(_number, values), strict=False)),
            )
        )
    return found


def answer_from(found: Found, shares: Shares) -> Answer:
    """``shares``: of the formulas that are ``uneven``."""
    groups = [(_group(found.query.by, keys), keys) for keys in found.groups]
    groups.sort(key=lambda group: _sortable(group[0]))
    rows = tuple(
        _row(found, code, group, keys, shares.get((code, keys), ()))
        for group, keys in groups
        for code in found.query.metrics
    )
    return Answer(found.query, rows, found.query.days, found.newest)


_UNTOLD = Told()


def _counted(
    query: MetricQuery, fetched: Iterable[Sequence[object]]
) -> Iterator[tuple[str, Keys, Base, object]]:
    """Each row's metric, group, what it says and its newest day; days may be told as bits."""
    newest = [query.start + timedelta(days=n - 1) for n in range(query.days + 1)]
    split = 2 + len(query.by)
    width = split + (1 if query.is_short else 2)
    for row in fetched:
        days, last = int(str(row[split] or 0)), row[width - 1]
        if query.is_short:
            days, last = days.bit_count(), newest[days.bit_length()]
        told = Told(*(int(str(mark)) for mark in row[width:])) if len(row) > width else _UNTOLD
        base = Base(_number(row[split - 1]), days, told)
        yield str(row[0]), tuple(row[1 : split - 1]), base, last


def _needed(code: str, catalogue: Catalogue) -> Needed:
    """What the value needs, by the name its rows carry."""
    needs = {written(need): need for need in catalogue.needs(code)}
    return {name: needs[name] for name in sorted(needs) if name != DAYS}


def _group(by: Sequence[str], keys: Sequence[object]) -> Group:
    return tuple(_key(word, key) for word, key in zip(by, keys, strict=True))


def _joined(one: Base, other: Base) -> Base:
    """A level, the days it is known for and who is behind it come in rows of their own."""
    return Base(
        other.value if one.value is None else one.value,
        max(one.days, other.days),
        max(one.told, other.told),
    )


def _row(found: Found, code: str, group: Group, keys: Keys, shares: Sequence[Sharing]) -> AnswerRow:
    bases, needed, catalogue = found.groups[keys], found.needs[code], found.catalogue
    if code in needed and code in bases and bases[code].value is not None:
        base, mind = bases[code], reasons.gone(needed, bases, catalogue)
        told = base.told
        return AnswerRow(code, group, base.value, base.days, mind, told.accounts, told.least)
    covering = [name for name in needed if not _is_booked(name, catalogue)] or list(needed)
    told = sharing.told_together(bases.get(name, NOTHING).told for name in covering)
    is_uneven = found.is_uneven(code, keys)
    if is_uneven and (row := sharing.row(code, group, needed, bases, shares, catalogue)):
        return row
    covered = min(bases.get(name, NOTHING).days for name in covering)
    lacking = reasons.why_lacking(needed, bases, catalogue)
    value = None if lacking else reasons.value_of(code, bases, catalogue)
    if value is None:
        why = lacking or reasons.why_unknown(catalogue.tree(code), needed, bases, catalogue)
        return AnswerRow(code, group, None, covered, why)
    minds = (
        reasons.notes(needed, bases) or reasons.unevenness(needed, bases, catalogue),
        reasons.gone(needed, bases, catalogue),
    )
    mind = "；".join(filter(None, minds))
    return AnswerRow(code, group, value, covered, mind, told.accounts, told.least)


def _is_booked(name: str, catalogue: Catalogue) -> bool:
    return name in catalogue and catalogue[name].is_booked


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
