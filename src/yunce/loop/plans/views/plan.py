"""The plan page, its direction, and the month's states."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals import actions as goals
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.actions import copy_previous_month
from yunce.loop.plans.fetching import goal_or_404
from yunce.loop.plans.queries import last_change
from yunce.loop.plans.repairs import date_tasks, take_baseline
from yunce.loop.plans.views.answers import (
    aimed_at,
    is_htmx,
    page_words,
    refusal,
    saved_sentence,
    table_answer,
)
from yunce.web.toasts import toast


@require_GET
def plan(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_PLAN)
    return render(
        request, "plans/plan.html", page_words(access, month, tree=request.GET.get("tree", ""))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def direction(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """The month's direction: GET its form, POST saves it."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_of(access.team, month)
    held = plan.direction if plan else ""
    words = page_words(access, month) | {"typed": held, "seen": held}
    if request.method != "POST":
        return _direction(request, words, is_open="closed" not in request.GET)
    typed, seen = request.POST.get("direction", ""), request.POST.get("seen", "")
    words |= {"typed": typed, "seen": seen}
    try:
        plan = plan or goals.open_month(access=access, month=month)
        saved = goals.set_direction(access=access, plan=plan, direction=typed, seen=seen)
    except ValidationError as error:
        words["error"] = " ".join(error.messages)
        return _direction(request, words, is_open=True, status=422)
    except goals.EditConflictError as conflict:
        words |= {"theirs": conflict.current, "seen": conflict.current}
        words["change"] = last_change(plan, "direction") if plan else None
        return _direction(request, words, is_open=True, status=409)
    return _direction_saved(request, words | {"plan": saved}, was=held)


def _direction(
    request: HttpRequest, words: dict[str, object], *, is_open: bool, status: int = 200
) -> HttpResponse:
    if not is_htmx(request):
        return render(request, "plans/direction.html", words, status=status)
    template = "plans/_direction_open.html" if is_open else "plans/_direction.html"
    return aimed_at(render(request, template, words, status=status), "#direction")


def _direction_saved(request: HttpRequest, words: dict[str, object], *, was: str) -> HttpResponse:
    plan, undone = words["plan"], "undo" in request.POST
    assert isinstance(plan, MonthPlan)  # noqa: S101  narrows the template words' object
    said = _("已撤销。") if undone else saved_sentence(_("核心方向"), plan.direction)
    if not is_htmx(request):
        messages.success(request, said)
        return redirect("plans:plan", plan.team.slug, plan.month)
    answer = render(request, "plans/_direction.html", words)
    back = {"direction": was, "seen": plan.direction, "undo": 1}
    answer.write(toast(request, said, undo_url="" if undone else request.path, undo_fields=back))
    return aimed_at(answer, "#direction")


@require_POST
def copy(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """Fill an empty month from the previous one."""
    access = team_for(request, slug, Capability.PLAN)
    try:
        plan = goals.open_month(access=access, month=month)
        copy_previous_month(access=access, plan=plan)
    except ValidationError as error:
        return refusal(request, access, month, error)
    messages.success(request, _("已从上月复制目标和任务。时间节点请按本月重新填写。"))
    return redirect("plans:plan", slug, month)


REPAIRS = {"baseline": take_baseline, "dates": date_tasks}


@require_POST
def repair(
    request: HttpRequest, slug: str, month: Month, goal_id: int, *, what: str
) -> HttpResponse:
    """What one click can do about a SMART letter that fails."""
    access = team_for(request, slug, Capability.PLAN)
    goal = goal_or_404(access, month, goal_id)
    try:
        REPAIRS[what](access=access, goal=goal)
    except ValidationError as error:
        return refusal(request, access, month, error)
    except goals.EditConflictError as conflict:
        return refusal(request, access, month, ValidationError(str(conflict)))
    return table_answer(request, access, month, _("已补上：%s") % goal.name)
