"""The seven-column table: rows, spans and texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yunce.ground.teams.models import Member
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.models import Task, TaskState
from yunce.loop.plans.queries import PlanRow, plan_rows, tasks_due, tasks_of


@pytest.fixture
def full(articles: Goal, livestreams: Task) -> MonthPlan:
    """articles without a task; followers with two; one task of 用户增长 that serves no goal."""
    plan = articles.plan
    Task.objects.create(
        plan=plan, goal=livestreams.goal, dimension="user", title="2 次裂变", position=1
    )
    Task.objects.create(plan=plan, dimension="user", title="维护粉丝群", position=2)
    return plan


def test_rows_come_by_dimension_goal_and_task(full: MonthPlan) -> None:
    assert [(row.dimension_label, row.metric_name, row.title) for row in plan_rows(full)] == [
        ("内容运营", "图文", ""),
        ("用户增长", "新增粉丝", "3 场视频直播"),
        ("用户增长", "新增粉丝", "2 次裂变"),
        ("用户增长", "", "维护粉丝群"),
    ]


def test_spans_say_how_far_a_cell_reaches(full: MonthPlan) -> None:
    spans = [(row.dimension_span, row.goal_span) for row in plan_rows(full)]
    assert spans == [(1, 1), (3, 2), (0, 0), (0, 1)]


def test_row_tells_the_whole_line(livestreams: Task, plan: MonthPlan) -> None:
    (row,) = plan_rows(plan)
    assert row == PlanRow(
        dimension="user",
        dimension_label="用户增长",
        goal=livestreams.goal,
        task=livestreams,
        dimension_span=1,
        goal_span=1,
        metric_name="新增粉丝",
        must_text="12,000 人",
        stretch_text="",
        owners_text="文案专员",
        nodes_text="5/10、5/20、5/30",
        standard="每场观看 ≥ 2,000 人",
        note="提前 3 天预热",
    )


def test_metric_text_carries_both_targets(articles: Goal, plan: MonthPlan) -> None:
    (row,) = plan_rows(plan)
    assert row.metric_text == "图文 20 篇（挑战 24 篇）"


def test_rates_are_written_as_per_cent(plan: MonthPlan) -> None:
    Goal.objects.create(
        plan=plan, dimension="conversion", metric="click_rate", must=Decimal("0.03")
    )
    (row,) = plan_rows(plan)
    assert row.metric_text == "商品点击率 3%"


def test_goal_without_a_task_shows_its_owner(articles: Goal, bob: Member) -> None:
    articles.owner = bob
    articles.save()
    (row,) = plan_rows(articles.plan)
    assert (row.owners_text, row.task) == ("文案专员", None)


def test_task_of_a_removed_goal_stands_in_its_dimension(
    livestreams: Task, followers: Goal, plan: MonthPlan
) -> None:
    Goal.objects.update(deleted_at="2025-05-02T00:00Z")
    (row,) = plan_rows(plan)
    assert (row.goal, row.title, row.metric_text) == (None, "3 场视频直播", "—")


def test_removed_task_is_not_listed(livestreams: Task, plan: MonthPlan) -> None:
    Task.objects.update(deleted_at="2025-05-02T00:00Z")
    assert not tasks_of(plan).exists()


@pytest.mark.parametrize(("number", "due"), [(9, 0), (10, 1), (11, 0)])
def test_task_is_due_on_its_nodes(livestreams: Task, number: int, due: int) -> None:
    assert len(tasks_due(livestreams.plan, date(2025, 5, number))) == due


def test_finished_task_is_not_due(livestreams: Task) -> None:
    Task.objects.update(state=TaskState.DONE)
    assert tasks_due(livestreams.plan, date(2025, 5, 10)) == []
