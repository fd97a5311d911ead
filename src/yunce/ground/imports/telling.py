"""Who said what of the typed grid's cells: every statement of files and people, oldest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.utils import timezone

from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch, BatchKind
from yunce.ground.facts.queries import account_log, batches_by_number, post_log
from yunce.ground.imports.gridding import Place, Statement
from yunce.ground.imports.post_gridding import PostPlace
from yunce.kit.months import Month


def statements(
    account: Account, places: Collection[Place], month: Month
) -> dict[Place, list[Statement]]:
    """By cell; cells nobody said anything of are absent. Two queries, however many cells."""
    if not places:
        return {}
    metrics = {code for code, _day in places}
    log = account_log(account, metrics, start=month.first, end=month.last)
    rows = [row for row in log if (row.metric, row.day) in places]
    batches = batches_by_number(account.team, {row.batch for row in rows})
    said: dict[Place, list[Statement]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.batch):
        if batch := batches.get(row.batch):
            statement = Statement(row.value, batch.kind == BatchKind.GRID, _who(batch))
            said[row.metric, row.day].append(statement)
    return dict(said)


def post_statements(
    account: Account, places: Collection[PostPlace], day: date
) -> dict[PostPlace, list[Statement]]:
    """The same of posts' numbers on one day."""
    if not places:
        return {}
    log = post_log(account, day=day)
    rows = [row for row in log if (row.metric, row.post) in places]
    batches = batches_by_number(account.team, {row.batch for row in rows})
    said: dict[PostPlace, list[Statement]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.batch):
        if batch := batches.get(row.batch):
            statement = Statement(row.value, batch.kind == BatchKind.GRID, _who(batch))
            said[row.metric, row.post].append(statement)
    return dict(said)


def who_said(number: int) -> str:
    """Who brought a batch in, and when; empty when nobody did."""
    batch = Batch.objects.select_related("created_by").filter(pk=number).first()
    if batch is None or batch.created_by is None:
        return ""
    return f"{batch.created_by} {timezone.localtime(batch.created_at):%H:%M}"


def _who(batch: Batch) -> str:
    at = timezone.localtime(batch.created_at)
    when = f"{at.month}/{at.day} {at:%H:%M}"
    if batch.kind != BatchKind.GRID and batch.file_name:
        return batch.file_name
    return f"{batch.created_by} {when}" if batch.created_by else when
