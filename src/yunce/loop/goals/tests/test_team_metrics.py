"""A goal on a metric the team made itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, close_month, record
from yunce.ground.facts.models import BatchKind, TeamMetric
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import Access
from yunce.loop.goals.actions import Targets, add_goal
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries import plan_of, progress_of

MAY_31 = date(2025, 5, 31)


@pytest.fixture
def plan(team: Team) -> MonthPlan:
    return MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))


def make(team: Team, code: str, formula: str, *, version: int = 1, since: int = 1) -> None:
    TeamMetric.objects.create(
        team=team,
        code=code,
        name=code,
        dimension="interaction",
        unit="percent",
        direction="higher",
        formula=formula,
        meaning="点赞 ÷ 阅读",
        version=version,
        effective=date(2025, since, 1),
    )


def record_may(account: Account, **values: float) -> None:
    rows = [
        FactRow(account.team_id, account.pk, 0, metric, date(2025, 5, 3), "", value)
        for metric, value in values.items()
    ]
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)


def aim(plan: MonthPlan, member: Member, code: str) -> None:
    access = Access(team=plan.team, member=member, user=member.user)
    add_goal(access=access, plan=plan, metric=code, targets=Targets(Decimal("0.05")))


def test_a_goal_on_an_own_metric_stands_against_its_number(
    plan: MonthPlan, alice: Member, account: Account
) -> None:
    make(plan.team, "own_rate", "likes / reads")
    aim(plan, alice, "own_rate")
    record_may(account, likes=6, reads=100)
    (progress,) = progress_of(plan, as_of=MAY_31)
    assert progress.goal.name == "own_rate"
    assert progress.actual == Decimal("0.06")
    assert progress.achievement.shown == "120%"


def test_a_month_keeps_the_version_it_was_counted_by(
    plan: MonthPlan, alice: Member, account: Account
) -> None:
    make(plan.team, "own_rate", "likes / reads")
    aim(plan, alice, "own_rate")
    record_may(account, likes=6, reads=100)
    make(plan.team, "own_rate", "2 * likes / reads", version=2, since=6)
    (progress,) = progress_of(plan, as_of=MAY_31)
    assert progress.actual == Decimal("0.06")


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_metric_that_could_not_be_made_any_more_still_counts_for_its_goal(
    plan: MonthPlan, alice: Member, account: Account, is_closed: bool
) -> None:
    make(plan.team, "mixed", "gmv*1 + reads")
    aim(plan, alice, "mixed")
    record_may(account, gmv=3000, reads=100)
    if is_closed:
        close_month(team=plan.team, month=plan.month, by=alice.user)
    (progress,) = progress_of(plan, as_of=MAY_31)
    assert (progress.goal.name, progress.actual) == ("mixed", Decimal(3100))


def test_many_own_goals_are_looked_up_once(
    plan: MonthPlan,
    alice: Member,
    account: Account,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(5):
        make(plan.team, f"own_{n}", "likes / reads")
        aim(plan, alice, f"own_{n}")
    record_may(account, likes=6, reads=100)
    fresh = plan_of(plan.team, plan.month)
    assert fresh is not None
    # plan's goals; for the plan its closing and own metrics; for each of two round trips closings,
    # own metrics and platforms
    with django_assert_max_num_queries(9):
        found = progress_of(fresh, as_of=MAY_31)
    assert [progress.actual for progress in found] == [Decimal("0.06")] * 5
