"""A goal whose metric nobody defines any more: shown and explained, never a broken page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yunce.engines.metrics import catalogue
from yunce.ground.facts.models import TeamMetric
from yunce.ground.facts.queries import catalogue_of
from yunce.ground.teams.models import Team
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.goals.queries import progress_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(team: Team) -> MonthPlan:
    return MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))


def goal_on(plan: MonthPlan, metric: str) -> Goal:
    return Goal.objects.create(plan=plan, dimension="user", metric=metric, must=Decimal(5))


def own(team: Team, **values: str) -> TeamMetric:
    said = {"code": "mine", "name": "我的", "formula": "likes / reads", "meaning": "m"} | values
    kind = {"dimension": "user", "unit": "percent", "direction": "higher"}
    return TeamMetric.objects.create(team=team, effective=date(2025, 1, 1), **said, **kind)


def test_its_goal_says_so_beside_the_others(plan: MonthPlan) -> None:
    goal_on(plan, "gone")
    goal_on(plan, "likes")
    gone, likes = progress_of(plan, as_of=date(2025, 5, 31))
    assert gone.goal.name == "指标已不存在（gone）"
    assert gone.actual is None
    assert "请删掉这个目标，改用另一个指标" in gone.achievement.reason
    assert likes.goal.name == "点赞数"


def test_a_goal_alone_with_a_gone_metric_asks_the_store_nothing(plan: MonthPlan) -> None:
    goal_on(plan, "gone")
    assert progress_of(plan, as_of=date(2025, 5, 31))[0].series == {}


def test_a_goal_on_a_whole_period_has_no_single_days(plan: MonthPlan) -> None:
    goal_on(plan, "reads_at_7d")
    assert progress_of(plan, as_of=date(2025, 5, 31))[0].series == {}


def test_a_name_a_later_program_took_is_told_apart(team: Team) -> None:
    own(team, name="点赞数")
    assert catalogue_of(team)["mine"].name == "点赞数（自定）"


def test_a_code_a_later_program_took_counts_for_goals_as_the_team_says(plan: MonthPlan) -> None:
    own(plan.team, code="wci", name="我们的指数")
    goal_on(plan, "wci")
    assert progress_of(plan, as_of=date(2025, 5, 31))[0].metric.formula == "likes / reads"
    assert catalogue()["wci"].formula != "likes / reads"
