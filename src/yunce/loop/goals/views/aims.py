"""One goal by itself on 目标与拆解: its history, baseline, weight, and place in the order."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals import actions
from yunce.loop.goals.forms import read_amount, read_seen
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries import goals_of, plan_of
from yunce.loop.goals.queries.history import history_of
from yunce.loop.goals.views.histories import history_words
from yunce.loop.goals.views.quarrels import over_baseline
from yunce.loop.goals.views.tree import (
    goal_in,
    put,
    quarrelled,
    refused,
    stands,
    tree_answer,
)


@require_GET
def history(request: HttpRequest, slug: str, month: Month, goal_id: int) -> HttpResponse:
    """The last twelve months of the goal's metric."""
    access = team_for(request, slug, Capability.SEE_ALL)
    goal = goal_in(access, month, goal_id)
    told = history_of(goal, today=timezone.localdate())
    words = history_words(goal, told) | {"access": access, "month": month}
    name = "_history" if getattr(request, "htmx", False) else "history"
    return render(request, f"goals/{name}.html", words)


@require_POST
def aim(request: HttpRequest, slug: str, month: Month, goal_id: int) -> HttpResponse:
    """Baseline and importance, each on its own."""
    access = team_for(request, slug, Capability.PLAN)
    goal = goal_in(access, month, goal_id)
    try:
        if stands(goal):
            return put(request, access, month, goal, *_wish(goal, request))
        _set_aim(access, goal, request)
    except ValidationError as error:
        return refused(request, access, month, goal, " ".join(error.messages))
    except actions.EditConflictError as conflict:
        quarrel = over_baseline(goal, conflict, what=_("基线"))
        return quarrelled(request, access, month, goal, quarrel)
    return tree_answer(request, access, month, goal, _("已保存「%s」。") % goal.name)


def _set_aim(access: Access, goal: Goal, request: HttpRequest) -> None:
    if "baseline" in request.POST:
        actions.set_baseline(
            access=access,
            goal=goal,
            baseline=read_amount(request.POST["baseline"], goal.spec.unit),
            seen=read_seen(request.POST.get("seen", "")),
        )
    if "importance" in request.POST:
        text = request.POST["importance"]
        wanted = int(text) if text.isdecimal() else 0
        actions.set_importance(access=access, goal=goal, importance=wanted, seen=goal.importance)


def _wish(goal: Goal, request: HttpRequest) -> tuple[str, dict[str, str]]:
    """A new baseline or weight, as it can wait for approval."""
    if "baseline" in request.POST:
        baseline = read_amount(request.POST["baseline"], goal.spec.unit)
        return "baseline", {"baseline": actions.written(baseline)}
    text = request.POST.get("importance", "")
    return "importance", {"importance": text if text.isdecimal() else "0"}


@require_POST
def order(request: HttpRequest, slug: str, month: Month, goal_id: int) -> HttpResponse:
    """Priority: the goals in the order they were dragged or moved to."""
    access = team_for(request, slug, Capability.PLAN)
    goal = goal_in(access, month, goal_id)
    try:
        numbers = _order(access, month, goal, request)
        if stands(goal):
            args = {"order": ",".join(map(str, numbers))}
            return put(request, access, month, goal, "order", args)
        actions.reorder_goals(access=access, plan=goal.plan, numbers=numbers)
    except ValidationError as error:
        return refused(request, access, month, goal, " ".join(error.messages))
    return tree_answer(request, access, month, goal, _("已调整优先级。"))


def _order(access: Access, month: Month, goal: Goal, request: HttpRequest) -> list[int]:
    """``order`` as dragged, or the goal one place up or down."""
    text = request.POST.get("order", "")
    if text:
        if not all(word.isdecimal() for word in text.split(",")):
            raise ValidationError(_("顺序看不懂，没有改动。请刷新页面。"))
        return [int(word) for word in text.split(",")]
    plan = plan_of(access.team, month)
    numbers = [each.pk for each in goals_of(plan)] if plan else []
    at = numbers.index(goal.pk)
    to = max(0, min(len(numbers) - 1, at + (-1 if request.POST.get("move") == "up" else 1)))
    numbers.insert(to, numbers.pop(at))
    return numbers
