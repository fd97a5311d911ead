"""预测准不准, as a page. It shows what a job worked out; until then it asks again by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.dashboards.accuracy.page import accuracy_page


@require_safe
def forecasts(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    page = accuracy_page(access, request.GET.get("metric", "")[:60])
    words = {"access": access, "page": page}
    status = 422 if page.is_unknown else 200
    return render(request, "dashboards/accuracy/forecasts.html", words, status=status)
