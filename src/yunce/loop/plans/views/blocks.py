"""Many tasks in one request: a pasted block, a filled column, chosen lines, and putting back."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunce.ground.journal.queries import newest_entry_number
from yunce.ground.teams.queries import Access, members_of, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import goals_of
from yunce.loop.plans.actions import Done, UnseenError, change_tasks, put_back, write_rows
from yunce.loop.plans.blocks import (
    DIMENSION,
    METRIC,
    Lookup,
    RowChange,
    columns_from,
    read_block,
    row_changes,
)
from yunce.loop.plans.fetching import plan_or_404
from yunce.loop.plans.models import Task
from yunce.loop.plans.queries import cell_text, plan_rows, tasks_of
from yunce.loop.plans.rules import TaskField, read_numbers
from yunce.loop.plans.views.answers import aimed_at, is_htmx, refusal, table_answer
from yunce.loop.plans.views.onward import carried
from yunce.loop.plans.views.tasks import list_answer

_CELL = re.compile(r"(task|goal)-(\d{1,12})-([a-z]+)")
FILLED = (TaskField.OWNERS, TaskField.NODES, TaskField.STANDARD, TaskField.NOTE)


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """A block from Excel or WPS, from the cell `at` on; without one, whole lines."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_or_404(access, month)
    if request.method != "POST":
        return _form(request, access, month)
    text, at = request.POST.get("text", ""), request.POST.get("at", "")
    try:
        rows = _rows(access, plan, text, at)
        stamp = (read_numbers(request.POST.get("stamp", "")) or [None])[0]  # type: ignore[list-item]
        done = write_rows(access=access, plan=plan, rows=rows, stamp=stamp)
    except UnseenError as error:
        again = {"at": at, "text": text, "stamp": newest_entry_number()}
        return refusal(request, access, month, error, again=again)
    except ValidationError as error:
        if at:
            return refusal(request, access, month, error)
        return _form(request, access, month, text=text, problem=" ".join(error.messages))
    words = {"rows": len(rows), "added": len(done.added)}
    said = _("已粘贴 %(rows)s 行，其中新任务 %(added)s 项。") % words
    return _changed(request, access, month, said, done)


def _rows(access: Access, plan: MonthPlan, text: str, at: str) -> list[RowChange]:
    block = read_block(text)
    cell = _CELL.fullmatch(at)
    start = DIMENSION if cell is None else METRIC if cell[1] == "goal" else cell[3]
    if start not in (DIMENSION, METRIC, *TEXT_COLUMNS):
        raise ValidationError(_("这一格不能粘贴。请选核心任务、负责人、时间节点、完成标准或备注。"))
    columns = columns_from(start, block)
    below = _from(plan, int(cell[2])) if cell and start in TEXT_COLUMNS else []
    return row_changes(
        block,
        columns,
        lookup=Lookup(goals_of(plan), members_of(access.team)),
        tasks=below,
        under=below[-1] if below else None,
    )


TEXT_COLUMNS = ("title", "owners", "nodes", "standard", "note")


def _from(plan: MonthPlan, number: int) -> list[Task]:
    """The table's tasks from this one down."""
    tasks = [row.task for row in plan_rows(plan) if row.task]
    at = next((at for at, task in enumerate(tasks) if task.pk == number), None)
    if at is None:
        raise ValidationError(_("这个任务刚被别人删除了。请刷新页面。"))
    return tasks[at:]


@require_POST
def fill(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """向下填充: the cell `at` into the same column of the tasks in `to`."""
    access = team_for(request, slug, Capability.PLAN)
    plan = plan_or_404(access, month)
    try:
        done = write_rows(access=access, plan=plan, rows=_filled(plan, request))
    except ValidationError as error:
        return refusal(request, access, month, error)
    said = _("已向下填充 %s 格。") % len(done.changes)
    return _changed(request, access, month, said, done)


def _filled(plan: MonthPlan, request: HttpRequest) -> list[RowChange]:
    cell = _CELL.fullmatch(request.POST.get("at", ""))
    tasks = {task.pk: task for task in tasks_of(plan)}
    source = tasks.get(int(cell[2])) if cell and cell[1] == "task" else None
    numbers = read_numbers(request.POST.get("to", "")) or []
    if cell is None or source is None or not numbers or not set(numbers) <= set(tasks):
        raise ValidationError(_("不知道从哪一格填到哪里。请刷新页面再试。"))
    if cell[3] not in FILLED:
        raise ValidationError(_("这一列不能向下填充：每个任务有自己的说法。"))
    field = TaskField(cell[3])
    owners = list(source.owners.all()) if field is TaskField.OWNERS else None
    texts = {} if owners is not None else {field: cell_text(source, field)}
    return [
        RowChange(at, tasks[number], texts=texts, owners=owners)
        for at, number in enumerate(numbers, start=1)
    ]


@require_POST
def bulk(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """The chosen lines of the task list: owner, shift, state, goal or remove."""
    access = team_for(request, slug, Capability.RECORD)
    plan = plan_or_404(access, month)
    do = request.POST.get("do", "")
    numbers = read_numbers(",".join(request.POST.getlist("task"))) or []
    tasks = list(tasks_of(plan).filter(pk__in=numbers))
    if do == "onward" and tasks:
        back = f"{reverse('plans:tasks', args=[slug, month])}?{request.POST.get('query', '')}"
        return carried(request, access, month, tasks, back)
    try:
        done = change_tasks(
            access=access, plan=plan, tasks=tasks, do=do, value=request.POST.get(f"to_{do}", "")
        )
    except ValidationError as error:
        return _listed(request, access, month, problem=" ".join(error.messages))
    said = _("已改 %s 项任务。") % done.tasks
    if do == "remove":
        said = _("已删除 %s 项任务。") % done.tasks
    return _listed(request, access, month, said=said, done=done)


@require_POST
def back(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """撤销 of any of these."""
    access = team_for(request, slug, Capability.RECORD)
    plan = plan_or_404(access, month)
    try:
        put_back(access=access, plan=plan, done=_read(request.POST.get("done", "")))
    except ValidationError as error:
        if request.POST.get("on") == "list":
            return _listed(request, access, month, problem=" ".join(error.messages))
        return refusal(request, access, month, error)
    if request.POST.get("on") == "list":
        return _listed(request, access, month, said=_("已撤销。"))
    return table_answer(request, access, month, _("已撤销。"))


def _changed(
    request: HttpRequest, access: Access, month: Month, said: str, done: Done
) -> HttpResponse:
    url = reverse("plans:put-back", args=[access.team.slug, month])
    fields = {"done": _write(done)}
    return table_answer(request, access, month, said, undo_url=url, undo_fields=fields)


def _listed(
    request: HttpRequest,
    access: Access,
    month: Month,
    *,
    said: str = "",
    problem: str = "",
    done: Done | None = None,
) -> HttpResponse:

    undo = {"done": _write(done), "on": "list"} if done else {}
    url = reverse("plans:put-back", args=[access.team.slug, month]) if done else ""
    return list_answer(
        request, access, month, said=said, problem=problem, undo_url=url, undo_fields=undo
    )


def _write(done: Done) -> str:
    return json.dumps(
        {"changes": done.changes, "added": done.added, "removed": done.removed}, ensure_ascii=False
    )


def _read(text: str) -> Done:
    """As the undo form sent it; permission and conflicts are asked again when it is put back."""
    try:
        held: dict[str, Any] = json.loads(text)
        return Done(
            changes=tuple((int(n), str(f), str(w), str(t)) for n, f, w, t in held["changes"]),
            added=tuple(map(int, held["added"])),
            removed=tuple(map(int, held["removed"])),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise ValidationError(_("不知道要撤销什么。请刷新页面。")) from error


def _form(
    request: HttpRequest, access: Access, month: Month, *, text: str = "", problem: str = ""
) -> HttpResponse:
    words = {"access": access, "month": month, "text": text, "problem": problem}
    status = 422 if problem else 200
    if not is_htmx(request):
        return render(request, "plans/paste.html", words, status=status)
    answer = aimed_at(render(request, "plans/_paste.html", words, status=status), "#plan-form")
    answer["HX-Reswap"] = "innerHTML"
    return answer
