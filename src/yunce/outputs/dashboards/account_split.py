"""A goal's number by account; the bars add up to the headline where numbers may be added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yunce.engines.metrics import Kind, MetricsError
from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import answer
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.kit.numbers import as_decimal
from yunce.outputs.dashboards.goal_rows import GoalRow

_ADDED = {Kind.FLOW, Kind.STOCK, Kind.SNAPSHOT}


def account_labels(accounts: Collection[Account]) -> dict[int, str]:
    """The platform's name where a team has one account there, else the account's own."""
    on_platform = Counter(account.platform for account in accounts)
    return {
        account.pk: account.name if on_platform[account.platform] > 1 else account.spec.label
        for account in accounts
    }


@dataclass(frozen=True)
class AccountPart:
    """One account's bar; positions in per cent of the drawing."""

    account: Account
    label: str
    value: str
    left: Decimal
    width: Decimal
    is_negative: bool


@dataclass(frozen=True)
class AccountSplit:
    """The bars, largest first."""

    parts: tuple[AccountPart, ...]
    total: str
    adds_up: bool  # a rate or an average is not the sum of its accounts
    zero: Decimal  # where the bars start, in per cent


def account_split(
    team: Team, row: GoalRow, accounts: Mapping[int, Account], *, month: Month, as_of: date
) -> AccountSplit | None:
    """None when the number cannot be split by account or nobody has one."""
    try:
        found = answer(
            team, [row.progress.goal.metric], start=month.first, end=as_of, by=("account",)
        )
    except MetricsError:  # people counted once over all days cannot be split
        return None
    values = {
        int(row.group[0]): as_decimal(row.value)
        for row in found.rows
        if row.value is not None and isinstance(row.group[0], int) and row.group[0] in accounts
    }
    return _split(row, accounts, values) if values else None


def _split(
    row: GoalRow, accounts: Mapping[int, Account], values: Mapping[int, Decimal]
) -> AccountSplit:
    low = min(Decimal(0), *values.values())
    high = max(Decimal(0), *values.values())
    span = (high - low) or Decimal(1)
    zero = -low / span * 100
    labels = account_labels(accounts.values())
    parts = tuple(
        _part(row, accounts[pk], labels[pk], values[pk], zero=zero, span=span)
        for pk in sorted(values, key=lambda pk: (-values[pk], pk))
    )
    adds_up = row.progress.metric.kind in _ADDED
    return AccountSplit(parts, row.amounts.plain(row.progress.actual), adds_up, _short(zero))


def _part(
    row: GoalRow, account: Account, label: str, value: Decimal, *, zero: Decimal, span: Decimal
) -> AccountPart:
    width = abs(value) / span * 100
    left = zero - width if value < 0 else zero
    return AccountPart(
        account, label, row.amounts.plain(value), _short(left), _short(width), value < 0
    )


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))
