"""指标口径: the catalogue and one definition."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yunce.engines.metrics import Catalogue, Metric
from yunce.ground.facts.queries.defining import catalogue_list, definition_of
from yunce.ground.facts.queries.versioning import catalogue_with
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability

LONGEST_SEARCH = 60


@require_safe
def metrics(request: HttpRequest, slug: str) -> HttpResponse:
    """The list; htmx asks for what a search finds alone."""
    access = team_for(request, slug, Capability.SEE_ALL)
    search = " ".join(request.GET.get("q", "")[:LONGEST_SEARCH].split())
    words = {"access": access, "search": search, "found": catalogue_list(access.team, search)}
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, f"facts/{'_found' if is_part else 'metrics'}.html", words)


@require_safe
def metric(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    known, found = metric_of(access, code)
    words = {"access": access, "page": definition_of(access.team, found, known)}
    return render(request, "facts/metric.html", words)


def metric_of(access: Access, code: str, *, on: date | None = None) -> tuple[Catalogue, Metric]:
    """The team's catalogue (of a day) and one of its metrics; Http404 when there is none."""
    known = catalogue_with(access.team, code, on=on)
    if code not in known:
        raise Http404
    return known, known[code]
