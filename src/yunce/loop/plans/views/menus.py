"""A line's menu: what may be done with it, fetched when somebody asks; without script a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, PlanState
from yunce.loop.plans.cells import may_edit
from yunce.loop.plans.closed import menu_label
from yunce.loop.plans.fetching import goal_or_404, task_or_404
from yunce.loop.plans.models import Task
from yunce.loop.plans.table import Steps, goal_steps, task_steps
from yunce.loop.plans.views.answers import is_htmx


@require_GET
def goal(request: HttpRequest, slug: str, month: Month, goal_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    found = goal_or_404(access, month, goal_id)
    return _menu(request, access, found, goal_steps(found), acts="plans/_goal_acts.html")


@require_GET
def task(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    found = task_or_404(access, month, task_id)
    return _menu(request, access, found, task_steps(found), acts="plans/_task_acts.html")


def _menu(
    request: HttpRequest, access: Access, subject: Goal | Task, steps: Steps, *, acts: str
) -> HttpResponse:
    state = subject.plan.state
    words = {
        "access": access,
        "month": subject.plan.month,
        "subject": subject,
        "label": menu_label(subject),
        "steps": steps,
        "editable": may_edit(access, state),
        "asks": access.may_plan and state == PlanState.LOCKED,
        "acts": acts,
    }
    return render(
        request, "plans/_line_menu.html" if is_htmx(request) else "plans/line_menu.html", words
    )
