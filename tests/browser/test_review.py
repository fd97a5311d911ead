"""The review in a real browser: words in place, measures, next month."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from yunce.ground.teams.models import Team, User
from yunce.loop.plans.models import Task
from yunce.loop.reviews.models import Reflection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REVIEW = "/t/demo/2025-05/review/"
Shoot = Callable[[Page, str], Path]


@pytest.fixture
def page(demo: Team, visit: Visit) -> Page:
    return visit(User.objects.get(username="owner"), REVIEW)


def test_words_are_written_by_keyboard_and_undone_with_z(page: Page, shoot: Shoot) -> None:
    cell = page.locator("#problems-user")
    cell.focus()
    cell.press("Enter")
    page.locator("#problems-user textarea").fill("推广效果不好")
    shoot(page, "review-editing")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#problems-user .lint")).to_have_text("推广效果不好")
    expect(page.locator("#problems-user .lintbox")).to_contain_text("环节 / 动作 / 数据")
    expect(page.locator("#review-lede")).to_contain_text("1 处表述含糊")
    shoot(page, "review-vague")
    page.keyboard.press("z")
    expect(page.locator("#problems-user")).to_contain_text("裂变奖品偏家庭用品")
    expect(page.locator("#review-lede")).not_to_contain_text("含糊")


def test_escape_leaves_the_words_as_they_were(page: Page) -> None:
    cell = page.locator("#highlights-content")
    cell.dblclick()
    page.locator("#highlights-content textarea").fill("别的话")
    page.keyboard.press("Escape")
    expect(cell).to_contain_text("用户案例系列篇均阅读 800")


def test_a_second_writer_sees_both_texts(page: Page, shoot: Shoot) -> None:
    cell = page.locator("#highlights-user")
    cell.locator("[data-cell-open]").click()
    typed = page.locator("#highlights-user textarea")
    expect(typed).to_be_visible()
    words = Reflection.objects.get(dimension="user")
    words.highlights = "同事写的亮点"
    words.save()
    typed.fill("我写的亮点")
    page.keyboard.press("Enter")
    expect(page.locator("#highlights-user q")).to_have_text("同事写的亮点")
    expect(page.locator("#highlights-user textarea")).to_have_value("我写的亮点")
    shoot(page, "review-conflict")
    page.locator("#highlights-user textarea").press("Enter")
    expect(page.locator("#highlights-user")).to_have_text("我写的亮点 修改亮点分析")


def test_a_measure_is_added_and_becomes_a_task_of_next_month(page: Page, shoot: Shoot) -> None:
    page.get_by_role("link", name="加一条 互动提升").click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".mz-f .field-error")).to_contain_text("请写要做什么")
    shoot(page, "review-measure-error")
    page.get_by_role("textbox", name="改进措施").fill("评论区置顶一个问题")
    page.get_by_label("完成日期").fill("2025-06-20")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".imp")).to_contain_text("评论区置顶一个问题")
    page.get_by_role("button", name="纳入 6 月计划：评论区置顶一个问题").click()
    expect(page.locator(".imp .chip.good")).to_have_text(["已纳入 6 月计划"])
    expect(page.locator("#improvements-h + .end")).to_contain_text("1 / 5 已纳入")
    assert Task.objects.get(plan__month_start="2025-06-01").title == "评论区置顶一个问题"
    page.keyboard.press("z")
    expect(page.locator("#improvements-h + .end")).to_contain_text("0 / 5 已纳入")
    page.get_by_role("button", name="全部纳入").click()
    expect(page.locator(".imp .chip.good")).to_have_count(5)
    shoot(page, "review-adopted")


def test_the_summary_is_downloaded_from_the_page(page: Page) -> None:
    with page.expect_download() as started:
        page.get_by_role("link", name="Excel").click()
    assert started.value.suggested_filename == "2025-05 月度总结表 内容电商组（演示）.xlsx"


def test_a_phone_shows_a_card_per_dimension(demo: Team, visit: Visit, shoot: Shoot) -> None:
    page = visit(User.objects.get(username="owner"), REVIEW, size=PHONE)
    shoot(page, "review-cards")
    page.locator("#problems-user [data-cell-open]").click()
    expect(page.locator("#problems-user textarea")).to_be_visible()
