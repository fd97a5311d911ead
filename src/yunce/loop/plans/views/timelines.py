"""甘特图 and 日历 of a month's tasks, and moving a task's days on either."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.actions import edit_task
from yunce.loop.plans.cells import may_edit
from yunce.loop.plans.daygrid import daygrid_of
from yunce.loop.plans.fetching import task_or_404
from yunce.loop.plans.gantt import gantt_of
from yunce.loop.plans.queries import last_change
from yunce.loop.plans.rules import TaskField, write_timing
from yunce.loop.plans.shifting import ShiftError, shifted
from yunce.loop.plans.views.answers import aimed_at, is_htmx
from yunce.web.toasts import toast

PIECES = {"gantt": "plans/_gantt.html", "days": "plans/_daygrid.html"}


@require_safe
def gantt(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    return render(request, "plans/gantt.html", _words(access, month, "gantt"))


@require_safe
def days(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    return render(request, "plans/days.html", _words(access, month, "days"))


def _words(access: Access, month: Month, way: str) -> dict[str, Any]:
    plan = plan_of(access.team, month)
    words: dict[str, Any] = {"access": access, "month": month, "plan": plan}
    words["editable"] = plan is not None and may_edit(access, plan.state)
    if plan is not None and way == "gantt":
        words["gantt"] = gantt_of(plan)
    if way == "days":
        words["grid"] = daygrid_of(access.team, month, plan)
    return words


@require_POST
def move(request: HttpRequest, slug: str, month: Month, task_id: int) -> HttpResponse:
    """A task (or one of its nodes) some days later, or longer; ``to`` is an undo's own words."""
    access = team_for(request, slug, Capability.PLAN)
    task = task_or_404(access, month, task_id)
    way = request.POST.get("on", "gantt")
    seen = request.POST.get("seen", "")
    problem = ""
    try:
        wanted = _wanted(request, write_timing, task.timing)
        edit_task(access=access, task=task, field=TaskField.NODES, value=wanted, seen=seen)
    except ShiftError as error:
        problem = str(error)
    except ValidationError as error:
        problem = " ".join(error.messages)
    except EditConflictError as conflict:
        change = last_change(task, "nodes")
        problem = _("%(who)s 刚把「%(task)s」改成「%(current)s」，没有移动。") % {
            "who": change.actor_name if change else _("有人"),
            "task": task.title[:30],
            "current": conflict.current or _("空"),
        }
    return _moved(request, access, month, task_id, way=way, was=seen, problem=problem)


def _wanted(request: HttpRequest, write: Any, timing: Any) -> str:
    if "to" in request.POST:
        return request.POST["to"]
    try:
        by, grow = (int(request.POST.get(name) or 0) for name in ("by", "grow"))
        node = date.fromisoformat(request.POST["node"]) if request.POST.get("node") else None
    except ValueError as error:
        raise ShiftError(_("看不懂要移动几天。请刷新页面再试。")) from error
    return str(write(shifted(timing, by=by, grow=grow, node=node)))


def _moved(
    request: HttpRequest,
    access: Access,
    month: Month,
    number: int,
    *,
    way: str,
    was: str,
    problem: str,
) -> HttpResponse:
    """The chart (or the calendar) again, with what was done or why not."""
    way = way if way in PIECES else "gantt"
    now = write_timing(task_or_404(access, month, number).timing)
    said = _("已改到 %s") % (now or _("没有日期"))
    if not is_htmx(request):
        (messages.error if problem else messages.success)(request, problem or said)
        return redirect(f"plans:{way}", access.team.slug, month)
    words = _words(access, month, way) | {"problem": problem}
    answer = render(request, PIECES[way], words, status=409 if problem else 200)
    if not problem:
        undo = {} if "to" in request.POST else {"to": was, "seen": now, "on": way}
        answer.write(toast(request, said, undo_url=request.path if undo else "", undo_fields=undo))
    return aimed_at(answer, f"#{way}")
