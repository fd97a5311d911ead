"""Metrics a team makes of others: tried on its numbers, kept in versions, retired."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from ninja import Router, Schema, Status

from yunce.engines.metrics import Dimension, Direction
from yunce.ground.facts.actions import save_metric
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import versions_of
from yunce.ground.facts.queries.proposing import look
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability
from yunce.kit.numbers import Unit
from yunce.loop.goals.actions import retire_metric
from yunce.outputs.api.definitions import (
    RecentOut,
    TeamMetricDetailOut,
    recent_answer,
    team_metric,
)
from yunce.outputs.api.request import SignedInRequest

router = Router(tags=["metrics"])
OWN = "/teams/{slug}/own-metrics"
CHANGEABLE = ("name", "formula", "unit", "direction", "dimension", "meaning")


class OwnMetricIn(Schema):
    code: str  # the word in formulas and queries; it cannot be changed later
    name: str
    formula: str  # over codes: (likes + comments) / reads
    unit: Unit
    dimension: Dimension
    meaning: str
    direction: Direction = Direction.HIGHER
    effective: date | None = None  # today when left out


class NewVersionIn(Schema):
    """What is left out stays as it is."""

    name: str | None = None
    formula: str | None = None
    unit: Unit | None = None
    dimension: Dimension | None = None
    meaning: str | None = None
    direction: Direction | None = None
    effective: date | None = None  # today when left out


class TriedOut(Schema):
    """What a formula would give."""

    kind: str  # how it would add up
    formula: str  # read aloud
    sentence: str
    recent: RecentOut


@router.get(f"{OWN}/preview", response=TriedOut, operation_id="preview_own_metric")
def get_preview(
    request: SignedInRequest,
    slug: str,
    formula: str,
    unit: Unit = Unit.COUNT,
    code: str = "",
) -> object:
    """Count a formula on the team's last 30 days; nothing is kept. `code`: of the one changed."""
    access = access_for(request.auth, slug, Capability.PLAN)
    seen = look(access.team, text=formula.strip(), unit=unit, code=code)
    if seen.problems or seen.metric is None or seen.recent is None:
        raise ValidationError({"formula": list(seen.problems)})
    return {
        "kind": seen.metric.kind,
        "formula": seen.spoken,
        "sentence": seen.sentence,
        "recent": recent_answer(seen.recent),
    }


@router.post(OWN, response={201: TeamMetricDetailOut}, operation_id="add_own_metric")
def post_metric(request: SignedInRequest, slug: str, metric: OwnMetricIn) -> object:
    """A new metric, the team's from the day it is used from."""
    access = access_for(request.auth, slug, Capability.PLAN)
    values = _dated(metric.dict())
    saved = save_metric(access=access, values=values)
    return Status(201, team_metric(access.team, saved.code))


@router.post(
    f"{OWN}/{{code}}/versions",
    response={201: TeamMetricDetailOut},
    operation_id="change_own_metric",
)
def post_version(request: SignedInRequest, slug: str, code: str, change: NewVersionIn) -> object:
    """The next version; periods before its day are still counted by the earlier ones."""
    access = access_for(request.auth, slug, Capability.PLAN)
    newest = _newest(access.team, code)
    stays = {name: getattr(newest, name) for name in CHANGEABLE}
    values = _dated({**stays, **change.dict(exclude_none=True)})
    save_metric(access=access, values=values, replaced=newest)
    return Status(201, team_metric(access.team, code))


@router.post(
    f"{OWN}/{{code}}/retire", response=TeamMetricDetailOut, operation_id="retire_own_metric"
)
def post_retire(request: SignedInRequest, slug: str, code: str) -> object:
    """From today on the team has no such metric; a new version takes it up again."""
    access = access_for(request.auth, slug, Capability.PLAN)
    retire_metric(access=access, metric=_newest(access.team, code))
    return team_metric(access.team, code)


def _newest(team: Team, code: str) -> TeamMetric:
    """Http404 when the team made no such metric."""
    newest = versions_of(team, code).first()
    if newest is None:
        raise Http404
    return newest


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "effective": values.get("effective") or timezone.localdate()}
