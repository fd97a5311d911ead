"""The plan table in a real browser: keyboard, refusal, conflict, undo, a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import PHONE, Visit
from yunce.ground.teams.models import Team, User
from yunce.loop.plans.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLAN = "/t/demo/2025-05/plan/"
LIVE = "3 场视频直播，每场新增 ≥ 3,000"
Shoot = Callable[[Page, str], Path]


@pytest.fixture
def owner(demo: Team) -> User:
    return User.objects.get(username="owner")


@pytest.fixture
def page(owner: User, visit: Visit) -> Page:
    return visit(owner, PLAN)


def cell(page: Page, field: str) -> Locator:
    """A cell of the livestream task."""
    return page.locator(f"#task-{Task.objects.get(title=LIVE).pk}-{field}")


def test_days_are_typed_refused_saved_and_undone(page: Page, shoot: Shoot) -> None:
    nodes = cell(page, "nodes")
    nodes.focus()
    nodes.press("Enter")
    expect(page.locator(".edbar")).to_be_visible()
    nodes.locator("input[name=value]").fill("直播 5/9")
    page.keyboard.press("Enter")
    expect(nodes.locator(".field-error")).to_contain_text("看不懂「直播 5/9」")
    expect(nodes.locator("input[name=value]")).to_have_value("直播 5/9")
    shoot(page, "plan-refused")
    nodes.locator("input[name=value]").fill("5/9,5/16, 5/28")
    page.keyboard.press("Enter")
    expect(nodes).to_have_text("5/9、5/16、5/28")
    expect(nodes).to_be_focused()
    page.keyboard.press("z")
    expect(nodes).to_have_text("5/10、5/20、5/30")


def test_tab_goes_through_the_fields_then_to_the_next_cell(page: Page) -> None:
    targets = page.locator('td[id$="-targets"]').first
    targets.focus()
    targets.press("Enter")
    expect(targets.locator("input[name=must]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(targets.locator("input[name=stretch]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator('td[id$="-title"] textarea').first).to_be_focused()
    expect(page.locator(".toast-y")).to_have_count(0)  # nothing was changed, nothing was saved


def test_second_writer_sees_both_values(page: Page, owner: User, visit: Visit) -> None:
    note = cell(page, "note")
    note.dblclick()
    note.locator("textarea").fill("我的")
    other = cell(visit(owner, PLAN), "note")
    other.dblclick()
    other.locator("textarea").fill("对方的")
    other.locator("textarea").press("Enter")
    expect(other).to_have_text("对方的")
    note.locator("textarea").press("Enter")
    expect(note.locator(".clash")).to_contain_text("已把它改成「对方的」")
    expect(note.locator(".clash")).to_contain_text("你的「我的」还没有保存")
    note.get_by_role("button", name="用我的").click()
    expect(note).to_have_text("我的")


def test_goal_and_its_first_task_are_added_in_place(page: Page) -> None:
    page.get_by_role("link", name="加指标").click()
    page.get_by_label("指标", exact=True).select_option("likes")
    page.get_by_label("必达").fill("1.2万")
    page.get_by_role("button", name="加上").click()
    row = page.locator("tr", has_text="点赞数")
    expect(row).to_contain_text("12,000 次")
    row.locator('td[id$="-task"]').dblclick()
    row.locator("textarea").fill("评论区抽奖")
    row.locator("textarea").press("Enter")
    expect(row.locator('td[id$="-title"]')).to_contain_text("评论区抽奖")


def test_a_form_opened_while_another_is_sent_stays(page: Page) -> None:
    page.get_by_role("link", name="加指标").first.click()
    form = page.locator("#plan-form")
    form.get_by_label("指标", exact=True).select_option(label="阅读（播放）量（次）")
    form.get_by_label("必达").fill("34567")

    def slowly(route: Route) -> None:
        if route.request.method == "POST":
            page.wait_for_timeout(600)
        route.continue_()

    page.route("**/goals/new/", slowly)
    form.get_by_role("button", name="加上").click()
    page.get_by_role("link", name="加任务").first.click()
    expect(page.locator("#plan-table")).to_contain_text("34,567")
    expect(form.get_by_label("核心任务")).to_be_visible()


def test_removed_task_returns_with_z(page: Page) -> None:
    title = cell(page, "title")
    title.hover()
    title.get_by_role("link", name="的操作").click()
    expect(title.locator("summary")).to_be_focused()
    title.get_by_role("button", name="删除任务").click()
    expect(title).to_have_count(0)
    page.keyboard.press("z")
    expect(title).to_contain_text(LIVE)


def test_closing_the_month_says_what_follows(page: Page) -> None:
    page.get_by_role("link", name="定稿").click()
    page.get_by_role("button", name="直接定稿").click()
    page.locator("summary", has_text="关账").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("计划、任务状态、数据和复盘都不能再改")
    dialog.get_by_role("button", name="关账").click()
    expect(page.locator(".ph .chip", has_text="已关账")).to_be_visible()
    expect(page.locator("[data-cell]")).to_have_count(0)


def test_phone_shows_cards_and_opens_a_cell_by_its_pencil(
    owner: User, visit: Visit, shoot: Shoot
) -> None:
    page = visit(owner, PLAN, size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    cell(page, "owners").locator("[data-cell-open]").click()
    expect(cell(page, "owners").get_by_role("checkbox").first).to_be_focused()
    shoot(page, "plan-phone-editing")


def test_state_of_a_task_moves_and_returns(owner: User, visit: Visit) -> None:
    page = visit(owner, "/t/demo/2025-05/tasks/")
    row = page.locator("tr", has_text=LIVE)
    row.get_by_role("button", name="进行中").click()
    expect(row.locator('[aria-pressed="true"]')).to_have_text("进行中")
    page.keyboard.press("z")
    expect(row.locator('[aria-pressed="true"]')).to_have_text("已完成")
