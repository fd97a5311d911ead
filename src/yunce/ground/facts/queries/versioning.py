"""The ways a metric is or was counted; one that is retired is still known as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from yunce.engines.metrics import Catalogue, Metric, MetricsError, Version, proposed
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import catalogue_of, versions_of
from yunce.ground.teams.models import Team


@dataclass(frozen=True)
class VersionLine:
    """One way the metric is or was counted."""

    version: int
    effective: date
    name: str
    formula: str  # empty: stored, or retired
    meaning: str
    by: str = ""  # who kept a team's own
    at: datetime | None = None  # and when
    why: str = ""  # of a built-in one: why it was changed into the next
    is_retirement: bool = False

    @property
    def note(self) -> str:
        if self.at is None:
            return self.why
        return f"{self.by or '—'} · {timezone.localtime(self.at):%Y/%-m/%-d %H:%M}"


def version_lines(metric: Metric, own: Iterable[TeamMetric]) -> tuple[VersionLine, ...]:
    """Of a team's metric its rows, of a built-in one what the catalogue remembers."""
    lines = tuple(_own(each) for each in own)
    return lines or (
        _built_in(metric, metric),
        *(_built_in(metric, each, why=each.why) for each in reversed(metric.history)),
    )


def _own(version: TeamMetric) -> VersionLine:
    return VersionLine(
        version.version,
        version.effective,
        version.name,
        version.formula,
        version.meaning,
        by=version.created_by.name if version.created_by else "",
        at=version.created_at,
        is_retirement=not version.formula,
    )


def _built_in(metric: Metric, version: Metric | Version, *, why: str = "") -> VersionLine:
    return VersionLine(
        version.version,
        version.effective,
        metric.name,
        version.formula or "",
        version.meaning,
        why=why,
    )


def catalogue_with(team: Team, code: str, *, on: date | None = None) -> Catalogue:
    """The team's catalogue (of a day), with the metric asked for even when it is retired."""
    known = catalogue_of(team, on=on)
    return known if code in known else _with_retired(team, code, known)


def _with_retired(team: Team, code: str, known: Catalogue) -> Catalogue:
    """As it was last counted, where there was one."""
    last = versions_of(team, code).exclude(formula="").first()
    if last is None:
        return known
    try:
        return known.extended([proposed(last.proposal, known)])
    except MetricsError:
        return known
