"""The plan curve on 目标与拆解: its shape, and a day or a week written by hand."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals import actions
from yunce.loop.goals.forms import read_amount
from yunce.loop.goals.models import Goal
from yunce.loop.goals.views.quarrels import over_curve
from yunce.loop.goals.views.tree import (
    goal_in,
    put,
    quarrelled,
    refused,
    stands,
    tree_answer,
)


@require_POST
def shape(request: HttpRequest, slug: str, month: Month, goal_id: int) -> HttpResponse:
    """每天一样 or 按日历; either lets go of what was written by hand."""
    access = team_for(request, slug, Capability.PLAN)
    goal = goal_in(access, month, goal_id)
    if stands(goal):
        shape = request.POST.get("shape", "")
        return put(request, access, month, goal, "shape", {"shape": shape})
    try:
        actions.shape_curve(access=access, goal=goal, shape=request.POST.get("shape", ""))
    except ValidationError as error:
        return refused(request, access, month, goal, " ".join(error.messages))
    return tree_answer(request, access, month, goal, _("已换计划曲线。"))


@require_POST
def amount(request: HttpRequest, slug: str, month: Month, goal_id: int) -> HttpResponse:
    """A day's or a week's amount; the days nobody wrote share the rest."""
    access = team_for(request, slug, Capability.PLAN)
    goal = goal_in(access, month, goal_id)
    try:
        if stands(goal):
            return put(request, access, month, goal, *_wish(goal, request))
        _write(access, goal, request)
    except ValidationError as error:
        return refused(request, access, month, goal, " ".join(error.messages))
    except actions.EditConflictError as conflict:
        name = "day" if "day" in request.POST else "week"
        quarrel = over_curve(goal, conflict, field=name, day=request.POST.get(name, ""))
        return quarrelled(request, access, month, goal, quarrel)
    return tree_answer(request, access, month, goal, _("已保存，其余的天重新分配。"))


def _write(access: Access, goal: Goal, request: HttpRequest) -> None:
    amount = read_amount(request.POST.get("amount", ""), goal.spec.unit)
    day = _day(request.POST.get("day", "") or request.POST.get("week", ""))
    seen = read_amount(request.POST["seen"], goal.spec.unit) if "seen" in request.POST else ...
    if "day" in request.POST:
        actions.set_curve_day(access=access, goal=goal, day=day, amount=amount, seen=seen)
    elif amount is None:
        raise ValidationError(_("请写这一周的数。要重新分配，请改「曲线」。"))
    else:
        actions.set_curve_week(access=access, goal=goal, monday=day, amount=amount, seen=seen)


def _wish(goal: Goal, request: HttpRequest) -> tuple[str, dict[str, str]]:
    """A day's or a week's new amount, as it can wait for approval."""
    amount = read_amount(request.POST.get("amount", ""), goal.spec.unit)
    act = "day" if "day" in request.POST else "week"
    if act == "week" and amount is None:
        raise ValidationError(_("请写这一周的数。要重新分配，请改「曲线」。"))
    day = _day(request.POST.get(act, ""))
    return act, {act: day.isoformat(), "amount": actions.written(amount)}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("日期看不懂，没有改动。请刷新页面。")) from error
