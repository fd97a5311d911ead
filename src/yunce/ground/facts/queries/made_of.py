"""What a number is made of: its stored metrics, each with its own value or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yunce.engines.metrics import (
    AnswerRow,
    Catalogue,
    Metric,
    MetricQuery,
    MetricsError,
    formula,
    refused,
)
from yunce.ground.facts.queries import answer
from yunce.ground.facts.queries.defining import Span
from yunce.ground.teams.models import Team

Where = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class BehindPart:
    """One stored metric the number is made of."""

    metric: Metric
    value: float | None
    reason: str


def whole_and_parts(
    team: Team, metric: Metric, known: Catalogue, *, span: Span, where: Where
) -> tuple[BehindPart, tuple[BehindPart, ...]]:
    """The number and its stored metrics in the order the formula leads to them."""
    whole = _whole(team, metric, span, where)
    bases = _bases(metric, known)
    return whole, (whole,) if bases == [metric] else _parts(team, bases, known, span, where)


def _bases(metric: Metric, known: Catalogue) -> list[Metric]:
    if metric.formula is None:
        return [metric]
    named = [known[code] for code in formula.columns(metric.formula)]
    return list(dict.fromkeys(base for part in named for base in _bases(part, known)))


def _whole(team: Team, metric: Metric, span: Span, where: Where) -> BehindPart:
    try:
        found = answer(
            team,
            [metric.code],
            start=span.start,
            end=span.end,
            where=where,
            tells_accounts=True,
        )
    except MetricsError as error:
        return BehindPart(metric, None, str(error))
    return _part(metric, found.row(metric.code))


def _parts(
    team: Team, bases: Sequence[Metric], known: Catalogue, span: Span, where: Where
) -> tuple[BehindPart, ...]:
    """In one question, however many; those that may not be asked spoil no other."""
    codes = tuple(base.code for base in bases)
    try:
        asked = MetricQuery(team.pk, codes, span.start, span.end, where=where)
        reasons = {code: str(error) for code, error in refused(asked, known).items()}
        fit = [code for code in codes if code not in reasons]
        found = fit and answer(
            team,
            fit,
            start=span.start,
            end=span.end,
            where=where,
            known=known,
            tells_accounts=True,
        )
    except MetricsError as error:
        return tuple(BehindPart(base, None, str(error)) for base in bases)
    return tuple(
        BehindPart(base, None, reasons[base.code])
        if base.code in reasons or not found
        else _part(base, found.row(base.code))
        for base in bases
    )


def _part(metric: Metric, row: AnswerRow | None) -> BehindPart:
    return BehindPart(metric, row.value, row.said) if row else BehindPart(metric, None, "")
