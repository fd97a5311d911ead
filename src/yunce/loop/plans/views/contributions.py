"""任务怎样帮到指标: tasks against goals, with what each is expected to bring."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries import plan_of
from yunce.loop.goals.rules import TargetError, read_target
from yunce.loop.plans.actions import set_contribution
from yunce.loop.plans.contributions import contributions_of
from yunce.loop.plans.fetching import goal_or_404, task_or_404
from yunce.loop.plans.share_rows import share_rows
from yunce.loop.plans.views.answers import aimed_at, is_htmx
from yunce.loop.plans.views.quarrels import over_contribution
from yunce.web.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
def contributions(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """GET the table, POST one cell of it."""
    needed = Capability.RECORD if request.method == "POST" else Capability.SEE_ALL
    access = team_for(request, slug, needed)
    if request.method != "POST":
        return render(request, "plans/contributions.html", _words(request, access, month))
    try:
        said = _save(access, month, request)
    except ValidationError as error:
        words = _words(request, access, month, problem=" ".join(error.messages))
        if is_htmx(request):
            answer = render(request, "plans/_contributions.html", words, status=422)
            return aimed_at(answer, "#contributions")
        return render(request, "plans/contributions.html", words, status=422)
    except EditConflictError as conflict:
        return _quarrelled(request, access, month, conflict)
    if not is_htmx(request):
        messages.success(request, said)
        return redirect("plans:contributions", slug, month)
    answer = render(request, "plans/_contributions.html", _words(request, access, month))
    answer.write(toast(request, said))
    return aimed_at(answer, "#contributions")


def _words(
    request: HttpRequest, access: Access, month: Month, *, problem: str = ""
) -> dict[str, Any]:
    plan = plan_of(access.team, month)
    table = contributions_of(plan) if plan else None
    words = {
        "access": access,
        "month": month,
        "plan": plan,
        "table": table,
        "editable": plan is not None and access.may(Capability.RECORD) and not plan.is_closed,
        "problem": problem,
    }
    drawn = {**words, "csrf_token": get_token(request)}
    return words | {"rows": share_rows(table, drawn) if table else ()}


def _save(access: Access, month: Month, request: HttpRequest) -> str:
    task = task_or_404(access, month, _number(request, "task"))
    goal = goal_or_404(access, month, _number(request, "goal"))
    amount = read_expected(goal, request.POST.get("amount", ""))
    seen = read_expected(goal, request.POST["seen"]) if "seen" in request.POST else ...
    set_contribution(access=access, task=task, goal=goal, amount=amount, seen=seen)
    return _("已保存「%(task)s」对「%(goal)s」的预计贡献。") % {
        "task": task.title[:20],
        "goal": goal.name,
    }


def _quarrelled(
    request: HttpRequest, access: Access, month: Month, conflict: EditConflictError
) -> HttpResponse:
    """The table as it is, under both values."""
    task = task_or_404(access, month, _number(request, "task"))
    goal = goal_or_404(access, month, _number(request, "goal"))
    quarrel = over_contribution(task, goal, conflict, url=request.path, keep=request.path)
    words = _words(request, access, month) | {"quarrel": quarrel}
    if not is_htmx(request):
        return render(request, "plans/contributions.html", words, status=409)
    answer = render(request, "plans/_contributions.html", words, status=409)
    return aimed_at(answer, "#contributions")


def read_expected(goal: Goal, text: str) -> Decimal | None:
    """An expectation as typed; empty is none."""
    try:
        return read_target(text, goal.spec.unit) if text.strip() else None
    except TargetError as error:
        raise ValidationError(str(error)) from error


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdecimal():
        raise ValidationError(_("没有说是哪个任务、哪个目标，没有改动。请刷新页面。"))
    return int(text)
