"""The changes to a locked plan: what waits, agreeing, refusing, taking back, asking for removal."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import refuse_change, withdraw_change
from yunce.loop.goals.models import ChangeState, Goal, MonthPlan, PlanChange
from yunce.loop.goals.queries.changes import changes_of
from yunce.loop.goals.queries.life import approvers_of
from yunce.loop.plans.changing import agree, propose_removal
from yunce.loop.plans.fetching import goal_or_404, plan_or_404, task_or_404
from yunce.loop.plans.models import Task
from yunce.loop.plans.views.answers import change_answer


@require_GET
def changes(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_PLAN)
    return _page(request, access, month, plan_or_404(access, month))


def _page(
    request: HttpRequest, access: Access, month: Month, plan: MonthPlan, problem: str = ""
) -> HttpResponse:
    every = list(changes_of(plan))
    words = {
        "access": access,
        "month": month,
        "plan": plan,
        "waiting": [change for change in every if change.state == ChangeState.WAITING],
        "decided": [change for change in every if change.state != ChangeState.WAITING],
        "others": approvers_of(access.team, beside=access.member) if access.may_plan else [],
        "problem": problem,
    }
    return render(request, "plans/changes.html", words, status=422 if problem else 200)


def _agree(access: Access, change: PlanChange, _words: str) -> str:
    agree(access=access, change=change)
    return _("已同意，计划已按它改好：%s") % change.label


def _refuse(access: Access, change: PlanChange, words: str) -> str:
    refuse_change(access=access, change=change, answer=words)
    return _("没有同意，答复已写给提出的人：%s") % change.label


def _withdraw(access: Access, change: PlanChange, _words: str) -> str:
    withdraw_change(access=access, change=change)
    return _("已撤回：%s") % change.label


DECISIONS = {"agree": _agree, "refuse": _refuse, "withdraw": _withdraw}


@require_POST
def decide(
    request: HttpRequest, slug: str, month: Month, change_id: int, decision: str
) -> HttpResponse:
    """同意, 不同意, 撤回."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_or_404(access, month)
    change = plan.changes.select_related("plan__team").filter(pk=change_id).first()
    if change is None:
        raise Http404
    try:
        said = DECISIONS[decision](access, change, request.POST.get("answer", ""))
    except ValidationError as error:
        return _page(request, access, month, plan, " ".join(error.messages))
    messages.success(request, said)
    return redirect("plans:changes", slug, month)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_goal(request: HttpRequest, slug: str, month: Month, goal_id: int) -> HttpResponse:
    """Ask for a goal to be taken out of a plan that stands."""
    access = team_for(request, slug, Capability.PLAN)
    return _removal(request, access, month, goal_or_404(access, month, goal_id))


@require_http_methods(["GET", "HEAD", "POST"])
def remove_task(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    """Ask for a line to be taken out of a plan that stands."""
    access = team_for(request, slug, Capability.PLAN)
    return _removal(request, access, month, task_or_404(access, month, task_id))


def _removal(
    request: HttpRequest, access: Access, month: Month, subject: Goal | Task
) -> HttpResponse:
    reason, problem = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            change = propose_removal(access=access, subject=subject, reason=reason)
            return change_answer(request, access, month, change)
        except ValidationError as error:
            problem = " ".join(error.messages)
    words = {"access": access, "month": month, "subject": subject, "reason": reason}
    status = 422 if problem else 200
    return render(request, "plans/removal.html", words | {"problem": problem}, status=status)
