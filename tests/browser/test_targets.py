"""目标与拆解 in a real browser: a part is dragged by keys, goals change places by keys."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from yunce.ground.teams.models import Team, User
from yunce.loop.goals.models import Goal, Part

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TARGETS = "/t/demo/2025-05/targets/"


def test_arrow_keys_split_anew_and_the_sum_stays(
    demo: Team, visit: Visit, complaints: list[str]
) -> None:
    goal = Goal.objects.get(plan__team=demo, metric="pieces_article")
    for name, amount in (("测评", 10), ("干货", 10)):
        Part.objects.create(goal=goal, name=name, amount=amount)
    page = visit(User.objects.get(username="owner"), f"{TARGETS}?goal={goal.pk}")
    slider = page.get_by_label("拖动重新分配：测评")
    slider.focus()
    slider.press("ArrowRight")
    expect(page.locator("#toasts")).to_contain_text("已保存「测评」")
    assert [part.amount for part in goal.parts.all()] == [Decimal(11), Decimal(9)]
    assert complaints == []


def test_alt_arrow_moves_a_goal(demo: Team, visit: Visit, complaints: list[str]) -> None:
    page = visit(User.objects.get(username="owner"), TARGETS)
    first = page.locator("[data-number]").first
    first.focus()
    first.press("Alt+ArrowRight")
    expect(page.locator("#toasts")).to_contain_text("已调整优先级")
    assert Goal.objects.filter(plan__team=demo).values_list("metric", flat=True)[1] == (
        "pieces_article"
    )
    assert complaints == []
