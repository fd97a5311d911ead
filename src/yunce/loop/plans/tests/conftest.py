"""May 2025: two goals, one task under the first, and what each person may do there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yunce.ground.teams.models import Member
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.models import Task


@pytest.fixture
def articles(plan: MonthPlan) -> Goal:
    return Goal.objects.create(
        plan=plan,
        dimension="content",
        metric="pieces_article",
        label="图文",
        must=Decimal(20),
        stretch=Decimal(24),
    )


@pytest.fixture
def followers(plan: MonthPlan) -> Goal:
    return Goal.objects.create(
        plan=plan, dimension="user", metric="new_followers", must=Decimal(12_000), position=1
    )


@pytest.fixture
def livestreams(followers: Goal, bob: Member) -> Task:
    task = Task.objects.create(
        plan=followers.plan,
        goal=followers,
        dimension="user",
        title="3 场视频直播",
        nodes=["2025-05-10", "2025-05-20", "2025-05-30"],
        standard="每场观看 ≥ 2,000 人",
        note="提前 3 天预热",
    )
    task.owners.add(bob)
    return task
