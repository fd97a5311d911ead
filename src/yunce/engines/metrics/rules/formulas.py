"""Formulas can be read, name known metrics and never lead back to themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from yunce.engines.metrics.errors import FormulaError, did_you_mean
from yunce.engines.metrics.formula import Node, codes, columns, parse
from yunce.engines.metrics.loading import Entry
from yunce.kit.wording import gettext as _


def check(entries: Sequence[Entry]) -> Iterator[str]:
    known = {entry.metric.code for entry in entries}
    named: dict[str, frozenset[str]] = {}
    for entry in entries:
        if entry.metric.formula is None:
            continue
        try:
            named[entry.metric.code] = codes(parse(entry.metric.formula))
        except FormulaError as error:
            yield f"{entry.formula_place} {error}"
            continue
        standing = columns(entry.metric.formula)
        for code in sorted(named[entry.metric.code] - known, key=standing.__getitem__):
            yield _("%(place)s 公式第 %(column)d 个字符「%(code)s」不是指标。%(near)s") % {
                "place": entry.formula_place,
                "column": standing[code],
                "code": code,
                "near": did_you_mean(code, known),
            }
    for entry in entries:
        circle = _circle(entry.metric.code, named)
        if circle:
            yield _("%(place)s 公式绕了一圈：%(circle)s，请去掉其中一步") % {
                "place": entry.place,
                "circle": " → ".join(circle),
            }


def readable(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Node]]:
    """Those with a formula that can be read; this rule reports the others."""
    for entry in entries:
        if entry.metric.formula is not None:
            with suppress(FormulaError):
                yield entry, parse(entry.metric.formula)


def _circle(start: str, named: Mapping[str, frozenset[str]]) -> list[str]:
    """The way from a code back to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for code in sorted(named.get(way[-1], ())):
            if code == start:
                return [*way, code]
            if code not in seen:
                seen.add(code)
                ways.append([*way, code])
    return []
