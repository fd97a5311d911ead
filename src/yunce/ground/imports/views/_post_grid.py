"""Numbers of posts typed by hand: posts × metrics of one account, as they stood on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunce.engines.metrics import Metric
from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.facts.actions import MonthClosedError
from yunce.ground.facts.models import Post
from yunce.ground.facts.queries import closed_months, post_metrics, post_values, posts_of
from yunce.ground.imports import actions
from yunce.ground.imports.gridding import Typed
from yunce.ground.imports.mapper import metric_groups
from yunce.ground.imports.post_gridding import (
    MOST_POSTS,
    PostCell,
    PostPlace,
    chosen_post_metrics,
    post_cell_name,
    post_grid_metrics,
    post_rows,
)
from yunce.ground.imports.telling import post_statements
from yunce.ground.imports.views._grid import asked_account, sane_seen
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.days import EARLIEST
from yunce.kit.months import Month


@dataclass(frozen=True)
class _Asked:
    """Which sheet it is about."""

    access: Access
    accounts: list[Account]
    account: Account
    day: date
    metrics: list[Metric]
    posts: list[Post]

    @property
    def address(self) -> str:
        chosen = {
            "account": self.account.pk,
            "day": self.day.isoformat(),
            "metrics": ",".join(metric.code for metric in self.metrics),
        }
        address = reverse("imports:post-grid", kwargs={"slug": self.access.team.slug})
        return f"{address}?{urlencode(chosen, safe=',')}"


@require_http_methods(["GET", "HEAD", "POST"])
def post_grid(request: HttpRequest, slug: str) -> HttpResponse:
    saves = request.method == "POST"
    access = team_for(request, slug, Capability.RECORD if saves else Capability.SEE_ALL)
    accounts = list(accounts_of(access.team))
    account = asked_account(accounts, request.GET.get("account", ""))
    if account is None:
        words = {"access": access, "month": Month.of(timezone.localdate()), "accounts": []}
        return render(request, "imports/grid_empty.html", words)
    asked = _asked(access, accounts, account, request.GET)
    return _saved(request, asked) if saves else _page(request, asked)


def _asked(access: Access, accounts: list[Account], account: Account, query: QueryDict) -> _Asked:
    day = _day(query.get("day", ""))
    codes = [code for given in query.getlist("metrics") for code in given.split(",") if code]
    posts = list(posts_of(access.team, account=account)[:MOST_POSTS])
    known = post_metrics(account, start=day - timedelta(days=92), end=day)
    return _Asked(access, accounts, account, day, chosen_post_metrics(codes, known), posts)


def _day(text: str) -> date:
    """Yesterday unless a sensible day is asked for: platforms count a day when it is over."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today - timedelta(days=1)
    return min(max(day, EARLIEST), today)


def _saved(request: HttpRequest, asked: _Asked) -> HttpResponse:
    typed = dict(_typed(request.POST, asked))
    try:
        done = actions.save_post_grid(
            access=asked.access,
            account=asked.account,
            day=asked.day,
            typed=typed,
            today=timezone.localdate(),
        )
    except MonthClosedError as error:
        return _page(request, asked, typed=typed, refused=str(error))
    if done.wrong:
        return _page(request, asked, typed=typed, wrong=done.wrong)
    batch = done.recorded.batch if done.recorded else None
    if batch is None:
        messages.info(request, _("没有改动。"))
    else:
        undo_url = reverse("imports:undo", args=[asked.access.team.slug, batch.pk])
        words = {"count": batch.added + batch.updated}
        messages.success(request, _("已保存 %(count)d 个数。") % words, extra_tags=undo_url)
    return redirect(asked.address)


def _typed(posted: QueryDict, asked: _Asked) -> Iterator[tuple[PostPlace, Typed]]:
    for post in asked.posts:
        for metric in asked.metrics:
            name = post_cell_name(metric.code, post.pk)
            if f"v.{name}" in posted:
                seen = sane_seen(posted.get(f"s.{name}", ""))
                yield (metric.code, post.pk), Typed(posted.get(f"v.{name}", "")[:40], seen)


def _page(
    request: HttpRequest,
    asked: _Asked,
    *,
    typed: Mapping[PostPlace, Typed] | None = None,
    wrong: Mapping[PostPlace, PostCell] | None = None,
    refused: str = "",
) -> HttpResponse:
    codes = [metric.code for metric in asked.metrics]
    stored = post_values(asked.account, codes, day=asked.day)
    said = post_statements(asked.account, set(stored), asked.day)
    is_closed = Month.of(asked.day) in closed_months(asked.access.team)
    rows = post_rows(asked.posts, asked.metrics, stored, said, typed=typed or {}, wrong=wrong or {})
    words: dict[str, Any] = {
        "access": asked.access,
        "month": Month.of(asked.day),
        "accounts": asked.accounts,
        "account": asked.account,
        "day": asked.day,
        "today": timezone.localdate(),
        "metrics": asked.metrics,
        "chosen": codes,
        "groups": [g for g in metric_groups() if g.metrics[0].code in post_grid_metrics()],
        "rows": rows,
        "wrong": list((wrong or {}).values()),
        "refused": refused,
        "filled": len({place for place in stored if place[1] in {p.pk for p in asked.posts}}),
        "is_closed": is_closed,
        "may_type": asked.access.may_record and not is_closed and bool(asked.posts),
        "address": asked.address,
    }
    status = 409 if refused or any(c.theirs for c in words["wrong"]) else 422 if wrong else 200
    return render(request, "imports/post_grid.html", words, status=status)
