"""The 今日 page and what one does on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.days import parse_day
from yunce.kit.timing import short
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.plans import actions
from yunce.loop.plans.fetching import team_task_or_404, team_tasks
from yunce.loop.plans.matrix import Corner
from yunce.loop.plans.models import Quadrant, Task
from yunce.loop.plans.rules import TaskField, read_numbers
from yunce.loop.plans.today import today_of
from yunce.loop.plans.views.answers import aimed_at, is_htmx
from yunce.web.toasts import toast

DAY = timedelta(days=1)
ICONS = {
    Corner.DO: "ti-flame",
    Corner.SCHEDULE: "ti-calendar-plus",
    Corner.DELEGATE: "ti-user-share",
    Corner.DROP: "ti-archive",
}


@require_GET
def today(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    return render(request, "plans/today.html", _words(access, _day(request.GET.get("day", ""))))


@require_POST
def jot(request: HttpRequest, slug: str) -> HttpResponse:
    """记一件事."""
    access = team_for(request, slug, Capability.RECORD)
    day = _day(request.POST.get("day", ""))
    typed = {name: request.POST.get(name, "") for name in ("title", "estimate", "quadrant")}
    try:
        task = actions.jot(access=access, day=day, **typed)
    except ValidationError as error:
        return _answer(request, access, day, problem=error, typed=typed)
    return _answer(request, access, day, said=_("已记下「%s」。") % task.title[:30])


@require_POST
def step(request: HttpRequest, slug: str, task_id: int, act: str) -> HttpResponse:
    """start, stop, done, undone, place, minutes, quadrant, bring or back."""
    access = team_for(request, slug, Capability.RECORD)
    task = team_task_or_404(access, task_id)
    day = _day(request.POST.get("day", ""))
    value = request.POST.get("value", "")
    try:
        said, undo = STEPS[act](access, task, day, value)
    except ValidationError as error:
        return _answer(request, access, day, problem=error)
    except EditConflictError as conflict:
        return _answer(request, access, day, problem=ValidationError(str(conflict)))
    fields = {"day": day.isoformat(), "value": undo[1]} if undo else {}
    url = reverse("plans:today-step", args=[slug, task_id, undo[0]]) if undo else ""
    return _answer(request, access, day, said=said, undo_url=url, undo_fields=fields)


@require_POST
def carry(request: HttpRequest, slug: str) -> HttpResponse:
    """收尾到明天: what is still open goes on the next working day's list; `numbers` undoes it."""
    access = team_for(request, slug, Capability.RECORD)
    day = _day(request.POST.get("day", ""))
    to = actions.next_workday(access, day)
    numbers = read_numbers(request.POST.get("numbers", "")) or []
    try:
        if numbers:
            actions.send_back(access=access, tasks=list(team_tasks(access, numbers)), day=to)
            return _answer(request, access, day, said=_("已撤销。"))
        open_tasks = [item.task for item in today_of(access, day, now=timezone.now()).open_items]
        brought = actions.bring_to(access=access, tasks=open_tasks, day=to)
    except ValidationError as error:
        return _answer(request, access, day, problem=error)
    said = _("%(count)s 件放到 %(day)s，计划里的节点没有变。")
    back = {"day": day.isoformat(), "numbers": ",".join(str(task.pk) for task in brought)}
    return _answer(
        request,
        access,
        day,
        said=said % {"count": len(brought), "day": short(to)},
        undo_url=request.path if brought else "",
        undo_fields=back,
    )


Said = tuple[str, tuple[str, str] | None]  # the sentence, and (step, value) that takes it back


def _start(access: Access, task: Task, day: date, value: str) -> Said:
    actions.start_work(access=access, task=task, day=day)
    return _("开始计时：「%s」") % task.title[:30], ("stop", "")


def _stop(access: Access, task: Task, day: date, value: str) -> Said:
    work = actions.stop_work(access=access, task=task, day=day)
    return _("停了，今天做了 %s 分。") % work.minutes, None


def _done(access: Access, task: Task, day: date, value: str) -> Said:
    actions.finish_day(access=access, task=task, day=day)
    return _("做完了：「%s」") % task.title[:30], ("undone", "")


def _undone(access: Access, task: Task, day: date, value: str) -> Said:
    actions.reopen_day(access=access, task=task, day=day)
    return _("取消了完成：「%s」") % task.title[:30], ("done", "")


def _place(access: Access, task: Task, day: date, value: str) -> Said:
    actions.place_work(access=access, task=task, day=day, at=value)
    return _("已排到 %s。") % value if value else _("已从时间轴取下。"), None


def _minutes(access: Access, task: Task, day: date, value: str) -> Said:
    work = actions.note_minutes(access=access, task=task, day=day, minutes=value)
    return _("实际用时记为 %s 分。") % work.minutes, None


def _quadrant(access: Access, task: Task, day: date, value: str) -> Said:
    """What people say wins over whatever somebody else said a moment ago; the toast undoes it."""
    was = task.quadrant
    actions.edit_task(access=access, task=task, field=TaskField.QUADRANT, value=value, seen=was)
    where = Quadrant(value).label if value else _("推算的位置")
    return _("已放到「%s」。") % where, ("quadrant", was)


def _bring(access: Access, task: Task, day: date, value: str) -> Said:
    actions.bring_to(access=access, tasks=[task], day=day)
    return _("已放到 %s。") % short(day), ("back", "")


def _back(access: Access, task: Task, day: date, value: str) -> Said:
    actions.send_back(access=access, tasks=[task], day=day)
    return _("已撤销。"), None


STEPS: dict[str, Callable[[Access, Task, date, str], Said]] = {
    "start": _start,
    "stop": _stop,
    "done": _done,
    "undone": _undone,
    "place": _place,
    "minutes": _minutes,
    "quadrant": _quadrant,
    "bring": _bring,
    "back": _back,
}


def _day(text: str) -> date:
    """The day asked for; today when it is none."""
    try:
        return parse_day(text)
    except ValueError:
        return timezone.localdate()


def _words(access: Access, day: date, **more: Any) -> dict[str, Any]:
    page = today_of(access, day, now=timezone.now())
    corners = [
        {"code": corner, "label": Quadrant(corner).label, "icon": ICONS[corner], "number": number}
        | {"items": page.at(corner)}
        for number, corner in enumerate(Corner, start=1)
    ]
    return {
        "access": access,
        "today": page,
        "corners": corners,
        "previous": day - DAY,
        "next": day + DAY,
        "is_today": day == timezone.localdate(),
        **more,
    }


def _answer(
    request: HttpRequest,
    access: Access,
    day: date,
    *,
    said: str = "",
    problem: ValidationError | None = None,
    typed: dict[str, str] | None = None,
    undo_url: str = "",
    undo_fields: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The day again, with a toast or the sentence that says why not."""
    sentence = " ".join(problem.messages) if problem else ""
    words = _words(access, day, problem=sentence, typed=typed or {})
    if not is_htmx(request):
        if problem:
            return render(request, "plans/today.html", words, status=422)
        messages.success(request, said)
        address = reverse("plans:today", args=[access.team.slug])
        return redirect(f"{address}?day={day.isoformat()}")
    answer = render(request, "plans/_today.html", words, status=422 if problem else 200)
    if said:
        answer.write(toast(request, said, undo_url=undo_url, undo_fields=undo_fields))
    return aimed_at(answer, "#today")
