"""A metric's forecasts are checked once for the same numbers, by a job, without peeking."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.cast import AccessOf
from tests.daily import days_of, uneven
from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Member, Team
from yunce.loop.goals.actions import ask_check, make_check
from yunce.loop.goals.models import ForecastCheck, Goal, MonthPlan
from yunce.loop.goals.queries.checks import basis_of, checkable, scoreboard, worked_out

FIRST = date(2024, 11, 1)
METRIC = "new_followers"
JOB = "yunce.loop.goals.actions._checks.check_forecasts"


@pytest.fixture
def two_months(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough where it does not matter how many."""
    monkeypatch.setattr("yunce.loop.goals.queries.checks.MONTHS", 2)


def told(account: Account, days: int = 212, *, level: float = 300) -> None:
    """Up to 31 May 2025."""
    days_of(account, METRIC, FIRST, uneven(level, days, seed=account.pk))


def test_past_months_are_checked_and_told(account: Account, team: Team) -> None:
    other = Account.objects.create(team=team, platform="douyin", name="抖音")
    told(account)
    told(other, level=900)
    result, problem = worked_out(team, METRIC)
    assert not problem and result is not None
    assert result["months"] == ["2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05"]
    assert result["accounts"] == 2
    assert result["origins"]["0"]["n"] == 18  # two accounts and their total, six months
    may = [each for each in result["team"] if each["month"] == "2025-05"]
    assert [each["origin"] for each in may] == [0, 10, 20]
    assert all(each["low"] < each["actual"] * 1.3 for each in may)


@pytest.mark.usefixtures("two_months")
def test_a_month_that_has_not_ended_is_not_judged(account: Account) -> None:
    told(account, 212 - 10)
    result, _problem = worked_out(account.team, METRIC)
    assert result is not None and result["months"][-1] == "2025-04"


@pytest.mark.parametrize(
    ("metric", "days", "why"),
    [
        ("click_rate", 212, "只有能相加的量和存量"),
        (METRIC, 40, "历史太短"),
        ("clicks", 212, "还没有数据"),
    ],
)
@pytest.mark.usefixtures("two_months")
def test_what_cannot_be_checked_says_why(
    account: Account, metric: str, days: int, why: str
) -> None:
    told(account, days)
    result, problem = worked_out(account.team, metric)
    assert result is None and why in problem


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([0.0] * 212, id="all zero"),
        pytest.param([7.0] * 212, id="constant"),
        pytest.param([7.0] * 150 + [7000.0] + [7.0] * 61, id="one day ×1000"),
        pytest.param([None if n % 5 == 0 else 9.0 for n in range(212)], id="a fifth missing"),
        pytest.param([-3.0] * 212, id="negative"),
        pytest.param([None] * 190 + [5.0] * 22, id="begins inside a month"),
    ],
)
@pytest.mark.usefixtures("two_months")
def test_odd_numbers_have_a_result_or_a_reason(
    account: Account, values: list[float | None]
) -> None:
    days_of(account, METRIC, FIRST, values)
    result, problem = worked_out(account.team, METRIC)
    assert (result is None) == bool(problem)
    numbers = [value for each in (result or {"team": []})["team"] for value in each.values()]
    assert all(n == n and abs(n) < 1e12 for n in numbers if isinstance(n, float))


@pytest.mark.usefixtures("two_months")
def test_it_is_queued_once_for_the_same_numbers(
    account: Account, vera: Member, access_of: AccessOf
) -> None:
    told(account)
    basis, access = basis_of(account.team), access_of(vera)
    with patch(JOB) as job:
        check = ask_check(access=access, metric=METRIC, basis=basis)
        ask_check(access=access, metric=METRIC, basis=basis)
        job.enqueue.assert_called_once_with(check.pk)
        make_check(check.pk)
        ask_check(access=access, metric=METRIC, basis=basis)
        assert job.enqueue.call_count == 1


@pytest.mark.usefixtures("two_months")
def test_newer_numbers_are_checked_anew_and_the_old_result_stays_meanwhile(
    account: Account, vera: Member, access_of: AccessOf
) -> None:
    told(account)
    access = access_of(vera)
    with patch(JOB) as job:
        check = ask_check(access=access, metric=METRIC, basis=basis_of(account.team))
        make_check(check.pk)
        days_of(account, METRIC, date(2025, 6, 1), [300.0])
        basis = basis_of(account.team)
        again = ask_check(access=access, metric=METRIC, basis=basis)
        assert job.enqueue.call_count == 2
    board = scoreboard(again, basis=basis)
    assert board is not None and board.is_stale


def test_a_job_that_was_lost_is_queued_again(
    account: Account, vera: Member, access_of: AccessOf
) -> None:
    told(account)
    basis, access = basis_of(account.team), access_of(vera)
    with patch(JOB) as job:
        check = ask_check(access=access, metric=METRIC, basis=basis)
        long_ago = timezone.now() - timedelta(minutes=11)
        ForecastCheck.objects.filter(pk=check.pk).update(asked_at=long_ago)
        ask_check(access=access, metric=METRIC, basis=basis)
        assert job.enqueue.call_count == 2


def test_a_guest_may_not_ask(account: Account, gus: Member, access_of: AccessOf) -> None:
    with pytest.raises(PermissionDenied):
        ask_check(access=access_of(gus), metric=METRIC, basis="x")


def test_a_check_that_is_gone_does_nothing(db: None) -> None:
    assert make_check(404) == ""


def test_metrics_of_goals_that_add_up_can_be_checked(plan: MonthPlan) -> None:
    for metric in ("click_rate", METRIC, "total_followers", "wci"):
        Goal.objects.create(plan=plan, metric=metric, must=1, dimension="user")
    found = checkable(plan.team, catalogue_of(plan.team))
    assert [each.code for each in found] == [METRIC, "total_followers"]


def test_without_numbers_there_is_nothing_to_rest_on(team: Team) -> None:
    assert basis_of(team) == ""
