"""The worked trees of DOMAIN §3, on the page people see."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, User
from yunce.loop.goals.models import Goal, MonthPlan, Part, PartKind
from yunce.loop.goals.queries.parts import tree_of

TARGETS = "/t/content/2025-05/targets/"

SignedIn = Callable[[User | Member], Client]


def source(goal: Goal, name: str, count: int | None, each: int | None, unit: str = "场") -> Part:
    """count × each, under the goal."""
    part = Part.objects.create(goal=goal, name=name, kind=PartKind.PRODUCT)
    Part.objects.create(goal=goal, parent=part, name="场次", unit=unit, amount=count)
    Part.objects.create(goal=goal, parent=part, name="每场", amount=each, position=1)
    return part


def page(client: Client, goal: Goal) -> str:
    return client.get(TARGETS, {"goal": goal.pk}).content.decode()


@pytest.fixture
def alices(alice: Member, signed_in: SignedIn) -> Client:
    return signed_in(alice)


def test_twelve_thousand_followers_fit(followers: Goal, alices: Client) -> None:
    source(followers, "直播拉新", 3, 3_000)  # 9,000
    source(followers, "社群裂变", 2, 1_500, "次")  # 3,000
    said = page(alices, followers)
    assert "缺口 0" in said
    assert "3 场 × 3,000" in said
    assert "吻合" in said
    assert "缺口 1,000" in said  # against stretch 13,000
    assert "直播拉新 · 每场 +334" in said  # 3 × 3,334 = 10,002 ≥ 10,000


def test_ten_thousand_followers_are_over_allocated(followers: Goal, alices: Client) -> None:
    Goal.objects.filter(pk=followers.pk).update(must=10_000, stretch=None)
    source(followers, "爆文", 3, 3_000, "篇")  # 9,000
    source(followers, "社群裂变", 2, 2_000, "次")  # 4,000
    said = page(alices, followers)
    assert "超配 3,000" in said
    assert "爆文 · 场次 −1" in said  # 2 × 3,000 + 4,000 = 10,000


def test_five_thousand_followers_lack_a_thousand(followers: Goal, alices: Client) -> None:
    Goal.objects.filter(pk=followers.pk).update(must=5_000, stretch=None)
    for number in range(4):
        week = Part.objects.create(goal=followers, name=f"第 {number + 1} 周", kind=PartKind.SUM)
        for name in ("扫码", "好友推荐"):
            Part.objects.create(
                goal=followers, parent=week, name=name, amount=500, segment=f"channel={name}"
            )
    assert "缺口 1,000" in page(alices, followers)


def test_missing_factor_is_solved_for(plan: MonthPlan, alices: Client) -> None:
    goal = Goal.objects.create(
        plan=plan, dimension="conversion", metric="gmv", must=Decimal(3_000_000)
    )
    live = Part.objects.create(goal=goal, name="直播", kind=PartKind.PRODUCT)
    for at, (name, amount) in enumerate([("场次", 2), ("每场订单", None), ("客单价", 500)]):
        Part.objects.create(goal=goal, parent=live, name=name, amount=amount, position=at)
    said = page(alices, goal)
    assert "「直播 · 每场订单」要达到 3,000。" in said  # 3,000,000 ÷ 2 ÷ 500
    assert "待填" in said


def test_rates_are_weighed_not_added(plan: MonthPlan) -> None:
    goal = Goal.objects.create(
        plan=plan, dimension="interaction", metric="interaction_rate_reads", must=Decimal("0.08")
    )
    for name, rate, base in (("小红书", "0.10", 100), ("公众号", "0.04", 300)):
        Part.objects.create(goal=goal, name=name, amount=Decimal(rate), weight=base)
    tree = tree_of(goal)
    assert tree.value == Decimal("0.055")  # (10 + 12) ÷ 400, not 14 %
    assert [branch.numerator for branch in tree.branches] == [10, 12]


def test_page_needs_as_many_queries_for_many_parts_as_for_few(
    followers: Goal, alices: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        source(followers, f"来源 {number}", 1, 100)
    with django_assert_max_num_queries(24):
        page(alices, followers)


def test_guest_sees_the_tree_without_numbers(
    followers: Goal, gus: Member, signed_in: SignedIn
) -> None:
    Part.objects.create(goal=followers, name="扫码", amount=500, segment="channel=扫码")
    said = page(signed_in(gus), followers)
    assert "扫码" in said
    assert "实际" not in said
    assert "加一条来源" not in said


def test_month_without_goals_says_where_to_begin(plan: MonthPlan, alices: Client) -> None:
    assert "先定目标，再拆解" in alices.get(TARGETS).content.decode()
