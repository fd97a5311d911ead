"""目标树: from year to quarter to the months' goals to their tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.loop.goals import actions
from yunce.loop.goals.models import Goal, Objective
from yunce.loop.goals.queries.objectives import (
    Branch,
    objective_trees,
    objectives_of,
    unaligned_goals,
)
from yunce.loop.plans.forms import put_errors
from yunce.loop.plans.models import Task
from yunce.loop.plans.objective_form import ObjectiveForm

UNALIGNED = 12  # goals shown that serve no objective, the newest months first


@require_GET
def objectives(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_PLAN)
    today, with_numbers = timezone.localdate(), access.may_see_all
    trees = objective_trees(access.team, today=today, with_numbers=with_numbers)
    words = {
        "access": access,
        "trees": trees,
        "tasks": _tasks_of(goal for tree in trees for goal in _goals_in(tree)),
        "free": unaligned_goals(access.team, most=UNALIGNED),
        "choices": list(objectives_of(access.team)) if access.may_plan else [],
        "archived": list(objectives_of(access.team, archived=True)),
    }
    return render(request, "plans/objectives.html", words)


def _goals_in(branch: Branch) -> Iterator[Goal]:
    yield from branch.goals
    for each in branch.branches:
        yield from _goals_in(each)


def _tasks_of(goals: Iterator[Goal]) -> dict[int, list[Task]]:
    """Goal → its lines; one query."""
    found: dict[int, list[Task]] = defaultdict(list)
    numbers: Sequence[int] = [goal.pk for goal in goals]
    for task in Task.objects.filter(goal__in=numbers, deleted_at=None, parent=None):
        found[task.goal_id or 0].append(task)
    return dict(found)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    form = ObjectiveForm(request.POST or None, team=access.team)
    if form.is_valid():
        try:
            made = actions.add_objective(access=access, words=form.words)
            messages.success(request, _("已加长期目标：%s") % made.title)
            return redirect("plans:objectives", slug)
        except ValidationError as error:
            put_errors(form, error)
    return _form(request, access, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, objective_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    own = _objective_or_404(access, objective_id)
    form = ObjectiveForm(request.POST or None, team=access.team, own=own)
    if form.is_valid():
        try:
            actions.change_objective(access=access, objective=own, words=form.words)
            messages.success(request, _("已保存：%s") % form.words.title)
            return redirect("plans:objectives", slug)
        except ValidationError as error:
            put_errors(form, error)
    return _form(request, access, form, own)


def _form(
    request: HttpRequest, access: Access, form: ObjectiveForm, own: Objective | None
) -> HttpResponse:
    words = {"access": access, "form": form, "own": own}
    return render(request, "plans/objective.html", words, status=422 if form.errors else 200)


STEPS = {"archive": actions.archive_objective, "restore": actions.restore_objective}


@require_POST
def step(request: HttpRequest, slug: str, objective_id: int, step: str) -> HttpResponse:
    """归档, 恢复."""
    access = team_for(request, slug, Capability.PLAN)
    own = STEPS[step](access=access, objective=_objective_or_404(access, objective_id))
    said = _("已归档：%s") if step == "archive" else _("已恢复：%s")
    messages.success(request, said % own.title)
    return redirect("plans:objectives", slug)


@require_POST
def align(request: HttpRequest, slug: str, goal_id: int) -> HttpResponse:
    """Say which objective a month's goal serves."""
    access = team_for(request, slug, Capability.PLAN)
    goal = Goal.objects.filter(plan__team=access.team, pk=goal_id).select_related("plan__team")
    found = goal.first()
    if found is None:
        raise Http404
    number = request.POST.get("objective", "")
    objective = _objective_or_404(access, int(number)) if number.isdecimal() else None
    try:
        actions.align_goal(access=access, goal=found, objective=objective)
        messages.success(request, _("已对齐：%s") % found.name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("plans:objectives", slug)


def _objective_or_404(access: Access, number: int) -> Objective:
    found = Objective.objects.filter(team=access.team, pk=number).select_related("team").first()
    if found is None:
        raise Http404
    return found
