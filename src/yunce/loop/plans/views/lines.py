"""Lines of the plan table: adding, removing, bringing back, moving."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import (
    add_goal,
    open_month,
    remove_goal,
    reorder_goals,
    restore_goal,
)
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.actions import add_task, remove_task, reorder_tasks, restore_task
from yunce.loop.plans.changing import propose_goal, propose_task
from yunce.loop.plans.fetching import goal_or_404, plan_or_404, task_or_404
from yunce.loop.plans.forms import GoalForm, TaskForm, is_trying, put_errors, tried_words
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import plan_rows
from yunce.loop.plans.rules import moved_within
from yunce.loop.plans.table import goals_beside, tasks_beside
from yunce.loop.plans.views.answers import (
    aimed_at,
    change_answer,
    is_htmx,
    page_answer,
    refusal,
    table_answer,
)
from yunce.loop.plans.views.proposals import proposals_for


@require_http_methods(["GET", "HEAD", "POST"])
def new_goal(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_of(access.team, month)
    is_sent = request.method == "POST" and not is_trying(request.POST)
    asked = tried_words(request.POST if request.method == "POST" else request.GET)
    data = request.POST if is_sent else None
    form = GoalForm(data, team=access.team, plan=plan, initial=asked)
    if not form.is_valid():
        return _form(request, access, month, form, "plans/new_goal.html")
    words = form.cleaned_data
    try:
        if plan is not None and "reason" in words:
            change = propose_goal(
                access=access, plan=plan, values=form.texts(), reason=words["reason"]
            )
            return change_answer(request, access, month, change)
        goal = add_goal(
            access=access,
            plan=plan or open_month(access=access, month=month),
            metric=words["metric"],
            targets=form.targets,
            label=words["label"],
            owner=words["owner"],
        )
    except ValidationError as error:
        put_errors(form, error)
        return _form(request, access, month, form, "plans/new_goal.html")
    said, undo_url = _("已加指标：%s") % goal.name, _address(access, goal, "remove")
    if plan is None:
        return page_answer(request, access, month, said, undo_url=undo_url)
    fresh = GoalForm(None, team=access.team, plan=plan) if MORE in request.POST else None
    return _added(request, access, month, said, undo_url, fresh, "plans/new_goal.html")


@require_http_methods(["GET", "HEAD", "POST"])
def new_task(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_or_404(access, month)
    asked = {name: request.GET[name] for name in ("goal", "dimension") if name in request.GET}
    form = TaskForm(request.POST or None, team=access.team, plan=plan, initial=asked)
    if not form.is_valid():
        return _form(request, access, month, form, "plans/new_task.html")
    try:
        if "reason" in form.cleaned_data:
            change = propose_task(
                access=access,
                plan=plan,
                values=form.texts(),
                reason=form.cleaned_data["reason"],
            )
            return change_answer(request, access, month, change)
        task = add_task(access=access, plan=plan, **form.cleaned_data)
    except ValidationError as error:
        put_errors(form, error)
        return _form(request, access, month, form, "plans/new_task.html")
    said = _("已加任务：%s") % task.title[:30]
    undo_url = _address(access, task, "remove")
    beside = {"goal": task.goal_id, "dimension": task.dimension}
    again = TaskForm(None, team=access.team, plan=plan, initial=beside)
    fresh = again if MORE in request.POST else None
    return _added(request, access, month, said, undo_url, fresh, "plans/new_task.html")


MORE = "more"  # 存下，再加一个


def _added(
    request: HttpRequest,
    access: Access,
    month: Month,
    said: str,
    undo_url: str,
    fresh: GoalForm | TaskForm | None,
    page: str,
) -> HttpResponse:
    """The table with the new line, and the form emptied for the next one, if there is to be one."""
    if fresh is None:
        return table_answer(request, access, month, said, undo_url=undo_url)
    if not is_htmx(request):
        messages.success(request, said)
        return redirect(request.get_full_path())
    form = _form(request, access, month, fresh, page).content.decode()
    return table_answer(request, access, month, said, undo_url=undo_url, form=form)


def _form(
    request: HttpRequest, access: Access, month: Month, form: GoalForm | TaskForm, page: str
) -> HttpResponse:
    """The form above the table, or on a page of its own."""
    words: dict[str, object] = {"access": access, "month": month, "form": form}
    if isinstance(form, GoalForm):
        words["panel"] = proposals_for(access.team, month, form.shown, known=form.known)
    status = 422 if form.errors else 200
    if not is_htmx(request):
        return render(request, page, words, status=status)
    fragment = page.replace("plans/", "plans/_")
    answer = aimed_at(render(request, fragment, words, status=status), "#plan-form")
    answer["HX-Reswap"] = "innerHTML"
    return answer


@require_POST
def goal_step(
    request: HttpRequest, slug: str, month: Month, goal_id: int, step: str
) -> HttpResponse:
    """remove, restore, up or down."""
    access = team_for(request, slug, Capability.PLAN)
    goal = goal_or_404(access, month, goal_id, removed=step == "restore")
    try:
        if step == "remove":
            remove_goal(access=access, goal=goal)
        elif step == "restore":
            restore_goal(access=access, goal=goal)
        else:
            rows = plan_rows(goal.plan)
            order = [row.goal.pk for row in rows if row.goal and row.goal_span]
            beside = goals_beside(rows, goal.dimension)
            order = moved_within(order, beside, goal.pk, up=step == "up")
            reorder_goals(access=access, plan=goal.plan, numbers=order)
    except ValidationError as error:
        return refusal(request, access, month, error)
    return _stepped(request, access, month, goal, step)


@require_POST
def task_step(
    request: HttpRequest, slug: str, month: Month, task_id: int, step: str
) -> HttpResponse:
    """remove, restore, up or down."""
    access = team_for(request, slug, Capability.PLAN)
    task = task_or_404(access, month, task_id, removed=step == "restore")
    try:
        if step == "remove":
            remove_task(access=access, task=task)
        elif step == "restore":
            restore_task(access=access, task=task)
        else:
            rows = plan_rows(task.plan)
            row = next(row for row in rows if row.task == task)
            order = [each.task.pk for each in rows if each.task]
            order = moved_within(order, tasks_beside(rows, row), task.pk, up=step == "up")
            reorder_tasks(access=access, plan=task.plan, numbers=order)
    except ValidationError as error:
        return refusal(request, access, month, error)
    return _stepped(request, access, month, task, step)


BACK = {"remove": "restore", "up": "down", "down": "up"}


def _stepped(
    request: HttpRequest, access: Access, month: Month, subject: Goal | Task, step: str
) -> HttpResponse:
    said = {
        "remove": _("已删除「%s」。"),
        "restore": _("已恢复「%s」。"),
        "up": _("已上移「%s」。"),
        "down": _("已下移「%s」。"),
    }[step] % str(subject)[:30]
    undo_url = _address(access, subject, BACK[step]) if step in BACK else ""
    return table_answer(request, access, month, said, undo_url=undo_url)


def _address(access: Access, subject: Goal | Task, step: str) -> str:
    name = "plans:goal-step" if isinstance(subject, Goal) else "plans:task-step"
    return reverse(name, args=[access.team.slug, subject.plan.month, subject.pk, step])
