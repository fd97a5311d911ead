"""Which days of which tasks a forecast takes for events, and what the plan says they bring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from yunce.engines.forecasts import Campaign
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.models import Contribution, Task
from yunce.loop.plans.queries.campaigns import campaign_days

MAY = Month(2025, 5)
NODES = {date(2025, 5, 10), date(2025, 5, 20), date(2025, 5, 30)}


def days(team: Team, *metrics: str) -> dict[str, dict[str, Campaign]]:
    return campaign_days(team, metrics or ("new_followers",), MAY)


def test_a_task_s_nodes_are_events_of_its_kind(livestreams: Task, team: Team) -> None:
    assert days(team) == {"new_followers": {"场视频直播": Campaign(frozenset(NODES))}}


def test_the_same_name_with_other_numbers_is_the_same_kind(livestreams: Task, team: Team) -> None:
    april = MonthPlan.objects.create(team=team, month_start=date(2025, 4, 1))
    goal = Goal.objects.create(plan=april, dimension="user", metric="new_followers", must=1)
    Task.objects.create(
        plan=april, goal=goal, dimension="user", title="2 场视频直播", nodes=["2025-04-12"]
    )
    assert days(team)["new_followers"]["场视频直播"].days == NODES | {date(2025, 4, 12)}


def test_an_expected_contribution_is_shared_by_the_days(
    livestreams: Task, followers: Goal, team: Team
) -> None:
    Contribution.objects.create(task=livestreams, goal=followers, amount=Decimal(9_000))
    assert days(team)["new_followers"]["场视频直播"].expected == 3_000


def test_a_task_is_an_event_of_every_goal_it_helps(
    livestreams: Task, articles: Goal, team: Team
) -> None:
    Contribution.objects.create(task=livestreams, goal=articles, amount=Decimal(3))
    found = days(team, "new_followers", "pieces_article")
    assert found["pieces_article"]["场视频直播"] == Campaign(frozenset(NODES), 1.0)
    assert found["new_followers"]["场视频直播"].expected is None


def test_a_routine_and_what_was_deleted_are_no_events(livestreams: Task, team: Team) -> None:
    livestreams.nodes = [f"2025-05-{day:02d}" for day in range(1, 10)]
    livestreams.save()
    assert days(team) == {}


def test_all_metrics_are_one_question(
    livestreams: Task, team: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        days(team, "new_followers", "pieces_article", "reads")
