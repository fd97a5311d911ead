"""The month's tasks in the order they ask for attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunce.ground.teams.models import Member
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.actions import set_state
from yunce.loop.plans.fetching import task_or_404
from yunce.loop.plans.models import Task, TaskState
from yunce.loop.plans.queries import last_change, tasks_of
from yunce.loop.plans.rules import is_overdue, next_day, urgency, write_timing
from yunce.loop.plans.views.answers import aimed_at, is_htmx
from yunce.web.toasts import toast


@dataclass(frozen=True)
class TaskLine:
    """A task as the list shows it."""

    task: Task
    next_day: date | None
    days: str
    is_overdue: bool
    may_move: bool

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in TaskState]


@require_GET
def tasks(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    today = timezone.localdate()
    every = _tasks_by_urgency(access, month, today)
    owner = request.GET.get("owner", "")
    lines = [
        _line(access, task, today)
        for task in every
        if owner in ("", *(str(member.pk) for member in task.owners.all()))
    ]
    words = {
        "access": access,
        "month": month,
        "lines": lines,
        "owner": owner,
        "owners": _owners(every),
        "total": len(every),
        "done": sum(line.task.is_done for line in lines),
        "overdue": sum(line.is_overdue for line in lines),
    }
    return render(request, "plans/tasks.html", words)


def _tasks_by_urgency(access: Access, month: Month, today: date) -> list[Task]:
    plan = plan_of(access.team, month)
    tasks = tasks_of(plan) if plan else []
    return sorted(tasks, key=lambda task: urgency(task.timing, today, done=task.is_done).key)


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
    """The line again; a refusal stands under it."""
    task = task_or_404(access, month, number)
    line = _line(access, task, timezone.localdate())
    said = _("「%(title)s」：%(state)s") % {
        "title": task.title[:30],
        "state": task.get_state_display(),
    }
    if not is_htmx(request):
        (messages.error if problem else messages.success)(request, problem or said)
        return redirect(_next_page(request, access, month))
    words = {"access": access, "month": month, "line": line, "problem": problem}
    status = 409 if problem else 200
    answer = render(request, "plans/_task_line.html", words, status=status)
    if not problem:
        answer.write(toast(request, said, undo_url=request.path if undo else "", undo_fields=undo))
    return aimed_at(answer, f"#task-{number}")


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


def _line(access: Access, task: Task, today: date) -> TaskLine:
    timing = task.timing
    return TaskLine(
        task=task,
        next_day=next_day(timing, today),
        days=write_timing(timing),
        is_overdue=is_overdue(timing, today, done=task.is_done),
        may_move=access.may_record and not task.plan.is_closed,
    )


def _owners(tasks: list[Task]) -> list[Member]:
    found = {member.pk: member for task in tasks for member in task.owners.all()}
    return [found[number] for number in sorted(found)]
