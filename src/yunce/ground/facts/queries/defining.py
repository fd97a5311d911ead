"""The catalogue as people look it up, and one definition with everything known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from yunce.engines.metrics import Catalogue, Dimension, Metric, MetricsError, formula
from yunce.engines.platforms import platforms
from yunce.ground.facts.closing import closing_of
from yunce.ground.facts.models import SinceClosing
from yunce.ground.facts.picturing import Piece, drawn, spoken
from yunce.ground.facts.queries import (
    answer,
    catalogue_of,
    changed_since_closing,
    newest_days,
    versions_of,
)
from yunce.ground.facts.queries.broken import BrokenMetric, broken_metrics, complaint_about
from yunce.ground.facts.queries.catalogues import own_metrics_of
from yunce.ground.facts.queries.values import UNKNOWN, Value, values_of
from yunce.ground.facts.queries.versioning import VersionLine, version_lines
from yunce.ground.facts.rules import matches
from yunce.ground.facts.wording import DIRECTIONS, GRAINS, KINDS, kind_sentence, unit_word
from yunce.ground.teams.models import Team
from yunce.kit.months import Month

RECENT_DAYS = 30


@dataclass(frozen=True)
class Span:
    """Days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> list[date]:
        return [self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1)]


def recent_span(team: Team) -> Span:
    """The last 30 days with numbers: they end on the newest day the team has any."""
    today: date = timezone.localdate()
    end = min(max(newest_days(team).values(), default=today), today)
    return Span(end - timedelta(days=RECENT_DAYS - 1), end)


@dataclass(frozen=True)
class MetricLine:
    """One metric of the catalogue's list."""

    metric: Metric
    value: float | None  # the team's, over the recent days
    is_own: bool  # made by the team
    trouble: str = ""  # why the store could not work it out
    complaint: str = ""  # why it could not be made like this any more; it counts as ever

    @property
    def kind(self) -> str:
        return str(KINDS[self.metric.kind])

    @property
    def unit(self) -> str:
        return unit_word(self.metric)

    @property
    def direction(self) -> str:
        return str(DIRECTIONS[self.metric.direction])

    @property
    def grain(self) -> str:
        return str(GRAINS[self.metric.grain])


@dataclass(frozen=True)
class MetricGroup:
    dimension: Dimension
    lines: tuple[MetricLine, ...]


@dataclass(frozen=True)
class CatalogueList:
    """What a search found, by dimension."""

    groups: tuple[MetricGroup, ...]
    total: int  # metrics there are
    own: int  # of them made by the team
    span: Span
    broken: tuple[BrokenMetric, ...]  # and those that are in no group any more

    @property
    def found(self) -> int:
        return sum(len(group.lines) for group in self.groups)


def catalogue_list(team: Team, search: str) -> CatalogueList:
    made = own_metrics_of(team)
    known, own = made.catalogue(), {metric.code for metric in made.newest}
    span = recent_span(team)
    counting = made.catalogue(on=span.end, closing=closing_of(team, Month.of(span.end)))
    found = [metric for metric in known.values() if matches(metric, search)]
    values = values_of(team, known, found, start=span.start, end=span.end, counting=counting)
    lines = [
        MetricLine(
            each,
            value,
            each.code in own,
            trouble,
            complaint_about(each.code, known) if each.code in own else "",
        )
        for each in found
        for value, trouble in [values.get(each.code, UNKNOWN)]
    ]
    groups = (
        MetricGroup(d, tuple(line for line in lines if line.metric.dimension is d))
        for d in Dimension
    )
    kept = tuple(group for group in groups if group.lines)
    broken = broken_metrics(made.newest, known)
    return CatalogueList(kept, len(known), len(own & set(known)), span, broken)


@dataclass(frozen=True)
class Feed:
    """Where a platform's export states the metric."""

    platform: str  # key
    platform_label: str
    export_key: str
    export: str
    header: str
    is_row: bool  # the header of a row, not of a column
    where: str  # the way to the download button


def feeds_of(code: str) -> list[Feed]:
    return [
        Feed(
            platform=platform.key,
            platform_label=platform.label,
            export_key=export.key,
            export=export.label,
            header=column.header,
            is_row=column in export.names,
            where=export.where,
        )
        for platform in platforms().values()
        for export in platform.exports
        for column in export.stating
        if column.metric == code
    ]


@dataclass(frozen=True)
class Recent:
    """A team's number over the recent days."""

    span: Span
    value: float | None
    reason: str  # why there is none, or what to mind
    covered: int  # days with numbers
    points: tuple[float | None, ...]  # by day


@dataclass(frozen=True)
class Part:
    """A metric inside a formula, with its own formula below it."""

    metric: Metric
    value: float | None
    feeds: tuple[Feed, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Definition:
    """Everything the page of one metric shows."""

    line: MetricLine
    sentence: str  # how it adds up
    picture: Piece | None  # of the formula
    spoken: str
    parts: tuple[Part, ...]
    feeds: tuple[Feed, ...]
    weight: Metric | None
    inside: tuple[Metric, ...]  # the metrics whose formula names this one
    recent: Recent
    changed: list[SinceClosing]  # closed months of the recent days with other values since
    versions: tuple[VersionLine, ...]  # the newest first
    is_retired: bool

    @property
    def metric(self) -> Metric:
        return self.line.metric


def definition_of(team: Team, metric: Metric, known: Catalogue) -> Definition:
    span = recent_span(team)
    recent = recent_of(team, metric, span, known=known)
    own = list(versions_of(team, metric.code))
    is_retired = bool(own) and not own[0].formula
    complaint = complaint_about(metric.code, known) if own and not is_retired else ""
    tree = known.tree(metric.code)
    names = {code: each.name for code, each in known.items()}
    values = values_of(team, known, _below(metric, known), start=span.start, end=span.end)
    return Definition(
        line=MetricLine(metric, recent.value, bool(own), complaint=complaint),
        sentence=kind_sentence(metric, known),
        picture=drawn(tree, names) if tree else None,
        spoken=spoken(tree, names) if tree else "",
        parts=_parts(metric, known, values),
        feeds=tuple(feeds_of(metric.code)),
        weight=known[metric.weight] if metric.weight else None,
        inside=tuple(known.naming(metric.code)),
        recent=recent,
        changed=changed_since_closing(team, span.start, span.end, metrics=[metric.code]),
        versions=version_lines(metric, own),
        is_retired=is_retired,
    )


def _below(metric: Metric, known: Catalogue) -> list[Metric]:
    """Every metric of the formula and of its parts' formulas."""
    tree = known.tree(metric.code)
    named = sorted(formula.codes(tree)) if tree else []
    below = [known[code] for code in named]
    return [*below, *(deeper for part in below for deeper in _below(part, known))]


def _parts(metric: Metric, known: Catalogue, values: dict[str, Value]) -> tuple[Part, ...]:
    """In the order the formula names them."""
    named = formula.columns(metric.formula) if metric.formula else {}
    return tuple(
        Part(
            known[code],
            values.get(code, UNKNOWN).value,
            tuple(feeds_of(code)),
            _parts(known[code], known, values),
        )
        for code in named
    )


def recent_of(team: Team, metric: Metric, span: Span, *, known: Catalogue | None = None) -> Recent:
    """The number over the span and day by day; a refusal becomes the reason."""
    code = [metric.code]
    known = known or catalogue_of(team)
    try:
        whole = answer(team, code, start=span.start, end=span.end, known=known, tells_accounts=True)
    except MetricsError as error:
        return Recent(span, None, str(error), 0, ())
    row = whole.row(metric.code)
    series: dict[date, float] = {}
    if not known.is_of_period(metric.code):
        daily = answer(team, code, start=span.start, end=span.end, by=("day",), known=known)
        series = daily.series(metric.code)
    return Recent(
        span=span,
        value=row.value if row else None,
        reason=row.said if row else "",
        covered=row.covered_days if row else 0,
        points=_points(span.days, series) if series else (),
    )


def _points(days: Sequence[date], series: dict[date, float]) -> tuple[float | None, ...]:
    return tuple(series.get(day) for day in days)
