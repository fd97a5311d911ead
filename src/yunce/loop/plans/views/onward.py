"""移到下月: what goes along, and the step itself; from a day's list, the task list or a task."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.plans.actions import bring_back
from yunce.loop.plans.changing import asks_onward, carry_onward
from yunce.loop.plans.fetching import team_tasks
from yunce.loop.plans.models import Task
from yunce.loop.plans.rules import read_numbers
from yunce.loop.plans.views.answers import is_htmx


@require_http_methods(["GET", "HEAD", "POST"])
def onward(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """GET what would go along (and the reason a plan that stands asks for); POST moves it."""
    access = team_for(request, slug, Capability.RECORD)
    asked = request.POST if request.method == "POST" else request.GET
    tasks = _tasks(access, month, ",".join(asked.getlist("task")))
    back = asked.get("next", "")
    if not tasks:
        messages.error(request, _("请先勾选任务。"))
        return redirect(_next_page(access, month, back))
    if request.method != "POST":
        return _page(request, access, month, tasks, back)
    return carried(request, access, month, tasks, back)


def carried(
    request: HttpRequest, access: Access, month: Month, tasks: list[Task], back: str
) -> HttpResponse:
    """The step, then the page it was taken on; a refusal stands on the step's own page."""
    reason = request.POST.get("reason", "")
    try:
        made, changes = carry_onward(access=access, tasks=tasks, reason=reason)
    except ValidationError as error:
        if is_htmx(request):
            query = urlencode({"task": ",".join(str(task.pk) for task in tasks), "next": back})
            return HttpResponse(headers={"HX-Redirect": f"{_address(access, month)}?{query}"})
        return _page(request, access, month, tasks, back, " ".join(error.messages), reason)
    waiting = sum(change.state == "waiting" for change in changes)
    words = {"count": len(made) + len(changes), "month": month.next}
    said = _("已移到 %(month)s：%(count)s 项。时间要重新定。") % words
    if waiting:
        said = _("已提出移到 %(month)s：%(count)s 项，别人同意后生效。") % words
    undo = f"{_address(access, month)}back/?made=" + ",".join(str(task.pk) for task in made)
    messages.success(request, said, extra_tags="" if changes else undo)
    to = _next_page(access, month, back)
    return HttpResponse(headers={"HX-Redirect": to}) if is_htmx(request) else redirect(to)


@require_POST
def undo(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """撤销: what was moved leaves the next month again."""
    access = team_for(request, slug, Capability.RECORD)
    tasks = _tasks(access, month.next, request.GET.get("made", ""))
    try:
        bring_back(access=access, tasks=tasks)
        messages.success(request, _("已撤销。"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    if is_htmx(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect("plans:tasks", slug, month)


def _tasks(access: Access, month: Month, numbers: str) -> list[Task]:
    """The tasks named, of this month; Http404 when one of them is not there."""
    wanted = read_numbers(numbers)
    found = list(team_tasks(access, wanted or []).filter(plan__month_start=month.first))
    if wanted is None or len(found) != len(wanted):
        raise Http404
    return found


def _page(
    request: HttpRequest,
    access: Access,
    month: Month,
    tasks: list[Task],
    back: str,
    problem: str = "",
    reason: str = "",
) -> HttpResponse:
    words = {
        "access": access,
        "month": month,
        "to": month.next,
        "tasks": tasks,
        "asks": asks_onward(access, tasks),
        "next": _next_page(access, month, back),
        "problem": problem,
        "reason": reason,
    }
    return render(request, "plans/onward.html", words, status=422 if problem else 200)


def _address(access: Access, month: Month) -> str:
    return reverse("plans:onward", args=[access.team.slug, month])


def _next_page(access: Access, month: Month, asked: str) -> str:
    """Back to the page of ours it was asked on; otherwise to the list."""
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("plans:tasks", args=[access.team.slug, month])
