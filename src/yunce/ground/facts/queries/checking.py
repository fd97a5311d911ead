"""The daily check: whose data is missing for yesterday, since when, and what a platform will
soon hand out no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import accounts_of
from yunce.ground.facts.models import DataCheck
from yunce.ground.facts.queries import closed_months, days_with_numbers
from yunce.ground.teams.models import Team
from yunce.kit.months import Month

LOOK_BACK = 60  # days in which the beginning of a gap is looked for
SOON = 14  # days before a window closes in which it is told
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Missing:
    """An account without numbers for a day."""

    account: Account
    since: date | None  # first day without; None: none in the last LOOK_BACK days


@dataclass(frozen=True)
class MissingLine:
    """What the last check found and is still so."""

    day: date
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class ClosingWindow:
    """Days an account lacks and its platform soon hands out no more."""

    account: Account
    days: tuple[date, ...]
    until: date  # the last day on which the first of them can be exported

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def last(self) -> date:
        return self.days[-1]

    @property
    def has_holes(self) -> bool:
        """Between first and last some days are there."""
        return len(self.days) != (self.last - self.first).days + 1


def missing_since(covered: Collection[date], day: date) -> date | None:
    """The first day of the gap that ends on a day; None when it has no beginning in sight.

    >>> missing_since({date(2025, 5, 1), date(2025, 5, 2)}, date(2025, 5, 4))
    datetime.date(2025, 5, 3)
    """
    before = [each for each in covered if each < day]
    return max(before) + DAY if before else None


def missing_on(team: Team, day: date) -> list[Missing]:
    """Accounts in use that should have numbers every day, and have none for this one."""
    covered = days_with_numbers(team, start=day - timedelta(days=LOOK_BACK), end=day)
    return [
        Missing(account, missing_since(covered.get(account.pk, ()), day))
        for account in accounts_of(team)
        if not account.skips_daily and day not in covered.get(account.pk, ())
    ]


def still_missing(team: Team, today: date) -> MissingLine | None:
    """What today's check found, without what has come in since; None when nothing is missing."""
    check = DataCheck.objects.filter(team=team, day=today - DAY).first()
    if check is None:
        return None
    gaps = list(check.gaps.filter(account__is_active=True).select_related("account"))
    if not gaps:
        return None
    covered = days_with_numbers(team, start=check.day, end=check.day)
    left = (Missing(gap.account, gap.since) for gap in gaps if not covered.get(gap.account_id))
    missing = tuple(left)
    return MissingLine(check.day, missing) if missing else None


def lost_soon(
    covered: Collection[date], *, today: date, window: int, closed: Collection[Month] = ()
) -> list[date]:
    """Days without numbers, after the first with, that an export reaches for SOON days at most.

    A window of 90 days reaches back to the 90th day before today.
    """
    first = min(covered, default=today)
    reached = (today - timedelta(days=window) + n * DAY for n in range(SOON))
    return [
        day
        for day in reached
        if first < day < today and day not in covered and Month.of(day) not in closed
    ]


def closing_windows(team: Team, today: date) -> list[ClosingWindow]:
    """The most urgent first."""
    accounts = [
        account
        for account in accounts_of(team)
        if account.spec.window_days and not account.skips_daily
    ]
    if not accounts:
        return []
    furthest = max(account.spec.window_days for account in accounts) + LOOK_BACK
    covered = days_with_numbers(team, start=today - timedelta(days=furthest), end=today)
    closed = closed_months(team)
    found = (_closing(account, covered.get(account.pk, ()), today, closed) for account in accounts)
    return sorted((each for each in found if each), key=lambda each: each.until)


def _closing(
    account: Account, covered: Iterable[date], today: date, closed: Collection[Month]
) -> ClosingWindow | None:
    window = account.spec.window_days
    days = lost_soon(set(covered), today=today, window=window, closed=closed)
    if not days:
        return None
    return ClosingWindow(account, tuple(days), days[0] + timedelta(days=window))
