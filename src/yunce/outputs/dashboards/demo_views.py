"""Taking the demo team away: its rows and its facts, which live on different floors."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yunce.ground.facts.actions import forget_team
from yunce.ground.teams.actions import remove_team
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability


@require_POST
def remove_demo(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.MANAGE)
    if not access.team.is_demo:
        raise Http404  # a real team is never removed by one click
    # Facts first: should the second step fail, what is left is a team without numbers that can
    # be removed again; never numbers that belong to no team.
    forget_team(team=access.team)
    remove_team(access=access)
    messages.success(request, _("演示团队和它的数据已全部删除。"))
    return redirect("/")
