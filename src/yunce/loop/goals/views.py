"""What the goals of a team say about a metric: fills the slot on its definition's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.queries import goals_on_metric


@require_safe
def on_metric(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    words = {"access": access, "code": code, "goals": goals_on_metric(access.team, code)}
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, f"goals/{'_on_metric' if is_part else 'on_metric'}.html", words)
