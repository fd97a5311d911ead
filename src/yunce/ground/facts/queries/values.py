"""Values of many metrics over some days: one that cannot be worked out spoils no other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from yunce.engines.metrics import Catalogue, Metric, MetricsError, catalogue
from yunce.ground.facts.queries import answer
from yunce.ground.teams.models import Team


class Value(NamedTuple):
    value: float | None
    trouble: str  # why the store could not work it out


UNKNOWN = Value(None, "")


def values_of(
    team: Team, known: Catalogue, metrics: Iterable[Metric], *, start: date, end: date
) -> dict[str, Value]:
    """Each metric's value over the span, in one round trip; not all have one of a whole team.

    A formula of the team's that no store can work out spoils its own line alone.
    """
    asked = [metric.code for metric in metrics if known.has_total(metric.code)]
    try:
        return _answered(team, asked, start, end)
    except MetricsError:
        found = _answered(team, [code for code in asked if code in catalogue()], start, end)
        for code in asked:
            if code not in found:
                found |= _answered_or_why(team, code, start, end)
        return found


def _answered(team: Team, codes: Sequence[str], start: date, end: date) -> dict[str, Value]:
    if not codes:
        return {}
    found = answer(team, codes, start=start, end=end)
    return {code: Value(found.value(code), "") for code in codes}


def _answered_or_why(team: Team, code: str, start: date, end: date) -> dict[str, Value]:
    try:
        return _answered(team, [code], start, end)
    except MetricsError as error:
        return {code: Value(None, str(error))}
