"""The metric catalogue, and asking for values."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router, Schema

from yunce.engines.metrics import catalogue
from yunce.ground.facts.queries import answer
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.api.answers import metric_answer
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["metrics"])


class MetricOut(Schema):
    code: str
    name: str
    name_en: str
    dimension: str
    kind: str
    unit: str
    direction: str
    formula: str | None
    meaning: str
    version: int


@router.get("/metrics", response=list[MetricOut], operation_id="list_metrics")
def list_metrics(request: SignedInRequest) -> object:
    """Every defined metric."""
    return [*catalogue().values()]


@router.get("/teams/{slug}/query", response=dict[str, object], operation_id="query_metrics")
def query(
    request: SignedInRequest,
    slug: str,
    metric: Annotated[list[str], Query()],
    start: Annotated[date, Query(alias="from")],
    end: Annotated[date, Query(alias="to")],
    by: Annotated[str, Query()] = "",
) -> object:
    """Values of metrics (`metric=reads&metric=likes`) for a period, split by `by`
    (`day,month,platform,account,segment`). Null is unknown, never 0."""
    team = access_for(request.auth, slug, Capability.SEE_ALL).team
    groups = tuple(name.strip() for name in by.split(",") if name.strip())
    return metric_answer(team, answer(team, metric, start=start, end=end, by=groups))
