"""Ready-made splits of a goal: even weeks, last month's shares of accounts, last month's tree."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yunce.engines.metrics import Kind, MetricsError
from yunce.engines.targets import by_week, shared_out, spread
from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import answer
from yunce.kit.numbers import as_decimal
from yunce.loop.goals.models import Goal, Part, PartWords
from yunce.loop.goals.queries.parts import parts_of, week_label, weeks_of
from yunce.loop.goals.rules.parts import step_of


def even_weeks(goal: Goal) -> list[PartWords]:
    """Each week its days' share of the target; of a rate the whole rate, weighed by its days."""
    month = goal.plan.month
    if goal.spec.kind in (Kind.STOCK, Kind.DISTINCT):
        raise ValidationError(
            _("「%s」是存量，各周的数不能相加，不能按周拆。请按账号或来源拆。") % goal.name
        )
    days = [month.first + timedelta(days=number) for number in range(month.day_count)]
    even = dict.fromkeys(days, Decimal(1))
    counts = by_week(even)
    if goal.spec.kind in (Kind.RATIO, Kind.MEAN):
        amounts, weights = dict.fromkeys(counts, goal.must), counts
    else:
        amounts, weights = by_week(spread(goal.must, even, step=step_of(goal.spec.unit))), {}
    return [
        PartWords(
            name=week_label(monday, month),
            amount=amounts[monday],
            weight=weights.get(monday),
            week=monday,
        )
        for monday in weeks_of(month)
    ]


def like_last_month(goal: Goal) -> list[PartWords]:
    """The target in the proportions the accounts had last month."""
    if goal.spec.kind in (Kind.RATIO, Kind.MEAN, Kind.DISTINCT):
        raise ValidationError(
            _("「%s」不能按份额相加，不能照上月结构拆。请按来源或平台逐个填。") % goal.name
        )
    values = _of_accounts(goal)
    if not values:
        raise ValidationError(_("上月没有「%s」按账号的数据，不能照它拆。") % goal.spec.name)
    accounts = Account.objects.in_bulk(list(values))
    known = {pk: value for pk, value in values.items() if pk in accounts}
    amounts = shared_out(goal.must, known, step=step_of(goal.spec.unit))
    order = sorted(known, key=lambda pk: -known[pk])
    return [
        PartWords(name=str(accounts[pk])[:40], amount=amounts[pk], account=accounts[pk])
        for pk in order
    ]


def _of_accounts(goal: Goal) -> dict[int, Decimal]:
    before = goal.plan.month.previous
    try:
        told = answer(
            goal.plan.team, [goal.metric], start=before.first, end=before.last, by=("account",)
        )
    except MetricsError as error:
        raise ValidationError(str(error)) from error
    found = {int(str(row.group[0])): row.value for row in told.rows if row.value and row.value > 0}
    return {account: as_decimal(value) for account, value in found.items()}


def tree_last_month(goal: Goal) -> list[Part]:
    """The parts the same metric had last month."""
    before = Goal.objects.filter(
        plan__team=goal.plan.team,
        plan__month_start=goal.plan.month.previous.first,
        metric=goal.metric,
    )
    found = list(parts_of(before))
    if not found:
        raise ValidationError(_("上月没有「%s」的拆解，不能照搬。") % goal.name)
    return found
