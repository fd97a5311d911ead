"""One cell of the plan table: its form, saving it, and what somebody else wrote meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError, may_change
from yunce.loop.plans.cells import (
    FIRST_TASK,
    OWNER_FIELD,
    TARGETS_FIELD,
    Cell,
    goal_cell,
    in_conflict,
    posted,
    save,
    task_cell,
    with_choices,
)
from yunce.loop.plans.changing import propose_cell
from yunce.loop.plans.closed import closed
from yunce.loop.plans.fetching import goal_or_404, task_or_404
from yunce.loop.plans.forms import is_trying, tried_words
from yunce.loop.plans.models import Task
from yunce.loop.plans.permits import capability_for
from yunce.loop.plans.rules import TaskField
from yunce.loop.plans.table import first_line
from yunce.loop.plans.views.answers import (
    aimed_at,
    change_answer,
    is_htmx,
    page_words,
    saved_sentence,
    table_answer,
)
from yunce.loop.plans.views.proposals import proposals_for
from yunce.web.toasts import toast

TASK_PAGE = "task"  # where a cell was opened, if not in the plan table
# What other cells of the task's page follow: the page is drawn again.
FOLLOWED = {TaskField.RECURRENCE, TaskField.NODES, TaskField.PARENT, TaskField.GOAL}
FOLLOWED |= {TaskField.TITLE, TaskField.AFTER}
GOAL_FIELDS = (TARGETS_FIELD, OWNER_FIELD, FIRST_TASK)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, slug: str, month: Month, task_id: int, column: str) -> HttpResponse:
    if column not in list(TaskField):
        raise Http404
    field = TaskField(column)
    access = team_for(request, slug, Capability.RECORD)
    on = TASK_PAGE if request.GET.get("on") == TASK_PAGE else ""
    access.require(capability_for(task_or_404(access, month, task_id), field))

    def fresh() -> Cell:
        return task_cell(access, task_or_404(access, month, task_id), field, on=on)

    return _answer(request, access, month, fresh)


@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, slug: str, month: Month, goal_id: int, part: str) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    if part not in GOAL_FIELDS:
        raise Http404

    def fresh() -> Cell:
        return goal_cell(access, goal_or_404(access, month, goal_id), part)

    return _answer(request, access, month, fresh)


def _answer(
    request: HttpRequest, access: Access, month: Month, fresh: Callable[[], Cell]
) -> HttpResponse:
    """GET the form (or the closed cell), POST what was typed."""
    cell = with_choices(access, fresh())
    if request.method != "POST":
        if "closed" in request.GET:
            return render(request, "plans/_cell.html", _closed_words(access, month, cell))
        return _opened(request, access, month, cell)
    typed = posted(cell, request.POST)
    if is_trying(request.POST):
        wanted = tried_words(request.POST)
        typed = replace(typed, typed={name: wanted[name] for name in typed.typed})
        return _opened(request, access, month, typed)
    try:
        if cell.asks:
            change = propose_cell(access=access, cell=typed, reason=typed.reason)
            return change_answer(request, access, month, change)
        save(access, typed)
    except ValidationError as error:
        refused = replace(typed, error=" ".join(error.messages))
        return _opened(request, access, month, refused, status=422)
    except EditConflictError:
        conflict = in_conflict(typed, with_choices(access, fresh()))
        return _opened(request, access, month, conflict, status=409)
    return _saved(request, access, month, before=cell, after=with_choices(access, fresh()))


def _capability(cell: Cell) -> Capability:
    subject = cell.subject
    return (
        capability_for(subject, TaskField(cell.field))
        if isinstance(subject, Task)
        else Capability.PLAN
    )


def _opened(
    request: HttpRequest, access: Access, month: Month, cell: Cell, status: int = 200
) -> HttpResponse:
    """The form: in its cell, or on a page of its own."""
    if status == 200:
        try:
            if not cell.asks:
                may_change(access, cell.subject.plan, _capability(cell))
        except ValidationError as error:
            cell, status = replace(cell, error=" ".join(error.messages)), 422
    template = "plans/_cell_open.html" if is_htmx(request) else "plans/cell.html"
    answer = render(request, template, _words(access, month, cell), status=status)
    return aimed_at(answer, f"#{cell.id}") if is_htmx(request) else answer


def _saved(
    request: HttpRequest, access: Access, month: Month, *, before: Cell, after: Cell
) -> HttpResponse:
    undone = "undo" in request.POST
    said = _("已撤销。") if undone else saved_sentence(after.label, after.spoken(after.held))
    if after.field == FIRST_TASK:
        return table_answer(request, access, month, _("已加任务。"))
    if not is_htmx(request) or (after.on and after.field in FOLLOWED):
        messages.success(request, said)
        return _page_again(request, access, month, after)
    back = {**before.held, **{f"seen_{name}": text for name, text in after.held.items()}, "undo": 1}
    words = _closed_words(access, month, after)
    answer = render(request, "plans/_cell.html", words)
    if not after.on:
        answer.write(render_to_string("plans/_facts.html", words | {"oob": True}, request))
        answer.write(render_to_string("plans/_aims.html", words | {"oob": True}, request))
    answer.write(toast(request, said, undo_url="" if undone else after.url, undo_fields=back))
    return aimed_at(answer, f"#{after.id}")


def _page_again(request: HttpRequest, access: Access, month: Month, cell: Cell) -> HttpResponse:
    if is_htmx(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if cell.on:
        return redirect("plans:task", access.team.slug, month, cell.subject.pk)
    return redirect("plans:plan", access.team.slug, month)


def _words(access: Access, month: Month, cell: Cell) -> dict[str, Any]:
    span = 1
    if cell.field == TARGETS_FIELD and cell.goal:
        span = max(1, cell.goal.tasks.filter(deleted_at=None).count())
    words = {"access": access, "month": month, "cell": cell, "span": span}
    return words | _proposed(access, month, cell)


def _proposed(access: Access, month: Month, cell: Cell) -> dict[str, Any]:
    """Beside a goal's targets: what is proposed, and how likely what is typed is."""
    if cell.field != TARGETS_FIELD or cell.goal is None:
        return {}
    typed = {"metric": cell.goal.metric, **cell.typed}
    known = cell.goal.plan.catalogue
    return {"panel": proposals_for(access.team, month, typed, known=known), "is_brief": True}


def _closed_words(access: Access, month: Month, cell: Cell) -> dict[str, Any]:
    """The cell as the table draws it, with what the rest of the page follows it by."""
    if cell.on:
        return {"access": access, "month": month, "cell": closed(access, cell)}
    words = page_words(access, month)
    line = first_line(words["lines"], cell.goal) if cell.kind == TARGETS_FIELD else None
    span, smart = (line.row.goal_span, line.smart) if line else (1, None)
    return words | {"cell": closed(access, cell, span=span, smart=smart)}
