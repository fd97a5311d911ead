"""Single values of one account and its posts, as the grids show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yunce.engines.metrics import StoredRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.closing import kept_days


def account_values(
    account: Account, metrics: Iterable[str], *, start: date, end: date
) -> dict[tuple[str, date], StoredRow]:
    """Values of the whole account, by metric and day; of a closed month those it closed with."""
    wanted = set(metrics)
    rows = _account_rows(account, start, end)
    return {
        (row.metric, row.day): row
        for row in rows
        if row.post == 0 and row.segment == "" and row.metric in wanted
    }


def account_metrics(account: Account, *, start: date, end: date) -> set[str]:
    """Codes of the metrics the whole account has any value of."""
    rows = _account_rows(account, start, end)
    return {row.metric for row in rows if row.post == 0 and row.segment == ""}


def account_log(
    account: Account, metrics: Iterable[str], *, start: date, end: date
) -> list[StoredRow]:
    """Everything ever said of the whole account's metrics; values taken back are not numbers."""
    wanted = set(metrics)
    rows = fact_store().log(team=account.team_id, start=start, end=end, account=account.pk)
    return [row for row in rows if row.segment == "" and row.metric in wanted]


def post_values(
    account: Account, metrics: Iterable[str], *, day: date
) -> dict[tuple[str, int], StoredRow]:
    """Numbers of the account's posts as told for one day, by metric and post."""
    wanted = set(metrics)
    return {
        (row.metric, row.post): row
        for row in _account_rows(account, day, day)
        if row.post != 0 and row.segment == "" and row.metric in wanted
    }


def post_metrics(account: Account, *, start: date, end: date) -> set[str]:
    """Codes of the metrics any post of the account has a number of."""
    rows = _account_rows(account, start, end)
    return {row.metric for row in rows if row.post != 0 and row.segment == ""}


def post_log(account: Account, *, day: date) -> list[StoredRow]:
    """Everything ever said of the account's posts for one day, unsegmented."""
    rows = fact_store().log(team=account.team_id, start=day, end=day)
    return [r for r in rows if r.account == account.pk and r.post != 0 and r.segment == ""]


def _account_rows(account: Account, start: date, end: date) -> list[StoredRow]:
    closed = kept_days(account.team, start, end)
    return fact_store().rows(
        team=account.team_id, account=account.pk, start=start, end=end, closed=closed
    )
