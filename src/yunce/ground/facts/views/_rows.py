"""From a number to its rows and files."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yunce.ground.facts.forms import RowsForm
from yunce.ground.facts.queries.behind import Asked, behind
from yunce.ground.facts.queries.defining import Span, recent_span
from yunce.ground.facts.queries.posts import shown_title
from yunce.ground.facts.queries.spans import span_asked
from yunce.ground.facts.views._definitions import metric_of
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability


@require_safe
def rows(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    form = RowsForm(request.GET, team=access.team)
    span = _span(access.team, form)
    known, metric = metric_of(access, code, on=span.end)
    narrowed = form.cleaned_data if form.is_valid() else {}
    asked = Asked(
        span=span,
        account=narrowed.get("account"),
        post=narrowed.get("post"),
        part=request.GET.get("part", ""),
        page=request.GET.get("page", "1"),
        shows_all=request.GET.get("all") == "yes",
    )
    page = behind(access.team, metric, known, asked)
    of_whom = {"account": page.account, "post": page.post}
    initial = {"start": page.span.start, "end": page.span.end, **of_whom}
    shown: dict[str, object] = {"from": page.span.start, "to": page.span.end}
    shown |= {name: each.pk for name, each in of_whom.items() if each}
    words = {
        "access": access,
        "page": page,
        "form": form if form.errors else RowsForm(team=access.team, initial=initial),
        "title": shown_title(page.post) if page.post else "",
        "days": urlencode(shown),
    }
    return render(request, "facts/rows.html", words, status=422 if form.errors else 200)


def _span(team: Team, form: RowsForm) -> Span:
    if not form.is_valid():
        return recent_span(team)
    asked = form.cleaned_data
    return span_asked(team, asked["start"], asked["end"], post=asked["post"])
