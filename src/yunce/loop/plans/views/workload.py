"""工作量: who has how much to do, day by day, and the buffer that is left."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.workload import workload_of


@require_safe
def workload(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    plan = plan_of(access.team, month)
    words = {
        "access": access,
        "month": month,
        "plan": plan,
        "load": workload_of(plan) if plan else None,
    }
    return render(request, "plans/workload.html", words)
