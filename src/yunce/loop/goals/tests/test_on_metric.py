"""Which months aim at a metric: the slot of its definition's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, Team, User
from yunce.loop.goals.models import Goal, MonthPlan

SLOT = "/t/content/metrics/new_followers/goals/"


@pytest.fixture
def goals(team: Team) -> list[Goal]:
    plans = [MonthPlan.objects.create(team=team, month_start=date(2025, n, 1)) for n in (4, 5)]
    return [
        Goal.objects.create(plan=plan, dimension="user", metric="new_followers", must=must)
        for plan, must in zip(plans, (Decimal(9_000), Decimal(12_000)), strict=True)
    ]


def test_the_slot_lists_months_and_targets_newest_first(
    vera: Member, goals: list[Goal], signed_in: Callable[[Member], Client]
) -> None:
    page = signed_in(vera).get(SLOT, headers={"HX-Request": "true"}).content.decode()
    assert page.index("2025 年 5 月") < page.index("2025 年 4 月")
    assert "必达 12,000" in page
    assert "<html" not in page


def test_without_htmx_it_is_a_page(
    vera: Member, goals: list[Goal], signed_in: Callable[[Member], Client]
) -> None:
    assert "2 个月的目标用到这个指标" in signed_in(vera).get(SLOT).content.decode()


def test_a_metric_nobody_aims_at_says_so(
    vera: Member, signed_in: Callable[[Member], Client]
) -> None:
    assert "还没有哪个月" in signed_in(vera).get(SLOT).content.decode()


def test_a_stranger_finds_nothing(
    team: Team, charlie: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(charlie).get(SLOT).status_code == 404
