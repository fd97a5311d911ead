"""The plan page checks its goals, mends a letter in one click, and shows a goal's tree."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, Part
from yunce.loop.plans.models import Task

SignedIn = Callable[[User | Member], Client]
PLAN = "/t/content/2025-05/plan/"


@pytest.fixture
def undated(articles: Goal) -> Task:
    MonthPlan.objects.update(direction="原创图文种草")
    return Task.objects.create(
        plan=articles.plan, goal=articles, dimension="content", title="上线结算页"
    )


def page(client: Client) -> str:
    return client.get(PLAN).content.decode()


def test_goal_without_a_day_fails_t_and_says_which_task(
    alice: Member, undated: Task, signed_in: SignedIn
) -> None:
    said = page(signed_in(alice))
    assert "SMART · T 时限" in said
    assert "「上线结算页」" in said
    assert "补为 5/31 前完成" in said


def test_one_click_dates_the_task_and_the_goal_passes(
    alice: Member, undated: Task, signed_in: SignedIn
) -> None:
    client = signed_in(alice)
    client.post(f"{PLAN}goals/{undated.goal_id}/repair-dates/")
    undated.refresh_from_db()
    assert undated.nodes == ["2025-05-31"]
    assert "SMART · T 时限" not in page(client)


def test_member_cannot_repair(bob: Member, undated: Task, signed_in: SignedIn) -> None:
    answer = signed_in(bob).post(f"{PLAN}goals/{undated.goal_id}/repair-dates/")
    assert answer.status_code == 403
    undated.refresh_from_db()
    assert undated.nodes == []


def test_baseline_without_last_month_is_refused_in_a_sentence(
    alice: Member, undated: Task, signed_in: SignedIn
) -> None:
    answer = signed_in(alice).post(f"{PLAN}goals/{undated.goal_id}/repair-baseline/")
    assert answer.status_code == 422
    assert "没有「图文」的数据，不能作基线" in answer.content.decode()


def test_card_shows_the_tree_and_its_gap(
    alice: Member, followers: Goal, signed_in: SignedIn
) -> None:
    Part.objects.create(goal=followers, name="直播拉新", amount=Decimal(9_000))
    said = page(signed_in(alice))
    assert "直播拉新" in said
    assert "缺口 3,000" in said
