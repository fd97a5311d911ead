"""One metric's definition: how it is counted, what states it, how it was counted before."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Router, Schema

from yunce.engines.metrics import Catalogue, Metric, catalogue
from yunce.ground.facts.queries.defining import Recent, definition_of, feeds_of
from yunce.ground.facts.queries.versioning import VersionLine, catalogue_with, version_lines
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.metrics import MetricOut
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["metrics"])


class FeedOut(Schema):
    """A column, or a named row, of a platform's export that states the metric."""

    platform: str
    export: str
    header: str


class VersionOut(Schema):
    """Of a team's own metric who kept it and when; of a built-in one why it was changed."""

    version: int
    name: str
    formula: str  # empty: stored as facts, or retired
    meaning: str
    effective: date  # from this day on
    created_by: str
    created_at: datetime | None
    why: str
    is_retirement: bool  # from its day on the team has no such metric


class MetricDetailOut(MetricOut):
    grain: str
    source: str
    effective: date  # from this day on
    weight: str | None  # the metric a stored mean is weighted by
    stored: list[str]  # the stored metrics everything is computed from
    feeds: list[FeedOut]
    versions: list[VersionOut]  # newest first


class RecentOut(Schema):
    """The team's number over the last 30 days with any."""

    start: date
    end: date
    value: float | None
    reason: str
    covered_days: int
    points: list[float | None]  # by day; empty where single days have no number


class TeamMetricDetailOut(MetricDetailOut):
    is_own: bool  # made by the team
    is_retired: bool  # and there is none any more; it is told as it was last counted
    complaint: str  # why it could not be made like this any more; it counts as ever
    sentence: str  # how it adds up
    inside: list[str]  # metrics whose formula names this one
    recent: RecentOut


@router.get("/metrics/{code}", response=MetricDetailOut, operation_id="get_metric")
def get_metric(request: SignedInRequest, code: str) -> object:
    """One defined metric: how it is counted and which exports state it."""
    metric = catalogue().metric(code)
    versions = version_lines(metric, ())
    return {**_detail(metric, catalogue()), "versions": [_version(each) for each in versions]}


@router.get(
    "/teams/{slug}/metrics/{code}", response=TeamMetricDetailOut, operation_id="get_team_metric"
)
def get_team_metric(request: SignedInRequest, slug: str, code: str) -> object:
    """One metric of the team's catalogue, a retired one too."""
    return team_metric(access_for(request.auth, slug, Capability.SEE_ALL).team, code)


def team_metric(team: Team, code: str) -> dict[str, object]:
    known = catalogue_with(team, code)
    found = definition_of(team, known.metric(code), known)
    return {
        **_detail(found.metric, known),
        "versions": [_version(each) for each in found.versions],
        "is_own": found.line.is_own,
        "is_retired": found.is_retired,
        "complaint": found.line.complaint,
        "sentence": found.sentence,
        "inside": [each.code for each in found.inside],
        "recent": recent_answer(found.recent),
    }


def recent_answer(recent: Recent) -> dict[str, object]:
    return {
        "start": recent.span.start,
        "end": recent.span.end,
        "value": recent.value,
        "reason": recent.reason,
        "covered_days": recent.covered,
        "points": list(recent.points),
    }


def _detail(metric: Metric, known: Catalogue) -> dict[str, object]:
    names = (*MetricOut.model_fields, "grain", "source", "effective", "weight")
    return {
        **{name: getattr(metric, name) for name in names},
        "stored": sorted(known.base_codes(metric.code)),
        "feeds": [
            {"platform": feed.platform, "export": feed.export_key, "header": feed.header}
            for feed in feeds_of(metric.code)
        ],
    }


def _version(line: VersionLine) -> dict[str, object]:
    return {
        "version": line.version,
        "name": line.name,
        "formula": line.formula,
        "meaning": line.meaning,
        "effective": line.effective,
        "created_by": line.by,
        "created_at": line.at,
        "why": line.why,
        "is_retirement": line.is_retirement,
    }
