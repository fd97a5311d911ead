"""A team's own settings, and what happened in it lately."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunce.ground.journal.queries import recent_lines
from yunce.ground.teams import actions
from yunce.ground.teams.forms import TeamNameForm
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.MANAGE)
    known = {"name": access.team.name}
    form = TeamNameForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        actions.rename_team(access=access, name=form.cleaned_data["name"])
        messages.success(request, _("团队名称已保存。"))
        return redirect("teams:settings", slug)
    words = {"access": access, "form": form, "lines": recent_lines(access.team.pk)}
    return render(request, "teams/settings.html", words, status=422 if form.errors else 200)
