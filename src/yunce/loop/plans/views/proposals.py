"""What a goal's form shows beside its targets: proposals, chances, the months before."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yunce.engines.metrics import Catalogue
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.proposing import Panel, panel_of


@require_safe
def proposals(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """For ``metric`` with what stands in ``must`` and ``stretch``: a fragment, or a small page."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_of(access.team, month)
    known = plan.catalogue if plan else catalogue_of(access.team)
    typed = {name: request.GET.get(name, "") for name in ("metric", "must", "stretch")}
    words = {
        "access": access,
        "month": month,
        "panel": proposals_for(access.team, month, typed, known=known),
        "is_brief": request.GET.get("brief") == "1",
    }
    name = "_proposals" if getattr(request, "htmx", False) else "proposals"
    return render(request, f"plans/{name}.html", words)


def proposals_for(
    team: Team, month: Month, typed: Mapping[str, str], *, known: Catalogue
) -> Panel | None:
    """None until a metric is chosen."""
    today = timezone.localdate()
    return panel_of(team, month, typed["metric"], known=known, typed=typed, today=today)
