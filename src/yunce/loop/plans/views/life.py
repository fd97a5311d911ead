"""The steps of a month's plan: submitting it, approving it, sending it back, closing it."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals import actions as goals
from yunce.loop.goals.models import MonthPlan, PlanState
from yunce.loop.plans import actions as plans
from yunce.loop.plans.fetching import plan_or_404
from yunce.loop.plans.header import header_of
from yunce.loop.plans.queries.versions import lacks_in
from yunce.loop.plans.views.answers import refusal


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """GET what the plan still lacks; POST submits it, or finalises it where nobody else can."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_or_404(access, month)
    header = header_of(access, plan, now=timezone.now())
    if request.method != "POST":
        if plan.state != PlanState.DRAFT:
            return redirect("plans:plan", slug, month)
        words = {"access": access, "month": month, "plan": plan, "header": header}
        return render(request, "plans/submit.html", words | {"lacks": lacks_in(plan)})
    try:
        plans.submit(access=access, plan=plan)
    except ValidationError as error:
        return refusal(request, access, month, error)
    messages.success(request, _("已提交，等 %s 审批。") % "、".join(header.others[:3]))
    return redirect("plans:plan", slug, month)


def _approve(request: HttpRequest, access: Access, plan: MonthPlan) -> str:
    seen = _day_and_hour(request.POST.get("seen", ""))
    plans.approve(access=access, plan=plan, seen=seen)
    return _("已批准，计划定稿。")


def _send_back(request: HttpRequest, access: Access, plan: MonthPlan) -> str:
    goals.send_back(access=access, plan=plan, reason=request.POST.get("reason", ""))
    return _("已退回，原因已写在计划页上。")


def _finalise(request: HttpRequest, access: Access, plan: MonthPlan) -> str:
    plans.finalise(access=access, plan=plan)
    return _("计划已定稿。")


def _take_back(request: HttpRequest, access: Access, plan: MonthPlan) -> str:
    goals.take_back(access=access, plan=plan)
    return _("已撤回，可以继续修改。")


def _close(request: HttpRequest, access: Access, plan: MonthPlan) -> str:
    plans.close(access=access, plan=plan)
    return _("本月已关账。")


def _reopen(request: HttpRequest, access: Access, plan: MonthPlan) -> str:
    goals.reopen(access=access, plan=plan)
    return _("已重新开账。")


def _day_and_hour(typed: str) -> datetime | None:
    try:
        return parse_datetime(typed) if typed else None
    except ValueError:  # well-formed, but no such day
        return None


def _due(request: HttpRequest, access: Access, plan: MonthPlan) -> str:
    typed = request.POST.get("due", "").strip()
    due = _day_and_hour(typed)
    if typed and due is None:
        raise ValidationError(
            _("看不懂「%s」。截止时间写日期和钟点，如 2025-04-29 18:00。") % typed
        )
    if due is not None and timezone.is_naive(due):
        due = timezone.make_aware(due)
    goals.set_due(access=access, plan=plan, due_at=due)
    return _("已设好提交截止。") if due else _("已取消提交截止。")


STEPS = {
    "approve": _approve,
    "send-back": _send_back,
    "finalise": _finalise,
    "take-back": _take_back,
    "close": _close,
    "reopen": _reopen,
    "due": _due,
}


@require_POST
def step(request: HttpRequest, slug: str, month: Month, step: str) -> HttpResponse:
    """批准, 退回, 定稿, 撤回, 关账, 重新开账, 设截止."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_or_404(access, month)
    try:
        said = STEPS[step](request, access, plan)
    except ValidationError as error:
        return refusal(request, access, month, error)
    messages.success(request, said)
    return redirect("plans:plan", slug, month)
