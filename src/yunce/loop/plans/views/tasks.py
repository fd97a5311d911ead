"""The month's tasks as a list and as a board; moving one on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunce.ground.teams.queries import Access, members_of, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.queries import goals_of, plan_of
from yunce.loop.plans.actions import set_state
from yunce.loop.plans.fetching import task_or_404
from yunce.loop.plans.listing import Column, Listing, line_of, listing_of
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import last_change, onward_of
from yunce.loop.plans.task_rows import TaskRows
from yunce.loop.plans.views.answers import aimed_at, is_htmx
from yunce.web.toasts import toast

BOARD = "board"


@require_GET
def tasks(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    return render(request, "plans/tasks.html", _words(request, access, month, request.GET))


@require_GET
def board(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    return render(request, "plans/board.html", _words(request, access, month, request.GET))


def _words(request: HttpRequest, access: Access, month: Month, asked: QueryDict) -> dict[str, Any]:
    listing = listing_of(access, month, asked.dict(), today=timezone.localdate())  # type: ignore[arg-type]
    plan = plan_of(access.team, month) if listing.may_choose else None
    words = _row_words(request, access, month) | {"query": asked.urlencode()}
    rows = TaskRows(words)
    return words | {
        "listing": listing,
        "rows": map(rows.line, listing.lines),
        "columns": [_column(column, rows) for column in listing.columns],
        "sorts": _sorts(listing, asked),
        "people": list(members_of(access.team)) if plan else [],
        "goals": list(goals_of(plan)) if plan else [],
    }


def _row_words(request: HttpRequest, access: Access, month: Month) -> dict[str, Any]:
    return {"access": access, "month": month, "csrf_token": get_token(request)}


def _column(column: Column, rows: TaskRows) -> dict[str, Any]:
    """A column of the board; its cards are drawn when the template asks for them."""
    return {
        "state": column.state,
        "label": column.label,
        "count": len(column.lines),
        "cards": map(rows.card, column.lines),
    }


def _sorts(listing: Listing, asked: QueryDict) -> dict[str, str]:
    """Column → the address that orders by it; pressing again turns the order round."""
    addresses = {}
    for name in ("title", "owner", "goal", "estimate", "state", ""):
        query = asked.copy()
        query["sort"] = f"-{name}" if name and listing.sort == name else name
        if not query["sort"]:
            del query["sort"]
        addresses[name or "day"] = f"?{query.urlencode()}"
    return addresses


def list_answer(
    request: HttpRequest,
    access: Access,
    month: Month,
    *,
    said: str = "",
    problem: str = "",
    undo_url: str = "",
    undo_fields: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The list again under the filters the person has set, with a toast or the refusal."""
    query = request.POST.get("query", "")
    if not is_htmx(request):
        (messages.error if problem else messages.success)(request, problem or said)
        address = reverse("plans:tasks", args=[access.team.slug, month])
        return redirect(f"{address}?{QueryDict(query).urlencode()}")
    words = _words(request, access, month, QueryDict(query)) | {"problem": problem}
    answer = render(request, "plans/_tasks.html", words, status=422 if problem else 200)
    if said:
        fields = {**(undo_fields or {}), "query": query}
        answer.write(toast(request, said, undo_url=undo_url, undo_fields=fields))
    return aimed_at(answer, "#tasks")


@require_POST
def task_state(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    task = task_or_404(access, month, task_id)
    wanted, seen = request.POST.get("state", ""), request.POST.get("seen", "")
    try:
        set_state(access=access, task=task, state=wanted, seen=seen)
    except ValidationError as error:
        return _moved(request, access, month, task_id, problem=" ".join(error.messages))
    except EditConflictError:
        return _moved(request, access, month, task_id, problem=_conflict_sentence(task))
    undo = {} if "undo" in request.POST else {"state": seen, "seen": wanted, "undo": 1}
    return _moved(request, access, month, task_id, undo=undo)


def _moved(
    request: HttpRequest,
    access: Access,
    month: Month,
    number: int,
    *,
    problem: str = "",
    undo: dict[str, object] | None = None,
) -> HttpResponse:
    """The line again; a refusal stands under it. On the board: the board again."""
    task = task_or_404(access, month, number)
    said = _("「%(title)s」：%(state)s") % {
        "title": task.title[:30],
        "state": task.get_state_display(),
    }
    if not is_htmx(request):
        (messages.error if problem else messages.success)(request, problem or said)
        return redirect(_next_page(request, access, month))
    is_board = request.POST.get("on") == BOARD
    answer = (_board if is_board else _line)(request, access, task, problem=problem)
    if not problem:
        fields = {**(undo or {}), **_kept(request)}
        answer.write(
            toast(request, said, undo_url=request.path if undo else "", undo_fields=fields)
        )
    return aimed_at(answer, "#board" if is_board else f"#task-{number}")


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in ("on", "query") if name in request.POST}


def _line(request: HttpRequest, access: Access, task: Task, *, problem: str) -> HttpResponse:
    line = line_of(access, task, timezone.localdate(), went_to=onward_of([task]).get(task.pk))
    words = _row_words(request, access, task.plan.month) | {"refusal": problem}
    return HttpResponse(TaskRows(words).one_line(line), status=409 if problem else 200)


def _board(request: HttpRequest, access: Access, task: Task, *, problem: str) -> HttpResponse:
    asked = QueryDict(request.POST.get("query", ""))
    words = _words(request, access, task.plan.month, asked) | {"problem": problem}
    return render(request, "plans/_board.html", words, status=409 if problem else 200)


def _next_page(request: HttpRequest, access: Access, month: Month) -> str:
    """Back to the page of ours that the box was ticked on; otherwise to the list."""
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("plans:tasks", args=[access.team.slug, month])


def _conflict_sentence(task: Task) -> str:
    change = last_change(task, "state")
    current = Task.objects.get(pk=task.pk).get_state_display()
    return _("%(who)s 刚把它改成「%(state)s」，没有保存你的修改。") % {
        "who": change.actor_name if change else "",
        "state": current,
    }
