"""An existing plan file into the month: upload, look, take in, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunce.engines.plantables import PlanFileError, PlanTable, read_plan_file
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.queries import Access, members_of, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals import actions as goals
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.actions import Choices, take_in, undo_taking
from yunce.loop.plans.cells import may_edit
from yunce.loop.plans.forms import metric_choices
from yunce.loop.plans.intake import Draft, draft_from, people_like, problems_of, read_draft
from yunce.loop.plans.intake.preview import look_at
from yunce.loop.plans.intake.starters import Starter, draft_of, starters
from yunce.loop.plans.models import Taking
from yunce.loop.plans.queries import has_lines
from yunce.loop.plans.views.answers import page_answer, refusal


@require_http_methods(["GET", "HEAD", "POST"])
def read_file(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """The page that asks for a file, and what the file says."""
    access = team_for(request, slug, Capability.PLAN)
    words: dict[str, Any] = {"access": access, "month": month}
    plan = plan_of(access.team, month)
    if plan is not None and not may_edit(access, plan.state):
        words["problem"] = _("这个月的计划不是草稿，不能导入。请先撤回定稿。")
        return render(request, "plans/read_file.html", words, status=422)
    if request.method != "POST":
        return render(request, "plans/read_file.html", words)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise PlanFileError(_("请选一个文件。"))
        read = read_plan_file(file.read(), file.name or "", month=month, today=timezone.localdate())
    except PlanFileError as error:
        return render(request, "plans/read_file.html", words | {"problem": str(error)}, status=422)
    return _preview(request, access, month, draft_from(read), read=read)


def _preview(
    request: HttpRequest,
    access: Access,
    month: Month,
    draft: Draft,
    *,
    read: PlanTable | None = None,
    problem: str = "",
) -> HttpResponse:
    plan = plan_of(access.team, month)
    words = {
        "access": access,
        "month": month,
        "draft": draft,
        "look": look_at(access.team, month, plan, draft),
        "metrics": metric_choices(catalogue_of(access.team, on=month.last), set()),
        "unread": problems_of(read) if read else (),
        "problem": problem,
    }
    return render(request, "plans/take_in.html", words, status=422 if problem else 200)


@require_POST
def take(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """What was looked at goes into the plan, all of it or nothing."""
    access = team_for(request, slug, Capability.PLAN)
    try:
        draft = read_draft(request.POST.get("draft", ""))
    except ValueError:
        messages.error(request, _("预览已经过期。请重新选择文件。"))
        return redirect("plans:read-file", slug, month)
    try:
        plan = plan_of(access.team, month) or goals.open_month(access=access, month=month)
        taking = take_in(
            access=access, plan=plan, draft=draft, choices=_choices(request, access, draft)
        )
    except (ValidationError, goals.EditConflictError) as error:
        sentence = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return _preview(request, access, month, draft, problem=sentence)
    undo_url = reverse("plans:undo-taking", args=[slug, month, taking.pk])
    messages.success(request, _("已导入「%s」。") % taking.source, extra_tags=undo_url)
    return redirect("plans:plan", slug, month)


def _choices(request: HttpRequest, access: Access, draft: Draft) -> Choices:
    posted = request.POST
    members = {str(member.pk): member for member in members_of(access.team)}
    metrics = {
        index: code
        for index in range(len(draft.goals))
        if (code := posted.get(f"goal-{index}", ""))
    }
    people = {
        name: members[number]
        for at, name in enumerate(draft.people)
        if (number := posted.get(f"who-{at}", "")) in members
    }
    kept = set(posted.getlist("task"))
    left_out = frozenset(at for at in range(len(draft.tasks)) if str(at) not in kept)
    return Choices(metrics=metrics, people=people, left_out=left_out)


@require_POST
@transaction.atomic
def start(request: HttpRequest, slug: str, month: Month, starter: str) -> HttpResponse:
    """An empty month begins with a template."""
    access = team_for(request, slug, Capability.PLAN)
    chosen = starters().get(starter)
    if chosen is None:
        raise Http404
    try:
        if has_lines(access.team, month):
            raise ValidationError(_("这个月已经有目标或任务，不能再用模板。"))
        taking = _start(access, month, chosen)
    except ValidationError as error:
        return refusal(request, access, month, error)
    undo_url = reverse("plans:undo-taking", args=[slug, month, taking.pk])
    messages.success(request, _("已导入「%s」。") % taking.source, extra_tags=undo_url)
    return redirect("plans:plan", slug, month)


def _start(access: Access, month: Month, chosen: Starter) -> Taking:
    plan = goals.open_month(access=access, month=month)
    if not plan.direction:
        goals.set_direction(access=access, plan=plan, direction=chosen.direction, seen="")
    members = {m.pk: m for m in members_of(access.team)}
    named = {m.pk: (m.user.name, m.position) for m in members.values()}
    draft = draft_of(chosen, month, plan.catalogue)
    meant = {name: people_like(name, named) for name in draft.people}
    choices = Choices(
        metrics={at: goal.metric for at, goal in enumerate(chosen.goals)},
        people={name: members[pk] for name, pk in meant.items() if pk is not None},
    )
    return take_in(access=access, plan=plan, draft=draft, choices=choices)


@require_POST
def undo(request: HttpRequest, slug: str, month: Month, taking_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    found = Taking.objects.filter(plan__team=access.team, plan__month_start=month.first)
    taking = found.select_related("plan__team").filter(pk=taking_id).first()
    if taking is None:
        raise Http404
    try:
        undo_taking(access=access, taking=taking)
    except ValidationError as error:
        return refusal(request, access, month, error)
    return page_answer(request, access, month, _("已撤销导入。"), undo_url="")
