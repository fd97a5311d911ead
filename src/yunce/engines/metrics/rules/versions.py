"""Versions follow one another: numbered from 1 without a gap, each from a later day on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from yunce.engines.metrics.loading import Entry
from yunce.engines.metrics.rules import adding, formulas
from yunce.kit.wording import gettext as _

Check = Callable[[Sequence[Entry]], Iterator[str]]


def check(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        metric, place = entry.metric, entry.place
        if not metric.history:
            continue
        words = {"place": place, "code": metric.code, "version": metric.version}
        numbers = [*(past.version for past in metric.history), metric.version]
        if numbers != list(range(1, metric.version + 1)):
            yield (
                _("%(place)s 「%(code)s」是第 %(version)d 版，history 要从第 1 版起逐版写全")
                % words
            )
        days = [*(past.effective for past in metric.history), metric.effective]
        if any(earlier >= later for earlier, later in pairwise(days)):
            yield _("%(place)s 「%(code)s」的每一版都要比上一版晚起用") % words
        if any((past.formula is None) != metric.is_stored for past in metric.history):
            yield _("%(place)s 「%(code)s」不能从直接记录改成公式，或反过来：请另取代码") % words
    for rule in (formulas.check, adding.check):
        yield from found_before(entries, rule)


def found_before(entries: Sequence[Entry], check: Check) -> Iterator[str]:
    """What a rule finds in formulas that once counted."""
    for entry in entries:
        for past in entry.metric.history:
            yield from _found_then(entry, past.version, entries, check)


def _found_then(
    entry: Entry, version: int, entries: Sequence[Entry], check: Check
) -> Iterator[str]:
    then = entry.metric.at(version)
    if then is None or then.formula == entry.metric.formula:
        return
    as_then = replace(entry, metric=then, own_formula=None)
    were = [as_then if each is entry else each for each in entries]
    words = {"version": version}
    for issue in check(were):
        place, _space, what = issue.partition(" ")
        if place == str(entry.place):
            yield f"{place} " + _("第 %(version)d 版") % words + what
