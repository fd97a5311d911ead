"""What is there, what is missing, and what was changed afterwards."""

from __future__ import annotations

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yunce.ground.facts.covering import coverage_of
from yunce.ground.facts.defining import Span
from yunce.ground.facts.forms import DaysForm
from yunce.ground.facts.queries.checking import closing_windows, still_missing
from yunce.ground.facts.restating import MOST, restated_lines
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month

PAGE = 100
YEAR = timedelta(days=365)


@require_safe
def coverage(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    today = timezone.localdate()
    words = {
        "access": access,
        "month": month,
        "page": coverage_of(access.team, month, today=today),
        "missing": still_missing(access.team, today),
        "closing": closing_windows(access.team, today),
    }
    return render(request, "facts/coverage.html", words)


@require_safe
def restatements(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    form = DaysForm(request.GET)
    span = _span(form)
    lines = restated_lines(access.team, span)
    words = {
        "access": access,
        "form": form if form.errors else DaysForm(initial={"start": span.start, "end": span.end}),
        "span": span,
        "lines": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "is_cut": len(lines) == MOST,
    }
    return render(request, "facts/restatements.html", words, status=422 if form.errors else 200)


def _span(form: DaysForm) -> Span:
    """The days asked for; the year up to today where an end is left open."""
    found = form.cleaned_data if form.is_valid() else {}
    end = found.get("end") or max(timezone.localdate(), found.get("start") or timezone.localdate())
    return Span(found.get("start") or end - YEAR, end)
