"""作品: every post of the team once, what people say of it, and which posts are one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.facts import actions
from yunce.ground.facts.actions import MonthClosedError
from yunce.ground.facts.forms import DescriptionForm, PostSearchForm
from yunce.ground.facts.models import Post
from yunce.ground.facts.queries import post_in, words_in_use
from yunce.ground.facts.queries import posts as reading
from yunce.ground.facts.remembering import WRITTEN
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability

PAGE = 50
DOUBTS = 10


@require_safe
def posts(request: HttpRequest, slug: str) -> HttpResponse:
    access = team_for(request, slug, Capability.SEE_ALL)
    return _list(request, access, DescriptionForm())


@require_POST
def describe_posts(request: HttpRequest, slug: str) -> HttpResponse:
    """Say the same of all ticked posts; a field left empty stays as it is."""
    access = team_for(request, slug, Capability.RECORD)
    form = DescriptionForm(request.POST)
    numbers = {int(each[:18]) for each in request.POST.getlist("posts") if each.isdecimal()}
    if not numbers:
        form.add_error(None, _("还没有勾选作品。"))
    elif form.is_valid():
        try:
            count = actions.describe_posts(access=access, numbers=numbers, said=form.said)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("已说明 %(count)d 条作品。") % {"count": count})
            return redirect(_back(request, slug))
    return _list(request, access, form, ticked=numbers)


def _back(request: HttpRequest, slug: str) -> str:
    """The list as it was looked at; only the query of our own page is taken from the form."""
    query = request.GET.urlencode()
    return reverse("facts:posts", args=[slug]) + (f"?{query}" if query else "")


def _list(
    request: HttpRequest,
    access: Access,
    form: DescriptionForm,
    *,
    ticked: set[int] | None = None,
) -> HttpResponse:
    search = PostSearchForm(request.GET, team=access.team)
    asked = search.asked
    found = reading.filtered_posts(
        access.team, account=asked.account, search=asked.words, said=asked.said
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    doubts = list(reading.open_doubts(access.team, account=asked.account)[: DOUBTS + 1])
    words: dict[str, Any] = {
        "access": access,
        "search": search,
        "is_narrowed": search.is_narrowed,
        "form": form,
        "ticked": ticked or set(),
        "page": page,
        "lines": reading.with_numbers(access.team, list(page), today=timezone.localdate()),
        "metrics": reading.shown_metrics(),
        "doubts": doubts[:DOUBTS],
        "has_more_doubts": len(doubts) > DOUBTS,
        "has_accounts": all_accounts_of(access.team).exists(),
        "in_use": {name: words_in_use(access.team, name) for name in WRITTEN},
    }
    return render(request, "facts/posts.html", words, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, slug: str, post_id: int) -> HttpResponse:
    """One post; a POST says what it is."""
    says = request.method == "POST"
    access = team_for(request, slug, Capability.RECORD if says else Capability.SEE_ALL)
    found = post_in(access.team, post_id)
    if not says and found.pk != post_id:
        return redirect("facts:post", slug, found.pk)
    form = DescriptionForm(request.POST if says else None, post=found)
    if says and form.is_valid():
        try:
            actions.describe_post(access=access, post=found, said=form.said)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("已保存「%(title)s」。") % {"title": found})
            return redirect("facts:post", slug, found.pk)
    return _one(request, access, found, form)


def _one(request: HttpRequest, access: Access, found: Post, form: DescriptionForm) -> HttpResponse:
    search = " ".join(request.GET.get("q", "")[:60].split())
    asks = "q" in request.GET
    words = {
        "access": access,
        "post": found,
        "title": reading.shown_title(found),
        "form": form,
        "identities": reading.identities_of(found),
        "snapshots": reading.snapshots_of(access.team, found, today=timezone.localdate()),
        "search": search,
        "asks": asks,
        "candidates": reading.candidates_for(found, search) if asks else [],
        "in_use": {name: words_in_use(access.team, name) for name in WRITTEN},
    }
    return render(request, "facts/post.html", words, status=422 if form.errors else 200)


@require_POST
def merge_posts(request: HttpRequest, slug: str, post_id: int) -> HttpResponse:
    """The post of the address is the one that is kept."""
    access = team_for(request, slug, Capability.RECORD)
    kept = post_in(access.team, post_id)
    other = request.POST.get("other", "")[:18]
    if not other.isdecimal():
        messages.error(request, _("还没有选另一条作品。"))
        return redirect("facts:post", slug, kept.pk)
    absorbed = post_in(access.team, int(other))
    try:
        actions.merge_posts(access=access, kept=kept, other=absorbed)
    except (ValidationError, MonthClosedError) as error:
        messages.error(request, _sentence(error))
    else:
        words = {"one": absorbed, "other": kept}
        messages.success(request, _("「%(one)s」和「%(other)s」现在算一条。") % words)
    return redirect("facts:post", slug, kept.pk)


@require_POST
def split_post(request: HttpRequest, slug: str, post_id: int) -> HttpResponse:
    access = team_for(request, slug, Capability.RECORD)
    head = post_in(access.team, post_id)
    wanted = request.POST.get("other", "")
    found = next((p for p in reading.identities_of(head) if str(p.pk) == wanted), head)
    try:
        actions.split_post(access=access, post=found)
    except (ValidationError, MonthClosedError) as error:
        messages.error(request, _sentence(error))
        return redirect("facts:post", slug, head.pk)
    messages.success(request, _("「%(title)s」又是单独的一条了。") % {"title": found})
    return redirect("facts:post", slug, found.pk)


@require_POST
def answer_doubt(request: HttpRequest, slug: str, doubt_id: int) -> HttpResponse:
    """Two posts are one (the older is kept), or they are two."""
    access = team_for(request, slug, Capability.RECORD)
    doubt = reading.doubt_in(access.team, doubt_id)
    is_same = request.POST.get("answer") == "same"
    try:
        actions.answer_doubt(access=access, doubt=doubt, is_same=is_same)
    except (ValidationError, MonthClosedError) as error:
        messages.error(request, _sentence(error))
    else:
        one = _("「%(title)s」现在算一条。") % {"title": doubt.other}
        messages.success(request, one if is_same else _("记下了：这是两条作品，不会再问。"))
    return redirect("facts:posts", slug)


def _sentence(error: Exception) -> str:
    return "".join(error.messages) if isinstance(error, ValidationError) else str(error)
