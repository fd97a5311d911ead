"""分享与订阅: the page where secret addresses are made and ended, and what they open."""

from __future__ import annotations

from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from yunce.engines.documents.calendar_file import CONTENT_TYPE, calendar_bytes
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import plan_of
from yunce.loop.plans.actions import (
    note_opening,
    open_feed,
    renew_share,
    revoke_feed,
    revoke_share,
    share_plan,
)
from yunce.loop.plans.feeds import events_of, feed_name
from yunce.loop.plans.fetching import plan_or_404
from yunce.loop.plans.models import Feed, FeedScope, Share, Task
from yunce.loop.plans.queries.addresses import (
    feed_behind,
    feeds_of,
    is_living,
    share_behind,
    shares_of,
)
from yunce.loop.plans.share_form import ShareForm
from yunce.loop.plans.sharing import shared_plan


class View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def secret_address(view: View) -> View:
    """What every secret address answers with: kept by nobody, found by no search, told to none."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return login_not_required(require_safe(answer))


@secret_address
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A month's plan for another department."""
    share = share_behind(token)
    if share is None:
        return _gone(request)
    if request.method == "GET":
        note_opening(share)
    return render(request, "plans/shared.html", {"share": share, "shared": shared_plan(share)})


@secret_address
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's or a team's nodes for a calendar."""
    found = feed_behind(token)
    if found is None:
        return _gone(request)
    if request.method == "GET":
        note_opening(found)

    def address(task: Task) -> str:
        where = reverse("plans:task", args=[found.member.team.slug, task.plan.month, task.pk])
        return request.build_absolute_uri(where)

    events = events_of(found, now=timezone.now(), address=address)
    zone = timezone.get_current_timezone_name()
    content = calendar_bytes(feed_name(found), events, time_zone=zone)
    return HttpResponse(content, content_type=CONTENT_TYPE)


def _gone(request: HttpRequest) -> HttpResponse:
    """One answer, whether it is over, was ended, or never was."""
    return render(request, "plans/link_gone.html", status=404)


@never_cache
@require_GET
def addresses(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    return _page(request, team_for(request, slug, Capability.SEE_ALL), month)


@never_cache
@require_POST
def subscribe(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """No redirect: the address is on this one answer and nowhere else."""
    access = team_for(request, slug, Capability.SEE_ALL)
    try:
        made, token = open_feed(access=access, scope=request.POST.get("scope", ""))
    except ValidationError as error:
        return _page(request, access, month, problem=" ".join(error.messages))
    link = request.build_absolute_uri(reverse("plans:feed", args=[token]))
    return _page(request, access, month, new_feed=made, link=link)


@require_POST
def end_feed(request: HttpRequest, slug: str, month: Month, scope: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    revoke_feed(access=access, scope=scope)
    messages.success(request, _("订阅已停用，日历下次刷新就取不到了。"))
    return redirect("plans:addresses", slug, month)


@never_cache
@require_POST
def share(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    """No redirect: the link is on this one answer and nowhere else."""
    access = team_for(request, slug, Capability.PLAN)
    form = ShareForm(request.POST)
    plan = plan_or_404(access, month)
    if not form.is_valid():
        return _page(request, access, month, form=form)
    try:
        made, token = share_plan(access=access, plan=plan, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, access, month, form=form)
    return _page(request, access, month, new_share=made, link=_shared_link(request, token))


@never_cache
@require_POST
def renew(request: HttpRequest, slug: str, month: Month, share_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    found = _share_or_404(access, month, share_id)
    try:
        token = renew_share(access=access, share=found)
    except ValidationError as error:
        return _page(request, access, month, problem=" ".join(error.messages))
    return _page(request, access, month, new_share=found, link=_shared_link(request, token))


@require_POST
def end_share(request: HttpRequest, slug: str, month: Month, share_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.PLAN)
    found = _share_or_404(access, month, share_id)
    revoke_share(access=access, share=found)
    messages.success(request, _("给「%s」的链接已停用，立刻打不开了。") % found.recipient)
    return redirect("plans:addresses", slug, month)


def _share_or_404(access: Access, month: Month, number: int) -> Share:
    return get_object_or_404(shares_of(plan_or_404(access, month)), pk=number)


def _shared_link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("plans:shared", args=[token]))


def _page(request: HttpRequest, access: Access, month: Month, **words: Any) -> HttpResponse:
    plan = plan_of(access.team, month)
    page: dict[str, Any] = {
        "access": access,
        "month": month,
        "plan": plan,
        "feeds": _feeds(access),
        "shares": _shares(plan),
        "form": ShareForm(),
        **words,
    }
    wrong = page["form"].errors or page.get("problem")
    return render(request, "plans/addresses.html", page, status=422 if wrong else 200)


def _feeds(access: Access) -> list[tuple[str, str, Feed | None]]:
    """Each scope with the person's living feed of it."""
    mine = {found.scope: found for found in feeds_of(access.member)}
    return [(value, str(label), mine.get(value)) for value, label in FeedScope.choices]


def _shares(plan: MonthPlan | None) -> list[tuple[Share, bool]]:
    return [(found, is_living(found)) for found in shares_of(plan)] if plan else []
