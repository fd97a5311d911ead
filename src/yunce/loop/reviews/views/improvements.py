"""Improvements: written in the table, taken into next month from the card."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.models import DimensionChoice, MonthPlan
from yunce.loop.reviews import actions
from yunce.loop.reviews.forms import ImprovementForm, initial_of
from yunce.loop.reviews.models import Improvement
from yunce.loop.reviews.queries import improvement_of, improvements_of
from yunce.loop.reviews.views.page import done, plan_or_404, refused


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str, month: Month, dimension: str) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    plan = plan_or_404(access, month)
    if dimension not in DimensionChoice.values:
        raise Http404
    form = ImprovementForm(request.POST or None, team=access.team, auto_id=f"new-{dimension}-%s")
    about = _about(access, plan, dimension) | {"form": form}
    if not form.is_valid():
        return _form(request, about)
    try:
        added = actions.add_improvement(
            access=access, plan=plan, dimension=dimension, words=form.words()
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, about)
    undo = _address("remove", access, plan, added)
    return done(request, access, plan, _("已加一条改进措施。"), undo_url=undo, focus=dimension)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, month: Month, improvement_id: int) -> HttpResponse:
    access, plan, improvement = _fetch(request, slug, month, improvement_id, Capability.RECORD)
    held = actions.measure_of(improvement)
    look: dict[str, Any] = {"team": access.team, "held": held, "initial": initial_of(held)}
    data = request.POST or None
    form = ImprovementForm(data, auto_id=f"imp-{improvement_id}-%s", **look)
    seen = ImprovementForm(data, auto_id=f"seen-{improvement_id}-%s", prefix="seen", **look)
    about = _about(access, plan, improvement.dimension)
    about |= {"form": form, "seen": seen, "improvement": improvement}
    if not form.is_valid():
        return _form(request, about)
    shown = seen.words() if seen.is_valid() else actions.Measure("")
    try:
        actions.change_improvement(
            access=access, improvement=improvement, words=form.words(), seen=shown
        )
    except EditConflictError as conflict:
        fresh = ImprovementForm(auto_id=f"seen-{improvement_id}-%s", prefix="seen", **look)
        return _form(request, about | {"conflict": conflict, "seen": fresh}, status=409)
    except ValidationError as error:
        form.add_error(None, error)
        return _form(request, about)
    return done(request, access, plan, _("已保存改进措施。"), focus=improvement.dimension)


@require_POST
def remove(request: HttpRequest, slug: str, month: Month, improvement_id: int) -> HttpResponse:
    access, plan, improvement = _fetch(request, slug, month, improvement_id, Capability.RECORD)
    try:
        actions.remove_improvement(access=access, improvement=improvement)
    except ValidationError as error:
        return refused(request, access, plan, error.messages[0])
    undo = _address("restore", access, plan, improvement)
    return done(
        request, access, plan, _("已删除一条改进措施。"), undo_url=undo, focus=improvement.dimension
    )


@require_POST
def restore(request: HttpRequest, slug: str, month: Month, improvement_id: int) -> HttpResponse:
    access, plan, improvement = _fetch(request, slug, month, improvement_id, Capability.RECORD)
    try:
        actions.restore_improvement(access=access, improvement=improvement)
    except ValidationError as error:
        return refused(request, access, plan, error.messages[0])
    return done(request, access, plan, _("已恢复改进措施。"))


@require_POST
def adopt(request: HttpRequest, slug: str, month: Month, improvement_id: int) -> HttpResponse:
    access, plan, improvement = _fetch(request, slug, month, improvement_id, Capability.PLAN)
    try:
        task = actions.adopt(access=access, improvement=improvement)
    except ValidationError as error:
        return refused(request, access, plan, error.messages[0])
    said = _("已纳入 %(month)s 月计划：%(task)s") % {
        "month": plan.month.next.number,
        "task": task.title,
    }
    undo = _address("withdraw", access, plan, improvement)
    return done(request, access, plan, said, undo_url=undo)


@require_POST
def withdraw(request: HttpRequest, slug: str, month: Month, improvement_id: int) -> HttpResponse:
    access, plan, improvement = _fetch(request, slug, month, improvement_id, Capability.PLAN)
    try:
        actions.withdraw(access=access, improvement=improvement)
    except ValidationError as error:
        return refused(request, access, plan, error.messages[0])
    said = _("已从 %s 月计划撤销。") % plan.month.next.number
    return done(request, access, plan, said, undo_url=_address("adopt", access, plan, improvement))


@require_POST
def adopt_all(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_or_404(access, month)
    try:
        with transaction.atomic():
            count = len(
                [actions.adopt(access=access, improvement=one) for one in improvements_of(plan)]
            )
    except ValidationError as error:
        return refused(request, access, plan, error.messages[0])
    said = _("%(count)s 条改进都已纳入 %(month)s 月计划。")
    return done(request, access, plan, said % {"count": count, "month": plan.month.next.number})


def _fetch(
    request: HttpRequest, slug: str, month: Month, improvement_id: int, capability: Capability
) -> tuple[Access, MonthPlan, Improvement]:
    access = team_for(request, slug, capability)
    plan = plan_or_404(access, month)
    improvement = improvement_of(plan, improvement_id)
    if improvement is None:
        raise Http404
    return access, plan, improvement


def _about(access: Access, plan: MonthPlan, dimension: str) -> dict[str, Any]:
    return {
        "access": access,
        "plan": plan,
        "month": plan.month,
        "dimension": DimensionChoice(dimension),
    }


def _form(request: HttpRequest, about: dict[str, Any], *, status: int = 0) -> HttpResponse:
    template = "_improvement_form" if request.htmx else "improvement"  # type: ignore[attr-defined]
    failed = 422 if about["form"].errors else 200
    return render(request, f"reviews/{template}.html", about, status=status or failed)


def _address(verb: str, access: Access, plan: MonthPlan, improvement: Improvement) -> str:
    return reverse(f"reviews:{verb}", args=[access.team.slug, plan.month, improvement.pk])
