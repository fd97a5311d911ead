"""Having a metric's forecasts checked. A check is no decision of anybody's, so the journal, which
tells what people did and pages whether anything changed, has no line of it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.models import ForecastCheck
from yunce.loop.goals.queries.checks import basis_of, worked_out
from yunce.loop.goals.tasks import check_forecasts

PATIENCE = timedelta(minutes=10)  # a job that was asked for so long ago was lost


def ask_check(*, access: Access, metric: str, basis: str) -> ForecastCheck:
    """The check on these numbers; queued when there is none and nobody asked a moment ago."""
    access.require(Capability.SEE_ALL)
    now = timezone.now()
    with transaction.atomic():
        check, is_new = ForecastCheck.objects.select_for_update().get_or_create(
            team=access.team, metric=metric, defaults={"asked_at": now, "asked_basis": basis}
        )
        is_done = check.basis == basis and check.made_at is not None
        is_asked = check.asked_basis == basis and now - check.asked_at < PATIENCE
        if is_new or not (is_done or is_asked):
            check.asked_at, check.asked_basis = now, basis
            check.save(update_fields=["asked_at", "asked_basis"])
            check_forecasts.enqueue(check.pk)
    return check


def make_check(number: int) -> str:
    """What the job does; the name of the metric, or "" when the check is gone."""
    check = ForecastCheck.objects.select_related("team").filter(pk=number).first()
    if check is None:
        return ""
    basis = basis_of(check.team)
    result, problem = worked_out(check.team, check.metric)
    ForecastCheck.objects.filter(pk=number).update(
        basis=basis, made_at=timezone.now(), result=result, problem=problem
    )
    return check.metric
