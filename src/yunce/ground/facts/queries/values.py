"""Values of many metrics over some days: one that cannot be worked out spoils no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
    team: Team,
    known: Catalogue,
    metrics: Iterable[Metric],
    *,
    start: date,
    end: date,
    counting: Catalogue | None = None,
) -> dict[str, Value]:
    """Each metric's value over the span, in one round trip; not all have one of a whole team.

    A formula of the team's that no store can work out spoils its own line alone.
    ``counting``: the metrics as of the end, for who has them already.
    """
    asked = [metric.code for metric in metrics if known.has_total(metric.code)]

    def answered(codes: Sequence[str]) -> dict[str, Value]:
        if not codes:
            return {}
        found = answer(team, codes, start=start, end=end, known=counting)
        return {code: Value(found.value(code), "") for code in codes}

    try:
        return answered(asked)
    except MetricsError:
        found = answered([code for code in asked if code in catalogue()])
        for code in asked:
            if code not in found:
                found |= _or_why(answered, code)
        return found


def _or_why(answered: Callable[[Sequence[str]], dict[str, Value]], code: str) -> dict[str, Value]:
    try:
        return answered([code])
    except MetricsError as error:
        return {code: Value(None, str(error))}
