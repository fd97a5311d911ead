"""What a request on the plan page is answered with: a whole page, or the piece that changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yunce.ground.journal.queries import newest_entry_number
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month
from yunce.loop.goals.models import ChangeState, DimensionChoice, PlanChange, PlanState
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.aims import aims_of, with_checks
from yunce.loop.plans.cells import may_edit
from yunce.loop.plans.header import header_of
from yunce.loop.plans.intake.starters import starters
from yunce.loop.plans.queries import has_lines, month_tasks
from yunce.loop.plans.sheet import Sheet
from yunce.loop.plans.strip import strip_of
from yunce.loop.plans.table import facts_of, lines_of
from yunce.loop.plans.workload import month_load
from yunce.web.toasts import toast


def page_words(
    access: Access, month: Month, *, problem: str = "", tree: str = ""
) -> dict[str, Any]:
    """Everything the plan page shows."""
    plan = plan_of(access.team, month)
    tasks = month_tasks(plan) if plan else []
    lines = lines_of(plan, tasks) if plan else []
    aims = aims_of(access, plan, lines, asked=tree) if plan else None
    lines = with_checks(lines, aims) if aims else lines
    load = month_load(plan, tasks) if lines and plan else None
    return {
        "access": access,
        "month": month,
        "plan": plan,
        "header": header_of(access, plan, now=timezone.now()) if plan else None,
        "lines": lines,
        "sheet": Sheet(access, plan, lines) if plan else (),
        "aims": aims,
        "facts": facts_of(lines),
        "may_propose": access.may_plan and plan is not None and plan.state == PlanState.LOCKED,
        "load": load,
        "strip": strip_of([line.row for line in lines], load.days, month) if load else None,
        "dimension_words": DimensionChoice.choices,
        "editable": may_edit(access, plan.state if plan else "draft"),
        "can_copy": not lines and access.may_plan and has_lines(access.team, month.previous),
        "problem": problem,
        "stamp": newest_entry_number(),
        "starters": () if lines else tuple(starters().values()),
    }


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def table_answer(
    request: HttpRequest,
    access: Access,
    month: Month,
    said: str,
    *,
    undo_url: str = "",
    undo_fields: Mapping[str, object] | None = None,
    form: str = "",
) -> HttpResponse:
    """After a change to the table's lines: the table again, with a toast; ``form`` stands above."""
    if not is_htmx(request):
        messages.success(request, said)
        return redirect("plans:plan", access.team.slug, month)
    words = page_words(access, month) | {"oob": True}
    answer = render(request, "plans/_table.html", words)
    answer.write(render_to_string("plans/_facts.html", words, request))
    answer.write(render_to_string("plans/_aims.html", words, request))
    answer.write(f'<div id="plan-form" hx-swap-oob="innerHTML">{form}</div>')
    answer.write(toast(request, said, undo_url=undo_url, undo_fields=undo_fields))
    return aimed_at(answer, "#plan-table")


def page_answer(
    request: HttpRequest, access: Access, month: Month, said: str, *, undo_url: str
) -> HttpResponse:
    """After the month's first line: the whole page, since more than the table has changed."""
    messages.success(request, said, extra_tags=undo_url)
    if not is_htmx(request):
        return redirect("plans:plan", access.team.slug, month)
    return HttpResponse(headers={"HX-Refresh": "true"})


def change_answer(
    request: HttpRequest, access: Access, month: Month, change: PlanChange
) -> HttpResponse:
    """After proposing a change: the plan again, saying who decides."""
    if change.state == ChangeState.APPLIED:
        said = _("已变更，原因和旧值都留着：%s") % change.label
    else:
        said = _("已提出变更，别人同意后生效：%s") % change.label
    messages.success(request, said)
    if is_htmx(request):
        address = reverse("plans:plan", args=[access.team.slug, month])
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect("plans:plan", access.team.slug, month)


def refusal(
    request: HttpRequest,
    access: Access,
    month: Month,
    error: ValidationError,
    *,
    again: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The table as it is, under the sentence that says why nothing was changed.

    ``again`` is what a paste sends to write over what others wrote meanwhile.
    """
    words = page_words(access, month, problem=" ".join(error.messages)) | {"again": again}
    if is_htmx(request):
        return aimed_at(render(request, "plans/_table.html", words, status=422), "#plan-table")
    return render(request, "plans/plan.html", words, status=422)


def aimed_at(response: HttpResponse, selector: str) -> HttpResponse:
    """Undo forms swap nothing by themselves, so every answer says where it belongs."""
    response["HX-Retarget"] = selector
    response["HX-Reswap"] = "outerHTML"
    return response


def saved_sentence(label: str, text: str) -> str:
    return _("已保存%(label)s：%(text)s") % {"label": label, "text": text[:40]}
