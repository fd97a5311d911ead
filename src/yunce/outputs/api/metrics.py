"""The metric catalogue, and asking for values."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router, Schema

from yunce.engines.metrics import Catalogue, Metric, catalogue
from yunce.engines.platforms import platforms
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import catalogue_of, versions_of
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.metric_answers import asked, words_of
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["metrics"])


class MetricOut(Schema):
    code: str
    name: str
    name_en: str
    dimension: str
    kind: str  # flow · stock · distinct · ratio · mean · snapshot: how it adds up
    unit: str
    direction: str
    formula: str | None  # over other codes; null: stored as facts
    meaning: str
    version: int


class FeedOut(Schema):
    """A column of a platform's export that states the metric."""

    platform: str
    export: str
    header: str


class MetricDetailOut(MetricOut):
    grain: str
    source: str
    effective: date  # from this day on
    weight: str | None  # the metric a stored mean is weighted by
    stored: list[str]  # the stored metrics everything is computed from
    feeds: list[FeedOut]


class VersionOut(Schema):
    version: int
    name: str
    formula: str
    meaning: str
    effective: date
    created_by: str

    @staticmethod
    def resolve_created_by(version: TeamMetric) -> str:
        return version.created_by.name if version.created_by else ""


class TeamMetricDetailOut(MetricDetailOut):
    versions: list[VersionOut]  # of a metric the team made, newest first; else empty


@router.get("/metrics", response=list[MetricOut], operation_id="list_metrics")
def list_metrics(request: SignedInRequest) -> object:
    """Every defined metric."""
    return [*catalogue().values()]


@router.get("/metrics/{code}", response=MetricDetailOut, operation_id="get_metric")
def get_metric(request: SignedInRequest, code: str) -> object:
    """One defined metric: how it is counted and which exports state it."""
    return _detail(catalogue().metric(code), catalogue())


@router.get("/teams/{slug}/metrics", response=list[MetricOut], operation_id="list_team_metrics")
def list_team_metrics(request: SignedInRequest, slug: str) -> object:
    """Every defined metric, the ones the team made among them."""
    return [*catalogue_of(access_for(request.auth, slug, Capability.SEE_ALL).team).values()]


@router.get(
    "/teams/{slug}/metrics/{code}", response=TeamMetricDetailOut, operation_id="get_team_metric"
)
def get_team_metric(request: SignedInRequest, slug: str, code: str) -> object:
    """One metric of the team's catalogue, with the versions of one the team made."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    known = catalogue_of(team)
    versions = versions_of(team, code).select_related("created_by")
    return {**_detail(known.metric(code), known), "versions": list(versions)}


@router.get("/teams/{slug}/query", response=dict[str, object], operation_id="query_metrics")
def query(
    request: SignedInRequest,
    slug: str,
    metric: Annotated[list[str], Query()],
    start: Annotated[date, Query(alias="from")],
    end: Annotated[date, Query(alias="to")],
    by: Annotated[str, Query()] = "",
    where: Annotated[list[str] | None, Query()] = None,
    compare: Annotated[str, Query()] = "",
) -> object:
    """Values of metrics (`metric=reads&metric=likes`) for a period.

    `by` splits them: `day,week,month,weekday,platform,account,owner,group,post,segment,form,
    series,topic,author,original,age`. `where=platform=douyin` narrows by the same names; repeated
    for one name it means any of them. `compare=previous` or `compare=last_year` adds each value of
    that period as `before`, `compare=plan` what the goals of whole months ask for. Null is
    unknown, never 0, and `reason` says why; `covered_days` of `days` have data. `closed` names the
    months that are told by the numbers of their closing.
    """
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return asked(
        team,
        metric,
        start=start,
        end=end,
        by=words_of(by),
        where=where or (),
        compare=compare,
    )


def _detail(metric: Metric, known: Catalogue) -> dict[str, object]:
    names = (*MetricOut.model_fields, "grain", "source", "effective", "weight")
    return {
        **{name: getattr(metric, name) for name in names},
        "stored": sorted(known.base_codes(metric.code)),
        "feeds": _feeds(metric.code),
    }


def _feeds(code: str) -> list[dict[str, str]]:
    return [
        {"platform": platform.key, "export": export.key, "header": column.header}
        for platform in platforms().values()
        for export in platform.exports
        for column in export.columns
        if column.metric == code
    ]
