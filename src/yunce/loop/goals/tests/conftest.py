"""May 2025 with one goal, and what each person may do there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import Access
from yunce.loop.goals.models import Goal, MonthPlan

AccessOf = Callable[[Member], Access]


@pytest.fixture
def access_of() -> AccessOf:
    """`access_of(alice)` is what her requests carry."""
    return lambda member: Access(team=member.team, member=member, user=member.user)


@pytest.fixture
def plan(team: Team) -> MonthPlan:
    return MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))


@pytest.fixture
def followers(plan: MonthPlan) -> Goal:
    return Goal.objects.create(
        plan=plan,
        dimension="user",
        metric="new_followers",
        must=Decimal(12_000),
        stretch=Decimal(13_000),
    )
