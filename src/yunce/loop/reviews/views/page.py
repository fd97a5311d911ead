"""月度复盘: the summary table and what comes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import plan_of
from yunce.loop.reviews.queries import review_of
from yunce.web.toasts import toast


@require_safe
def review(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    plan = plan_of(access.team, month)
    if plan is None:
        return render(request, "reviews/empty.html", {"access": access, "month": month})
    words = page_words(access, plan)
    template = "reviews/review.html" if words["review"].results else "reviews/empty.html"
    return render(request, template, words)


def page_words(access: Access, plan: MonthPlan) -> dict[str, Any]:
    """What the table, the card and the sentence above them need."""
    return {
        "access": access,
        "plan": plan,
        "month": plan.month,
        "review": review_of(plan, today=timezone.localdate()),
        "may_write": access.may_record and not plan.is_closed,
        "may_adopt": access.may_plan,
    }


def plan_or_404(access: Access, month: Month) -> MonthPlan:
    plan = plan_of(access.team, month)
    if plan is None:
        raise Http404
    return plan


def done(
    request: HttpRequest,
    access: Access,
    plan: MonthPlan,
    said: str,
    *,
    undo_url: str = "",
    focus: str = "",
) -> HttpResponse:
    """After a change: the whole review anew for htmx, else back to its page.

    ``focus`` is the dimension a person was writing in: the keyboard goes on from there.
    """
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, said)
        return redirect("reviews:review", access.team.slug, plan.month)
    words = page_words(access, plan) | {"renewed": True, "focus": focus}
    answer = render(request, "reviews/_review.html", words)
    answer.write(toast(request, said, undo_url=undo_url))
    return _into_review(answer)


def refused(request: HttpRequest, access: Access, plan: MonthPlan, why: str) -> HttpResponse:
    """After a change that was not made: the review as it is, and the reason above it."""
    if not request.htmx:  # type: ignore[attr-defined]
        messages.error(request, why)
        return redirect("reviews:review", access.team.slug, plan.month)
    words = page_words(access, plan) | {"renewed": True, "problem": why}
    return _into_review(render(request, "reviews/_review.html", words, status=422))


def lede(request: HttpRequest, access: Access, plan: MonthPlan) -> str:
    """The sentence of what is left, to follow a fragment out of band."""
    words = page_words(access, plan) | {"renewed": True}
    return render_to_string("reviews/_lede.html", words, request=request)


def _into_review(answer: HttpResponse) -> HttpResponse:
    """Wherever it was asked from (a button, a form in a cell, an undo toast)."""
    answer["HX-Retarget"] = "#review"
    answer["HX-Reswap"] = "outerHTML"
    return answer
