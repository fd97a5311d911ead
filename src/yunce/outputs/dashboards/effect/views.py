"""有没有用, as a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.dashboards.effect.page import effect_page
from yunce.outputs.dashboards.unchanged import unless_unchanged


@require_safe
@unless_unchanged
def effects(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    page = effect_page(access.team, request.GET, today=timezone.localdate())
    is_wrong = page.is_unknown or (page.form is not None and page.form.errors)
    words = {"access": access, "page": page}
    return render(request, "dashboards/effect/effects.html", words, status=422 if is_wrong else 200)
