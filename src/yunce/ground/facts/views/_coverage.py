"""What is there, what is missing, and what was changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yunce.engines.documents import CONTENT_TYPES, write_xlsx
from yunce.ground.facts import actions, listing
from yunce.ground.facts.closing import history_of
from yunce.ground.facts.covering import coverage_of
from yunce.ground.facts.forms import DaysForm, RecloseForm, RestatedForm
from yunce.ground.facts.models import MonthClosing, SinceClosing
from yunce.ground.facts.queries import changed_since_closing
from yunce.ground.facts.queries.checking import closing_windows, still_missing
from yunce.ground.facts.queries.defining import Span
from yunce.ground.facts.queries.restating import MOST, lines_since_closing, restated_lines
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.web.attachments import Attachment

PAGE = 100
YEAR = timedelta(days=365)


@require_safe
def coverage(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    today = timezone.localdate()
    words = {
        "access": access,
        "month": month,
        "page": coverage_of(access.team, month, today=today),
        "missing": still_missing(access.team, today),
        "closing": closing_windows(access.team, today),
    }
    return render(request, "facts/coverage.html", words)


@require_safe
def restatements(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of them; with ``?as=xlsx`` all of them as a workbook."""
    access = team_for(request, slug, Capability.SEE_ALL)
    form = RestatedForm(request.GET)
    if request.GET.get("as") == "xlsx" and form.is_valid():
        return _workbook(access, form)
    return _restated(request, access, form)


@require_POST
def reclose(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """Close a closed month anew by the numbers as they are now."""
    access = team_for(request, slug, Capability.PLAN)
    form = RecloseForm(request.POST, prefix=str(month))
    if form.is_valid():
        try:
            actions.reclose_month(access=access, month=month, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("reason", error.messages[0])
        else:
            words = {"month": month}
            messages.success(request, _("%(month)s 已按新数重新关账，旧的关账留在记录里。") % words)
            return redirect("facts:restatements", slug)
    days = {"from": month.first, "to": month.last, "since": "close"}
    return _restated(request, access, RestatedForm(days), again={month: form})


def _restated(
    request: HttpRequest,
    access: Access,
    form: RestatedForm,
    again: Mapping[Month, RecloseForm] | None = None,
) -> HttpResponse:
    span, is_since = _span(form), _is_since(form)
    lines = (lines_since_closing if is_since else restated_lines)(access.team, span)
    initial = {"start": span.start, "end": span.end, "since": "close" if is_since else ""}
    words = {
        "access": access,
        "form": form if form.errors else RestatedForm(initial=initial),
        "span": span,
        "is_since": is_since,
        "changed": _changed(access, span, again or {}),
        "lines": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "is_cut": len(lines) == MOST,
    }
    return render(
        request, "facts/restatements.html", words, status=422 if form.errors or again else 200
    )


def _workbook(access: Access, form: RestatedForm) -> HttpResponse:
    span, is_since = _span(form), _is_since(form)
    found = lines_since_closing if is_since else restated_lines
    lines = found(access.team, span, most=listing.MOST)
    made = timezone.localtime()
    outline = listing.restated_outline(lines, span, is_since=is_since, made=made)
    name = f"{outline.title} {outline.subtitle}.xlsx"
    return Attachment(name, write_xlsx(outline), CONTENT_TYPES["xlsx"]).response()


def _is_since(form: RestatedForm) -> bool:
    return form.is_valid() and form.cleaned_data["since"] == "close"


def _changed(
    access: Access, span: Span, again: Mapping[Month, RecloseForm]
) -> list[tuple[SinceClosing, QuerySet[MonthClosing], RecloseForm]]:
    """Each closed month with other numbers since, its closings so far and the form for a new."""
    return [
        (
            each,
            history_of(access.team, each.month),
            again.get(each.month) or RecloseForm(prefix=str(each.month)),
        )
        for each in changed_since_closing(access.team, span.start, span.end)
    ]


def _span(form: DaysForm) -> Span:
    """The days asked for; the year up to today where an end is left open."""
    found = form.cleaned_data if form.is_valid() else {}
    end = found.get("end") or max(timezone.localdate(), found.get("start") or timezone.localdate())
    return Span(found.get("start") or end - YEAR, end)
