"""How goals stand as of a day, from facts typed in by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.loop.goals.models import Goal
from yunce.loop.goals.queries import GoalProgress, progress_of
from yunce.loop.goals.rules import Pace, Standing


def fact(account: Account, day: int, value: float) -> FactRow:
    return FactRow(
        team=account.team_id,
        account=account.pk,
        post=0,
        metric="new_followers",
        day=date(2025, 5, day),
        segment="",
        value=value,
    )


@pytest.fixture
def three_days(account: Account) -> Account:
    """1, 2 and 4 May have numbers; 3 May is unknown. Together 1,500."""
    record(
        team=account.team,
        by=None,
        source=Source(kind=BatchKind.GRID, account=account),
        rows=[fact(account, 1, 400), fact(account, 2, 500), fact(account, 4, 600)],
    )
    return account


def only(progress: list[GoalProgress]) -> GoalProgress:
    (goal,) = progress
    return goal


def test_progress_against_an_even_plan(followers: Goal, three_days: Account) -> None:
    found = only(progress_of(followers.plan, as_of=date(2025, 5, 4)))
    assert found.actual == 1_500
    assert found.expected == Decimal(12_000) * 4 / 31  # 1,548.4
    assert found.achievement.shown == "13%"  # 1,500 ÷ 12,000 = 12.5 %
    assert (found.standing, found.pace) == (Standing.SHORT, Pace.WATCH)  # 96.9 % of expected
    assert (found.elapsed, found.days, found.covered_days) == (4, 31, 3)


def test_day_without_numbers_is_absent_from_the_series(
    followers: Goal, three_days: Account
) -> None:
    found = only(progress_of(followers.plan, as_of=date(2025, 5, 4)))
    assert found.series == {date(2025, 5, 1): 400, date(2025, 5, 2): 500, date(2025, 5, 4): 600}


def test_after_the_month_the_whole_target_is_expected(followers: Goal, three_days: Account) -> None:
    found = only(progress_of(followers.plan, as_of=date(2025, 7, 1)))
    assert (found.elapsed, found.expected) == (31, Decimal(12_000))


def test_before_the_month_nothing_is_known(followers: Goal, three_days: Account) -> None:
    found = only(progress_of(followers.plan, as_of=date(2025, 4, 30)))
    assert (found.actual, found.achievement.shown, found.expected) == (None, "—", Decimal(0))


def test_goal_without_numbers_is_unknown_not_zero(followers: Goal) -> None:
    found = only(progress_of(followers.plan, as_of=date(2025, 5, 4)))
    assert (found.actual, found.gap, found.achievement.reason) == (None, None, "还没有数据")
