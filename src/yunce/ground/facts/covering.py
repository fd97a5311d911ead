"""Which account has which days of a month: numbers, a gap, a closed month, the future."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yunce.ground.channels.models import Account
from yunce.ground.channels.queries import all_accounts_of
from yunce.ground.facts.queries import closed_months, coverage
from yunce.ground.teams.models import Team
from yunce.kit.months import Month


class DayState(StrEnum):
    HAS = "has"
    MISSING = "missing"
    CLOSED = "closed"  # missing, and the month takes no more numbers
    FUTURE = "future"  # today too: platforms tell a day's numbers the day after


@dataclass(frozen=True)
class CoveredDay:
    day: date
    state: DayState


@dataclass(frozen=True)
class CoverageLine:
    """One account's month."""

    account: Account
    days: tuple[CoveredDay, ...]

    @property
    def has(self) -> int:
        return sum(each.state is DayState.HAS for each in self.days)

    @property
    def due(self) -> int:
        """Days whose numbers can be here by now."""
        return sum(each.state is not DayState.FUTURE for each in self.days)

    @property
    def gaps(self) -> int:
        return self.due - self.has


@dataclass(frozen=True)
class Coverage:
    month: Month
    lines: tuple[CoverageLine, ...]
    is_closed: bool

    @property
    def gaps(self) -> int:
        return sum(line.gaps for line in self.lines)

    @property
    def due(self) -> int:
        return sum(line.due for line in self.lines)

    @property
    def days(self) -> list[date]:
        return list(self.month.days())


def coverage_of(team: Team, month: Month, *, today: date) -> Coverage:
    """Accounts in use, and those out of use that still have numbers in the month."""
    covered = coverage(team, month)
    is_closed = month in closed_months(team)
    accounts = [a for a in all_accounts_of(team) if a.is_active or covered.get(a.pk)]
    lines = (
        CoverageLine(
            account,
            tuple(
                CoveredDay(day, _state(day, covered.get(account.pk, set()), today, is_closed))
                for day in month.days()
            ),
        )
        for account in accounts
    )
    return Coverage(month, tuple(lines), is_closed)


def _state(day: date, covered: set[date], today: date, is_closed: bool) -> DayState:
    if day in covered:
        return DayState.HAS
    if day >= today:
        return DayState.FUTURE
    return DayState.CLOSED if is_closed else DayState.MISSING
