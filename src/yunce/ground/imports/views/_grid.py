"""Numbers typed by hand: days × metrics of one account and month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
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
from yunce.ground.facts.queries import account_metrics, account_values, closed_months
from yunce.ground.imports import actions
from yunce.ground.imports.gridding import (
    GridCell,
    Place,
    Typed,
    cell_name,
    chosen_metrics,
    grid_metrics,
    grid_rows,
    with_typed,
)
from yunce.ground.imports.mapper import metric_groups
from yunce.ground.imports.telling import statements
from yunce.ground.teams.queries import Access, team_for
from yunce.ground.teams.rules import Capability
from yunce.kit.months import Month


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, slug: str, month: Month) -> HttpResponse:
    saves = request.method == "POST"
    access = team_for(request, slug, Capability.RECORD if saves else Capability.SEE_ALL)
    accounts = list(accounts_of(access.team))
    account = asked_account(accounts, request.GET.get("account", ""))
    if account is None:
        words = {"access": access, "month": month, "accounts": accounts}
        return render(request, "imports/grid_empty.html", words)
    metrics = _metrics(account, month, request.GET)
    if not saves:
        return _page(request, access, month, accounts, account, metrics)
    return _saved(request, access, month, accounts, account, metrics)


def _saved(
    request: HttpRequest,
    access: Access,
    month: Month,
    accounts: list[Account],
    account: Account,
    metrics: list[Metric],
) -> HttpResponse:
    typed = dict(_typed(request.POST, month, metrics))
    today = timezone.localdate()
    try:
        done = actions.save_grid(
            access=access, account=account, month=month, typed=typed, today=today
        )
    except MonthClosedError as error:
        return _page(
            request, access, month, accounts, account, metrics, typed=typed, refused=str(error)
        )
    if done.wrong:
        return _page(
            request, access, month, accounts, account, metrics, typed=typed, wrong=done.wrong
        )
    _tell(request, access, done)
    return redirect(_address(access, month, account, metrics))


def _tell(request: HttpRequest, access: Access, done: actions.GridSaved) -> None:
    batch = done.recorded.batch if done.recorded else None
    if batch is None:
        messages.info(request, _("没有改动。"))
        return
    undo_url = reverse("imports:undo", args=[access.team.slug, batch.pk])
    words = {"count": batch.added + batch.updated}
    messages.success(request, _("已保存 %(count)d 个数。") % words, extra_tags=undo_url)


def asked_account(accounts: list[Account], asked: str) -> Account | None:
    """The account asked for; the first one when none or an unknown one is."""
    named = (account for account in accounts if str(account.pk) == asked)
    return next(named, accounts[0] if accounts else None)


def _metrics(account: Account, month: Month, asked: QueryDict) -> list[Metric]:
    codes = [code for given in asked.getlist("metrics") for code in given.split(",") if code]
    known = account_metrics(account, start=month.previous.first, end=month.last)
    return chosen_metrics(codes, known)


def _typed(posted: QueryDict, month: Month, metrics: list[Metric]) -> Iterator[tuple[Place, Typed]]:
    for day in month.days():
        for metric in metrics:
            name = cell_name(metric.code, day)
            if f"v.{name}" in posted:
                seen = sane_seen(posted.get(f"s.{name}", ""))
                yield (metric.code, day), Typed(posted.get(f"v.{name}", "")[:40], seen)


def sane_seen(text: str) -> str:
    try:
        return repr(float(text)) if text else ""
    except ValueError:
        return ""


def _address(access: Access, month: Month, account: Account, metrics: list[Metric]) -> str:
    chosen = {"account": account.pk, "metrics": ",".join(metric.code for metric in metrics)}
    address = reverse("imports:grid", kwargs={"slug": access.team.slug, "month": month})
    return f"{address}?{urlencode(chosen, safe=',')}"


def _page(
    request: HttpRequest,
    access: Access,
    month: Month,
    accounts: list[Account],
    account: Account,
    metrics: list[Metric],
    *,
    typed: Mapping[Place, Typed] | None = None,
    wrong: Mapping[Place, GridCell] | None = None,
    refused: str = "",
) -> HttpResponse:
    codes = [metric.code for metric in metrics]
    stored = account_values(account, codes, start=month.first, end=month.last)
    today: date = timezone.localdate()
    said = statements(account, set(stored), month)
    rows = grid_rows(metrics, month, stored, today, said)
    is_closed, is_future = month in closed_months(access.team), month.first > today
    words: dict[str, Any] = {
        "access": access,
        "month": month,
        "accounts": accounts,
        "account": account,
        "metrics": metrics,
        "chosen": codes,
        "groups": [g for g in metric_groups() if g.metrics[0].code in grid_metrics()],
        "rows": with_typed(rows, typed or {}, wrong or {}),
        "wrong": list((wrong or {}).values()),
        "refused": refused,
        "filled": len(stored),
        "is_closed": is_closed,
        "is_future": is_future,
        "may_type": access.may_record and not is_closed and not is_future,
        "address": _address(access, month, account, metrics),
    }
    status = 409 if refused or any(c.theirs for c in words["wrong"]) else 422 if wrong else 200
    return render(request, "imports/grid.html", words, status=status)
