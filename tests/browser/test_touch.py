"""Dragging with a finger on a phone: board, matrix, Gantt, calendar, goal priority, tree.

The touches are the browser's own (DevTools `Input.dispatchTouchEvent`), from which it makes the
pointer events the pages listen to, and scrolls where the page lets it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visit
from yunce.ground.teams.models import Team, User
from yunce.loop.goals.models import Goal, MonthPlan, Part, PlanState
from yunce.loop.plans.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = "/t/demo/2025-05/"
REST = 450  # milliseconds; a thing is lifted after 300
TABLET = {"width": 1024, "height": 768}
Point = tuple[float, float]


class Finger:
    """One finger on the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.devtools = page.context.new_cdp_session(page)

    def carry(self, item: Locator, to: Locator | Point, *, rest: int = REST) -> None:
        """Rest on the item, move in small steps to another place, let go."""
        item.scroll_into_view_if_needed()
        at = middle(item)
        self._touch("touchStart", at)
        self.page.wait_for_timeout(rest)
        there = to if isinstance(to, tuple) else middle(to)
        for step in range(1, 9):
            self._touch("touchMove", between(at, there, step / 8))
            self.page.wait_for_timeout(16)
        self._touch("touchEnd", None)

    def _touch(self, kind: str, at: Point | None) -> None:
        points = [] if at is None else [{"x": at[0], "y": at[1]}]
        self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle(item: Locator) -> Point:
    box = item.bounding_box()
    assert box is not None
    return box["x"] + min(box["width"] / 2, 60), box["y"] + min(box["height"] / 2, 14)


def between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


@pytest.fixture
def draft(demo: Team) -> Team:
    MonthPlan.objects.update(state=PlanState.DRAFT)
    return demo


def owner() -> User:
    return User.objects.get(username="owner")


def test_a_card_is_carried_to_another_column(
    draft: Team, visit: Visit, shoot: Callable[[Page, str], Path], complaints: list[str]
) -> None:
    Task.objects.update(state="todo", done_at=None)
    task = Task.objects.get(title="1 个话题挑战")
    page = visit(owner(), f"{MONTH}tasks/board/", size=TABLET, touch=True)
    Finger(page).carry(page.locator(f"#card-{task.pk}"), page.locator("#bd-doing"))
    expect(page.locator(f"[data-column=doing] #card-{task.pk}")).to_be_visible()
    assert page.url.endswith("/tasks/board/")  # no link was opened
    task.refresh_from_db()
    assert task.state == "doing"
    page.locator(f"#card-{task.pk}").drag_to(page.locator("#bd-done"))  # a mouse, on the same page
    expect(page.locator(f"[data-column=done] #card-{task.pk}")).to_be_visible()
    assert complaints == []


def test_a_swipe_over_a_card_scrolls_and_carries_nothing(draft: Team, visit: Visit) -> None:
    Task.objects.update(state="todo", done_at=None)
    task = Task.objects.get(title="1 个话题挑战")
    page = visit(owner(), f"{MONTH}tasks/board/", size=PHONE, touch=True)
    card = page.locator(f"#card-{task.pk}")
    card.scroll_into_view_if_needed()
    x, y = middle(card)
    before = page.evaluate("scrollY")
    Finger(page).carry(card, (x, max(y - 300, 10)), rest=0)
    page.wait_for_function("before => scrollY !== before", arg=before)
    task.refresh_from_db()
    assert task.state == "todo"


def test_a_task_is_carried_to_another_quadrant(
    draft: Team, visit: Visit, complaints: list[str]
) -> None:
    Task.objects.update(state="todo", done_at=None)
    live = Task.objects.get(title__startswith="3 场视频直播")
    live.owners.add(draft.members.get(user=owner()))
    page = visit(owner(), "/t/demo/today/?day=2025-05-20", size=PHONE, touch=True)
    Finger(page).carry(page.locator(f"#tk-{live.pk} small").first, page.locator("#hq2"))
    expect(page.locator(f"[data-corner=schedule] #tk-{live.pk}")).to_be_visible()
    live.refresh_from_db()
    assert live.quadrant == "schedule"
    assert complaints == []


def test_a_bar_is_carried_along_the_days(draft: Team, visit: Visit, complaints: list[str]) -> None:
    button = Task.objects.get(title="落地页加购买按钮")  # 1 to 8 May
    page = visit(owner(), f"{MONTH}tasks/gantt/", size=TABLET, touch=True)
    bar = page.locator(f"#bar-{button.pk}-span")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    x, y = middle(bar)
    Finger(page).carry(bar, (x + 2 * box["width"] / 8, y))
    expect(bar).to_have_attribute("data-seen", "5/3–5/10")
    assert complaints == []


def test_a_node_is_carried_to_another_day(draft: Team, visit: Visit) -> None:
    page = visit(owner(), f"{MONTH}tasks/days/", size=TABLET, touch=True)
    chip = page.locator("td[data-day='2025-05-08'] a.tchip[data-node]")
    Finger(page).carry(chip, page.locator("td[data-day='2025-05-14']"))
    expect(page.locator("td[data-day='2025-05-14'] a.tchip")).to_contain_text(["3 篇限时优惠内容"])
    assert Task.objects.get(title="3 篇限时优惠内容").nodes[0] == "2025-05-14"


def test_a_goal_is_carried_before_another(draft: Team, visit: Visit, complaints: list[str]) -> None:
    page = visit(owner(), f"{MONTH}targets/", size=PHONE, touch=True)
    goals = page.locator("[data-number]")
    third = Goal.objects.filter(plan__team=draft)[2]
    Finger(page).carry(goals.nth(2), goals.nth(0))
    expect(page.locator("#toasts")).to_contain_text("已调整优先级")
    assert Goal.objects.filter(plan__team=draft).first() == third
    assert complaints == []


def test_a_part_is_slid_and_its_neighbour_gives(draft: Team, visit: Visit) -> None:
    goal = Goal.objects.get(plan__team=draft, metric="pieces_article")
    for name, amount in (("测评", 10), ("干货", 10)):
        Part.objects.create(goal=goal, name=name, amount=amount)
    page = visit(owner(), f"{MONTH}targets/?goal={goal.pk}", size=PHONE, touch=True)
    slider = page.get_by_label("拖动重新分配：测评")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    finger = Finger(page)
    finger.carry(slider, (box["x"] + box["width"] * 0.75, y), rest=0)
    expect(page.locator("#toasts")).to_contain_text("已保存「测评」")
    first, second = (part.amount or Decimal(0) for part in goal.parts.all())
    assert first > 10
    assert first + second == 20
