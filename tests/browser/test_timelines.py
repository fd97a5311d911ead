"""Moving tasks on the Gantt chart and the calendar, by keys and by dragging."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from yunce.ground.teams.models import Team, User
from yunce.loop.goals.models import MonthPlan, PlanState
from yunce.loop.plans.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TASKS = "/t/demo/2025-05/tasks/"


@pytest.fixture
def button(demo: Team) -> Task:
    """落地页加购买按钮, 1 to 8 May, in a month that is a draft again."""
    MonthPlan.objects.update(state=PlanState.DRAFT)
    return Task.objects.get(title="落地页加购买按钮")


def test_a_bar_moves_by_keys_and_by_dragging(
    button: Task, visit: Visit, shoot: Callable[[Page, str], Path], complaints: list[str]
) -> None:
    page = visit(User.objects.get(username="owner"), f"{TASKS}gantt/")
    bar = page.locator(f"#bar-{button.pk}-span")
    bar.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(bar).to_have_attribute("data-seen", "5/3–5/11")
    expect(bar).to_be_focused()
    box = bar.bounding_box()
    assert box is not None
    day = box["width"] / 9
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 20 + 2 * day, box["y"] + 8, steps=5)
    page.mouse.up()
    expect(bar).to_have_attribute("data-seen", "5/5–5/13")
    page.keyboard.press("z")
    expect(bar).to_have_attribute("data-seen", "5/3–5/11")
    shoot(page, "gantt-moved")
    assert complaints == []


def test_a_node_is_dragged_to_another_day(
    button: Task, visit: Visit, shoot: Callable[[Page, str], Path], complaints: list[str]
) -> None:
    page = visit(User.objects.get(username="owner"), f"{TASKS}days/")
    chip = page.locator("td[data-day='2025-05-08'] a.tchip[data-node]")
    chip.drag_to(page.locator("td[data-day='2025-05-21']"))
    expect(page.locator("td[data-day='2025-05-21'] a.tchip")).to_contain_text("3 篇限时优惠内容")
    shoot(page, "task-days-moved")
    assert Task.objects.get(title="3 篇限时优惠内容").nodes[1] == "2025-05-21"
    assert complaints == []
