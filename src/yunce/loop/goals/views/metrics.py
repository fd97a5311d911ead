"""What the goals of a team say about a metric: fills the slot on its definition's page."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yunce.ground.facts.queries import versions_of
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals.actions import retire_metric as retire
from yunce.loop.goals.queries.affected import goals_affected


@require_safe
def on_metric(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """``?effective=`` tells months a new version reaches from those that keep theirs."""
    access = team_for(request, slug, Capability.SEE_ALL)
    newest = versions_of(access.team, code).first()
    is_changing = "effective" in request.GET
    may_retire = newest is not None and bool(newest.formula) and access.may_plan
    since = _day(request.GET.get("effective", ""))
    affected = goals_affected(access.team, code, since=since)
    words = {
        "access": access,
        "code": code,
        "affected": affected,
        "reached": [each for each in affected if not each.is_kept],
        "may_retire": may_retire and not is_changing,
        "is_changing": is_changing,
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, f"goals/{'_on_metric' if is_part else 'on_metric'}.html", words)


def _day(text: str) -> date | None:
    """None for what is not typed yet or cannot be read: then every open month is reached."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_POST
def retire_metric(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """From today on the team has no such metric."""
    access = team_for(request, slug, Capability.PLAN)
    newest = versions_of(access.team, code).first()
    if newest is None:
        raise Http404
    try:
        retire(access=access, metric=newest)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(
            request, _("已停用「%s」。以前的时段仍按它计算；改口径可以重新起用。") % newest.name
        )
    return redirect("facts:metric", slug, code)
