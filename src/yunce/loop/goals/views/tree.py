"""目标与拆解: everything its page shows, and what a request on it is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.kit.numbers import format_value
from yunce.loop.goals import actions
from yunce.loop.goals.models import ChangeState, Goal, PlanChange, PlanState
from yunce.loop.goals.queries import goals_of, plan_of
from yunce.loop.goals.queries.changes import waiting_splits
from yunce.loop.goals.queries.curves import curve_weeks
from yunce.loop.goals.queries.history import history_of
from yunce.loop.goals.queries.parts import trees_of
from yunce.loop.goals.rules import accumulates, write_target
from yunce.loop.goals.views.histories import history_words
from yunce.web.quarrels import Quarrel
from yunce.web.toasts import toast


def target_words(
    access: Access,
    month: Month,
    asked: str,
    *,
    problem: str = "",
    reason: str = "",
    quarrel: Quarrel | None = None,
) -> dict[str, Any]:
    """Everything the page shows; without numbers for who may not see them."""
    plan = plan_of(access.team, month)
    goals = list(goals_of(plan)) if plan else []
    for goal in goals:
        goal.plan = plan  # type: ignore[assignment]
    as_of = timezone.localdate() if access.may(Capability.SEE_ALL) else None
    trees = trees_of(goals, as_of=as_of)
    shown = next((goal for goal in goals if str(goal.pk) == asked), None)
    shown = shown or next((goal for goal in goals if trees[goal.pk].branches), None)
    shown = shown or (goals[0] if goals else None)
    told = history_of(shown, today=as_of) if shown and as_of else None
    state = plan.state if plan and access.may_plan else None
    old = trees[shown.pk].old if shown else {}
    return {
        "access": access,
        "month": month,
        "plan": plan,
        "trees": [trees[goal.pk] for goal in goals],
        "tree": trees[shown.pk] if shown else None,
        "may_edit": state in (PlanState.DRAFT, PlanState.LOCKED),
        "asks": state == PlanState.LOCKED,
        "reason": reason,
        "waiting": waiting_splits(shown) if shown and state == PlanState.LOCKED else (),
        "old": _shown_old(shown, old) if shown else {},
        "problem": problem,
        "quarrel": quarrel,
        "curve": curve_weeks(shown, old=old) if shown and accumulates(shown.spec.kind) else (),
        "baseline_typed": write_target(shown.baseline, shown.spec.unit) if shown else "",
        **(history_words(shown, told) if shown and told else {}),
    }


def _shown_old(goal: Goal, old: Mapping[str, str]) -> dict[str, str]:
    """What stands struck through beside the goal's own words."""
    now = {
        "shape": str(goal.get_shape_display()),
        "importance": str(goal.get_importance_display()),
        "baseline": format_value(goal.baseline, goal.spec.unit),
    }
    return {key: was for key, text in now.items() if (was := old.get(key, "")) and was != text}


def stands(goal: Goal) -> bool:
    """Is the plan locked, so that every change needs a reason?"""
    return goal.plan.state == PlanState.LOCKED


def put(
    request: HttpRequest,
    access: Access,
    month: Month,
    goal: Goal,
    act: str,
    args: Mapping[str, str],
) -> HttpResponse:
    """Under a plan that stands: to the others, with the reason typed beside the tree."""
    reason = request.POST.get("reason", "")
    try:
        change = actions.propose_split(access=access, goal=goal, act=act, args=args, reason=reason)
    except ValidationError as error:
        return refused(request, access, month, goal, " ".join(error.messages))
    return tree_answer(request, access, month, goal, proposed_words(change))


def proposed_words(change: PlanChange) -> str:
    if change.state == ChangeState.APPLIED:
        return _("已变更，原因和旧值都留着：%s") % change.label
    return _("已提出变更，别人同意后生效：%s") % change.label


def goal_in(access: Access, month: Month, number: int) -> Goal:
    """Http404 when the team's month has no such goal."""
    goals = Goal.objects.filter(plan__team=access.team, plan__month_start=month.first)
    found = goals.select_related("plan__team", "owner__user").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def tree_answer(
    request: HttpRequest,
    access: Access,
    month: Month,
    goal: Goal,
    said: str,
    *,
    undo_url: str = "",
    undo_fields: dict[str, object] | None = None,
) -> HttpResponse:
    """After a change: the tree again, with a toast."""
    if not is_htmx(request):
        messages.success(request, said)
        return redirect(page_of(access, month, goal))
    answer = render(request, "goals/_targets.html", target_words(access, month, str(goal.pk)))
    answer.write(toast(request, said, undo_url=undo_url, undo_fields=undo_fields))
    return _at_tree(answer)


def refused(
    request: HttpRequest, access: Access, month: Month, goal: Goal, why: str, *, status: int = 422
) -> HttpResponse:
    """The tree as it is, under the sentence that says why nothing was changed."""
    reason = request.POST.get("reason", "")
    words = target_words(access, month, str(goal.pk), problem=why, reason=reason)
    if is_htmx(request):
        return _at_tree(render(request, "goals/_targets.html", words, status=status))
    return render(request, "goals/targets.html", words, status=status)


def quarrelled(
    request: HttpRequest, access: Access, month: Month, goal: Goal, quarrel: Quarrel
) -> HttpResponse:
    """The tree as it is, under both values; posting the same again takes this person's."""
    reason = request.POST.get("reason", "")
    told = replace(quarrel, url=request.path, keep=page_of(access, month, goal))
    words = target_words(access, month, str(goal.pk), reason=reason, quarrel=told)
    if is_htmx(request):
        return _at_tree(render(request, "goals/_targets.html", words, status=409))
    return render(request, "goals/targets.html", words, status=409)


def _at_tree(answer: HttpResponse) -> HttpResponse:
    answer["HX-Retarget"], answer["HX-Reswap"] = "#targets", "outerHTML"
    return answer


def page_of(access: Access, month: Month, goal: Goal) -> str:
    return f"{reverse('goals:targets', args=[access.team.slug, month])}?goal={goal.pk}"


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
