"""May 2025 with a goal, what is written of it, and what each person may do there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.reviews.models import Improvement, Reflection


@pytest.fixture
def followers(plan: MonthPlan) -> Goal:
    return Goal.objects.create(
        plan=plan,
        dimension="user",
        metric="new_followers",
        must=Decimal(12_000),
        stretch=Decimal(13_000),
    )


@pytest.fixture
def words(plan: MonthPlan) -> Reflection:
    return Reflection.objects.create(
        plan=plan, dimension="user", highlights="直播新增 3,500", problems="推广效果不好"
    )


@pytest.fixture
def improvement(plan: MonthPlan, bob: Member) -> Improvement:
    return Improvement.objects.create(
        plan=plan,
        dimension="user",
        measure="裂变海报改成两版对比",
        expected="入群转化 12% → 20%",
        owner=bob,
        due_on=date(2025, 6, 5),
    )


Gain = Callable[..., None]


@pytest.fixture
def gain(account: Account) -> Gain:
    """`gain(500, days=[1, 2])` records that many new followers on each of those days of May."""

    def write(value: int, *, days: list[int]) -> None:
        rows = [
            FactRow(
                team=account.team_id,
                account=account.pk,
                post=0,
                metric="new_followers",
                day=date(2025, 5, day),
                segment="",
                value=float(value),
            )
            for day in days
        ]
        record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=rows)

    return write
