"""内容对比, as a page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.facts.queries.contents import compare
from yunce.ground.teams.queries import team_for
from yunce.ground.teams.rules import Capability
from yunce.outputs.dashboards.content.forms import AGE_WORDS, ContentForm
from yunce.outputs.dashboards.content.page import content_page
from yunce.outputs.dashboards.unchanged import unless_unchanged

PAGE = 50


@require_safe
@unless_unchanged
def content(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    form = ContentForm(request.GET.dict(), team=access.team)
    asked, accounts = form.asked, form.accounts
    today = timezone.localdate()
    found = (
        None if accounts is None else compare(access.team, today=today, accounts=accounts, **asked)
    )
    words = {"access": access, "form": form, "ages": AGE_WORDS.items(), "asked": asked}
    words["has_accounts"] = found is not None or all_accounts_of(access.team).exists()
    if found is not None:
        age_words = str(AGE_WORDS[asked["age"]])
        page = content_page(found, metric=asked["metric"], age_words=age_words)
        words["page"] = page
        if request.GET.get("show") == "all":
            words["listed"] = Paginator(page.all_posts, PAGE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(request, "dashboards/content/content.html", words, status=status)
