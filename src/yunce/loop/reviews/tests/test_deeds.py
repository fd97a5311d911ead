"""What may be asked about, on which days, and what else happened then."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from yunce.ground.calendars.models import TeamDay
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.models import Task
from yunce.loop.reviews.models import Improvement
from yunce.loop.reviews.queries.deeds import Deed, before, beside, deeds_of

TODAY = date(2025, 7, 1)
SINCE = date(2025, 1, 1)


@pytest.fixture
def goal(plan: MonthPlan) -> Goal:
    return Goal.objects.create(plan=plan, metric="new_followers", must=100, dimension="user")


def task(plan: MonthPlan, title: str, **said: object) -> Task:
    return Task.objects.create(plan=plan, title=title, dimension="user", **said)


def told(team: Team) -> dict[str, Deed]:
    return {
        f"{each.title} {each.start:%m-%d}": each
        for each in deeds_of(team, today=TODAY, since=SINCE)
    }


def test_an_event_is_its_day_and_the_two_after(plan: MonthPlan, goal: Goal) -> None:
    task(plan, "直播", nodes=["2025-05-10", "2025-05-20"], goal=goal)
    found = told(plan.team)
    assert list(found) == ["直播 05-20", "直播 05-10"]
    live = found["直播 05-10"]
    assert (live.end, live.metric, live.month) == (
        date(2025, 5, 12),
        "new_followers",
        Month(2025, 5),
    )


def test_a_span_is_its_days_and_one_without_days_is_none(plan: MonthPlan) -> None:
    task(plan, "挑战", starts_on=date(2025, 5, 12), ends_on=date(2025, 5, 26))
    task(plan, "没有日期")
    assert told(plan.team)["挑战 05-12"].end == date(2025, 5, 26)
    assert len(told(plan.team)) == 1


def test_removed_and_jotted_and_future_tasks_are_none(plan: MonthPlan) -> None:
    day = "2025-05-10"
    gone = task(plan, "删了", nodes=[day])
    Task.objects.filter(pk=gone.pk).update(deleted_at=datetime(2025, 5, 1, tzinfo=UTC))
    Task.objects.create(plan=plan, title="随手记", nodes=[day])
    task(plan, "以后", nodes=["2025-12-01"])
    assert told(plan.team) == {}


def test_an_improvement_is_looked_at_two_weeks_from_when_it_was_done(
    plan: MonthPlan, team: Team, goal: Goal
) -> None:
    june = MonthPlan.objects.create(team=team, month_start=date(2025, 6, 1))
    made = task(
        june, "换奖品", ends_on=date(2025, 6, 9), done_at=datetime(2025, 6, 5, 4, tzinfo=UTC)
    )
    Improvement.objects.create(plan=plan, dimension="user", measure="换奖品", task=made)
    Improvement.objects.create(plan=plan, dimension="user", measure="没排", due_on=date(2025, 6, 1))
    found = told(team)
    assert list(found) == ["换奖品 06-05", "没排 06-01"]  # its task is not told twice
    assert found["换奖品 06-05"].end == date(2025, 6, 18)
    assert found["没排 06-01"].end == date(2025, 6, 14)


def test_the_calendars_own_days_are_deeds(team: Team) -> None:
    TeamDay.objects.create(team=team, name="周年庆", first=date(2025, 5, 3), last=date(2025, 5, 5))
    assert told(team)["周年庆 05-03"].end == date(2025, 5, 5)


def test_what_happened_at_once_for_the_same_is_beside(plan: MonthPlan, goal: Goal) -> None:
    task(plan, "直播", nodes=["2025-05-10"], goal=goal)
    task(plan, "裂变", nodes=["2025-05-12"], goal=goal)
    task(plan, "全月", starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 30), goal=goal)
    other = Goal.objects.create(plan=plan, metric="clicks", must=9, dimension="convert")
    task(plan, "别的目标", nodes=["2025-05-10"], goal=other)
    deeds = told(plan.team)
    live = deeds["直播 05-10"]
    assert [each.title for each in beside(live, deeds.values())] == ["裂变"]
    assert beside(deeds["裂变 05-12"], deeds.values()) == [live]


def test_a_day_of_the_calendar_is_beside_everything(plan: MonthPlan, goal: Goal) -> None:
    task(plan, "直播", nodes=["2025-05-10"], goal=goal)
    day = date(2025, 5, 11)
    TeamDay.objects.create(team=plan.team, name="周年庆", first=day, last=day)
    deeds = told(plan.team)
    assert [each.title for each in beside(deeds["直播 05-10"], deeds.values())] == ["周年庆"]


def test_an_event_of_the_four_weeks_before_is_told(plan: MonthPlan, goal: Goal) -> None:
    task(plan, "直播", nodes=["2025-05-10", "2025-05-20"], goal=goal)
    deeds = told(plan.team)
    second = deeds["直播 05-20"]
    assert [each.start.day for each in before(second, deeds.values(), days=28)] == [10]
    assert before(deeds["直播 05-10"], deeds.values(), days=28) == []


def test_another_teams_deeds_are_not_told(plan: MonthPlan, db: None) -> None:
    task(plan, "直播", nodes=["2025-05-10"])
    other = Team.objects.create(name="别的", slug="elsewhere")
    assert deeds_of(other, today=TODAY, since=SINCE) == []


def test_many_deeds_take_three_queries(
    plan: MonthPlan, goal: Goal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(20):
        task(plan, f"直播 {n}", nodes=["2025-05-10"], goal=goal)
        Improvement.objects.create(
            plan=plan, dimension="user", measure=f"改 {n}", due_on=date(2025, 6, 1)
        )
    with django_assert_num_queries(3):
        assert len(deeds_of(plan.team, today=TODAY, since=SINCE)) == 40
