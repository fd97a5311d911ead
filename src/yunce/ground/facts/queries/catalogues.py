"""The metrics a team counts by: the built-in ones and its own, now or as of a day."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yunce.engines.metrics import Catalogue, MetricsError, Proposal, catalogue, proposed
from yunce.ground.facts.closing import closing_of, closings_of
from yunce.ground.facts.models import MonthClosing, TeamMetric
from yunce.ground.teams.models import Team
from yunce.kit.months import Month

logger = logging.getLogger(__name__)


def catalogue_of(team: Team, *, on: date | None = None) -> Catalogue:
    """The built-in metrics and the team's own, as they are (or were on a day).

    A closed month keeps the versions it was closed with.
    """
    closing = closing_of(team, Month.of(on)) if on else None
    return own_metrics_of(team).catalogue(on=on, closing=closing)


def catalogues_of(team: Team, months: Iterable[Month]) -> dict[Month, Catalogue]:
    """Of each month the metrics as it counts them, in two queries for all of them."""
    closings = {closing.of_month: closing for closing in closings_of(team)}
    own = own_metrics_of(team)
    return {month: own.catalogue(on=month.last, closing=closings.get(month)) for month in months}


def catalogue_for(
    team: Team, metrics: Sequence[str], day: date, closing: MonthClosing | None
) -> Catalogue:
    """Only who asks for a metric of the team's own waits until those are looked up."""
    built_in = _built_in(day, closing)
    if all(code in built_in for code in metrics):
        return built_in
    return own_metrics_of(team).catalogue(on=day, closing=closing)


@dataclass(frozen=True)
class OwnMetrics:
    """Every version of the metrics a team made, read once."""

    versions: tuple[TeamMetric, ...]  # of each metric the oldest first

    @property
    def newest(self) -> list[TeamMetric]:
        """Of each metric, by code."""
        return _counting(self.versions, None, None)

    def catalogue(
        self, *, on: date | None = None, closing: MonthClosing | None = None
    ) -> Catalogue:
        """With the built-in ones, as they are; or were on a day whose month has this closing."""
        return _with_own(_built_in(on, closing), _counting(self.versions, on, closing))


def own_metrics_of(team: Team) -> OwnMetrics:
    return OwnMetrics(tuple(TeamMetric.objects.filter(team=team).order_by("code", "version")))


def _built_in(day: date | None, closing: MonthClosing | None) -> Catalogue:
    if day is None:
        return catalogue()
    found = catalogue().on(day)
    if closing is None or found.versions == closing.definitions:
        return found
    kept = {code: v for code, v in closing.definitions.items() if code in found}
    return catalogue().at({**found.versions, **kept})


def _with_own(built_in: Catalogue, own: Iterable[TeamMetric]) -> Catalogue:
    proposals = tuple(metric.proposal for metric in own)
    return _together(built_in, proposals) if proposals else built_in


def team_metrics(team: Team) -> list[TeamMetric]:
    """The newest version of each metric the team made, by code."""
    return own_metrics_of(team).newest


def versions_of(team: Team, code: str) -> QuerySet[TeamMetric]:
    """Every version of a team's metric, newest first."""
    versions = TeamMetric.objects.filter(team=team, code=code).select_related("created_by")
    return versions.order_by("-version")


def _counting(
    versions: Iterable[TeamMetric], day: date | None, closing: MonthClosing | None
) -> list[TeamMetric]:
    """Of each metric the version in effect on a day, or the one a month was closed with.

    Before its first version took effect a metric is counted by that first one.
    """
    kept = closing.definitions if closing else {}
    chosen: dict[str, TeamMetric] = {}
    for metric in versions:
        counts = day is None or metric.effective <= day
        if metric.code in kept:
            counts = metric.version <= kept[metric.code]
        if metric.code not in chosen or counts:
            chosen[metric.code] = metric
    return list(chosen.values())


@lru_cache(maxsize=256)
def _together(built_in: Catalogue, proposals: tuple[Proposal, ...]) -> Catalogue:
    """One metric may name another; those that no longer fit the built-in ones are left out."""
    # A version without a formula says that the metric is retired.
    known, waiting = built_in, [each for each in proposals if each.formula]
    while waiting:
        left = []
        for proposal in waiting:
            try:
                known = known.extended([proposed(_apart(proposal, known), known)])
            except MetricsError:
                left.append(proposal)
        if len(left) == len(waiting):
            logger.warning("team metrics left out: %s", ", ".join(each.code for each in left))
            break
        waiting = left
    return known


def _apart(proposal: Proposal, known: Catalogue) -> Proposal:
    """A later program's own metric may have taken the name; the team's stays, told apart."""
    others = (each for each in known.values() if each.code != proposal.code)
    if all(proposal.name not in (each.name, each.name_en) for each in others):
        return proposal
    return replace(proposal, name=_("%(name)s（自定）") % {"name": proposal.name})
