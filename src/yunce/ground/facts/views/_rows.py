"""From a number to its rows and files."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yunce.ground.facts.behind import Asked, behind
from yunce.ground.facts.defining import RECENT_DAYS, Span, recent_span
from yunce.ground.facts.forms import RowsForm
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
    asked = Asked(
        span=span,
        account=form.cleaned_data.get("account") if form.is_valid() else None,
        part=request.GET.get("part", ""),
        page=request.GET.get("page", "1"),
        shows_all=request.GET.get("all") == "yes",
    )
    page = behind(access.team, metric, known, asked)
    shown = {"from": page.span.start, "to": page.span.end}
    initial = {"start": page.span.start, "end": page.span.end, "account": page.account}
    words = {
        "access": access,
        "page": page,
        "form": form if form.errors else RowsForm(team=access.team, initial=initial),
        "days": urlencode(shown | ({"account": page.account.pk} if page.account else {})),
    }
    return render(request, "facts/rows.html", words, status=422 if form.errors else 200)


def _span(team: Team, form: RowsForm) -> Span:
    """The days asked for; one end alone means the 30 days on its side; none the newest 30."""
    if not form.is_valid():
        return recent_span(team)
    start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    month = timedelta(days=RECENT_DAYS - 1)
    if start is None and end is None:
        return recent_span(team)
    return Span(start or end - month, end or start + month)
