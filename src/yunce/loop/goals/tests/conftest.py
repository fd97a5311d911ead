"""May 2025 with one goal, and what each person may do there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yunce.loop.goals.models import Goal, MonthPlan


@pytest.fixture
def followers(plan: MonthPlan) -> Goal:
    return Goal.objects.create(
        plan=plan,
        dimension="user",
        metric="new_followers",
        must=Decimal(12_000),
        stretch=Decimal(13_000),
    )
