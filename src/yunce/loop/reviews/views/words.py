"""One cell of the summary's words, opened and written in place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.actions import EditConflictError
from yunce.loop.goals.models import DimensionChoice, MonthPlan
from yunce.loop.reviews.actions import WordField, write_words
from yunce.loop.reviews.queries import last_writer, row_of, words_of
from yunce.loop.reviews.views.page import lede, plan_or_404
from yunce.web.toasts import toast


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, slug: str, month: Month, dimension: str, field: str) -> HttpResponse:
    """GET opens the cell; POST writes it. Without htmx both are pages."""
    access = team_for(request, slug, Capability.RECORD)
    plan = plan_or_404(access, month)
    if field not in set(WordField) or dimension not in DimensionChoice.values:
        raise Http404
    held = str(getattr(words_of(plan, dimension), field))
    about = _about(access, plan, dimension, WordField(field))
    if request.method != "POST":
        return _form(request, about, text=held, seen=held)
    typed = {"text": request.POST.get("text", ""), "seen": request.POST.get("seen", "")}
    try:
        write_words(access=access, plan=plan, dimension=dimension, field=WordField(field), **typed)
    except EditConflictError as conflict:
        entry = last_writer(words_of(plan, dimension), field)
        told = about | {"conflict": conflict, "entry": entry}
        return _form(request, told, text=conflict.wanted, seen=conflict.current, status=409)
    except ValidationError as error:
        return _form(request, about | {"problem": error.messages[0]}, **typed, status=422)
    return _saved(request, access, plan, about, was=held)


def _about(access: Access, plan: MonthPlan, dimension: str, field: WordField) -> dict[str, Any]:
    labels = {WordField.HIGHLIGHTS: _("亮点分析"), WordField.PROBLEMS: _("问题反思")}
    return {
        "access": access,
        "plan": plan,
        "month": plan.month,
        "dimension": DimensionChoice(dimension),
        "field": field.value,
        "label": labels[field],
        "cell_id": f"{field.value}-{dimension}",
    }


def _form(
    request: HttpRequest, about: dict[str, Any], *, text: str, seen: str, status: int = 200
) -> HttpResponse:
    template = "reviews/_words_form.html" if request.htmx else "reviews/words.html"  # type: ignore[attr-defined]
    return render(request, template, about | {"text": text, "seen": seen}, status=status)


def _saved(
    request: HttpRequest, access: Access, plan: MonthPlan, about: dict[str, Any], *, was: str
) -> HttpResponse:
    undone = "undo" in request.POST
    where = f"「{about['dimension'].label}」{about['label']}"
    said = _("已撤销。") if undone else _("已保存%(where)s。") % {"where": where}
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, said)
        return redirect("reviews:review", access.team.slug, plan.month)
    row = row_of(plan, about["dimension"])
    words = about | {"row": row, "text": getattr(row, about["field"]), "may_write": True}
    answer = render(request, "reviews/_words_cell.html", words)
    answer["HX-Retarget"] = f"#{about['cell_id']}"  # an undo toast asks from elsewhere
    answer["HX-Reswap"] = "outerHTML"
    address = reverse(
        "reviews:words", args=[access.team.slug, plan.month, about["dimension"], about["field"]]
    )
    answer.write(lede(request, access, plan))
    fields = {"text": was, "seen": words["text"], "undo": 1}
    answer.write(toast(request, said, undo_url="" if undone else address, undo_fields=fields))
    return answer
