"""The metric catalogue, and asking for values."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router, Schema

from yunce.engines.metrics import Catalogue, Dimension, Kind, Metric, catalogue
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.facts.rules import matches
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.text import listed
from yunce.outputs.api.metric_answers import asked
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


@router.get("/metrics", response=list[MetricOut], operation_id="list_metrics")
def list_metrics(
    request: SignedInRequest,
    q: str = "",
    dimension: Dimension | None = None,
    kind: Kind | None = None,
) -> object:
    """Every defined metric; `q`: those with every word in a name, the code or the meaning."""
    return _found(catalogue(), q, dimension, kind)


@router.get("/teams/{slug}/metrics", response=list[MetricOut], operation_id="list_team_metrics")
def list_team_metrics(
    request: SignedInRequest,
    slug: str,
    q: str = "",
    dimension: Dimension | None = None,
    kind: Kind | None = None,
) -> object:
    """Every defined metric, the ones the team made among them; searched as `/metrics` is."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return _found(catalogue_of(team), q, dimension, kind)


def _found(
    known: Catalogue, search: str, dimension: Dimension | None, kind: Kind | None
) -> list[Metric]:
    return [
        metric
        for metric in known.values()
        if matches(metric, search)
        and dimension in (None, metric.dimension)
        and kind in (None, metric.kind)
    ]


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
    for one name it means any of them. `compare` adds each value of another period as `before`:
    `previous` (as many days right before), `last_month` (the same days a month earlier),
    `last_year`; `plan` is what the goals of whole months ask for. Null is unknown, never 0, and
    `reason` says why; `covered_days` of `days` have data, with `accounts` behind the value and
    `least_days` for the one of them that has the fewest. Formulas count accounts and days that
    have every part; a sum that lacks a part `is_partial`: what is known of it. `closed` names the
    months that are told by the numbers of their closing.
    """
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    return asked(
        team,
        metric,
        start=start,
        end=end,
        by=listed(by),
        where=where or (),
        compare=compare,
    )
