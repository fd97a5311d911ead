"""The main job in a real browser: plan → numbers in → achievement → summary → next month → file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.cast import PASSWORD
from yunce.ground.teams.models import Member
from yunce.loop.plans.models import Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = Path(__file__).parents[2] / "src/yunce/engines/platforms/samples/xiaohongshu/notes.csv"
HEADERS = [
    "目标维度",
    "完成情况（实际值）",
    "计划vs实际（达成率）",
    "亮点分析",
    "问题反思",
    "改进措施",
]
Shoot = Callable[[Page, str], Path]


def test_a_lead_takes_a_month_from_plan_to_file(
    alice: Member, bob: Member, visit: Visit, shoot: Shoot, complaints: list[str], tmp_path: Path
) -> None:
    page = visit(None, "/")
    sign_in(page)
    plan_the_month(page)
    edit_a_cell_by_keyboard(page)
    bring_in_an_export(page)
    type_numbers_into_the_grid(page)
    read_the_month(page, shoot)
    write_the_review(page)
    adopt_the_measure(page, shoot)
    summary = download_the_summary(page, tmp_path)
    sheet = load_workbook(summary).worksheets[0]
    rows = [[cell.value for cell in row[:6]] for row in sheet.iter_rows()]
    assert HEADERS in rows
    assert complaints == []


def sign_in(page: Page) -> None:
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.get_by_label("用户名").fill("alice")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()


def plan_the_month(page: Page) -> None:
    page.goto(re.sub(r"/t/.*", "/t/content/2025-05/plan/", page.url))
    page.get_by_role("link", name="加指标").first.click()
    add_goal(page, metric="图文（篇）", must="2", stretch="4")
    page.get_by_role("link", name="加指标").first.click()
    add_goal(page, metric="新增粉丝（人）", must="1.2万", stretch="13,000")
    page.get_by_role("link", name="加任务").first.click()
    form = page.locator("#plan-form")
    form.get_by_label("核心任务").fill("3 场视频直播")
    form.get_by_label("所属目标").select_option(label="新增粉丝")
    form.get_by_label("时间节点").fill("5/10、5/20、5/30")
    form.get_by_label("完成标准").fill("每场观看 ≥ 2,000 人")
    form.get_by_label("文案专员").check()
    form.get_by_role("button", name="加上").click()
    expect(page.locator("#plan-table")).to_contain_text("5/10、5/20、5/30")
    expect(page.locator("#plan-table")).to_contain_text("12,000 人")


def add_goal(page: Page, *, metric: str, must: str, stretch: str) -> None:
    form = page.locator("#plan-form")
    form.get_by_label("指标", exact=True).select_option(label=metric)
    form.get_by_label("必达").fill(must)
    form.get_by_label("挑战").fill(stretch)
    form.get_by_role("button", name="加上").click()
    expect(form.get_by_label("必达")).to_have_count(0)  # a form opened before would be closed
    expect(page.locator("#plan-table")).to_contain_text(metric.partition("（")[0])


def edit_a_cell_by_keyboard(page: Page) -> None:
    cell = page.locator("td[data-cell]", has_text="每场观看 ≥ 2,000 人")
    cell.focus()
    cell.press("Enter")
    page.locator("td textarea").fill("每场观看 ≥ 2,500 人")
    page.locator("td textarea").press("Enter")
    expect(page.locator("#plan-table")).to_contain_text("每场观看 ≥ 2,500 人")
    expect(page.locator("#toasts")).to_contain_text("撤销")


def bring_in_an_export(page: Page) -> None:
    page.get_by_role("link", name="数据导入").click()
    page.locator("#files").set_input_files(NOTES)
    expect(page.get_by_role("heading", level=1)).to_contain_text("小红书")
    page.get_by_label("账号名称").fill("好物研究所")
    page.get_by_role("button", name="添加小红书账号").click()
    page.get_by_role("button", name=re.compile("确认导入|只导入其余")).click()
    expect(page.locator("main")).to_contain_text("notes.csv")


def type_numbers_into_the_grid(page: Page) -> None:
    page.goto(re.sub(r"/t/.*", "/t/content/2025-05/grid/?metrics=new_followers", page.url))
    page.get_by_label(re.compile("5/10.*新增粉丝")).fill("1.3万")
    page.get_by_role("button", name="保存").first.click()
    expect(page.get_by_label(re.compile("5/10.*新增粉丝"))).to_have_value("13,000")


def read_the_month(page: Page, shoot: Shoot) -> None:
    page.get_by_role("link", name="本月").first.click()
    goals = page.locator("table.gt")
    expect(goals).to_contain_text("13,000")
    expect(goals).to_contain_text("108%")  # 13,000 of 12,000 followers
    expect(goals).to_contain_text("2 篇")  # the two 图文 notes of the export
    expect(goals).to_contain_text("100%")
    expect(page.locator("header.top")).to_contain_text("数据到 5/10")  # the last day typed in
    shoot(page, "journey-month")


def write_the_review(page: Page) -> None:
    page.get_by_role("link", name="月度复盘").first.click()
    page.locator("#highlights-user").focus()
    page.locator("#highlights-user").press("Enter")
    page.locator("#highlights-user textarea").fill("5/10 直播一场新增 13,000。")
    page.locator("#highlights-user textarea").press("Control+Enter")
    expect(page.locator("#highlights-user")).to_contain_text("13,000。")
    page.get_by_role("link", name="加一条 用户增长").click()
    page.get_by_role("textbox", name="改进措施").fill("直播提前 3 天预热")
    page.get_by_label("完成日期").fill("2025-06-05")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".imp")).to_contain_text("直播提前 3 天预热")


def adopt_the_measure(page: Page, shoot: Shoot) -> None:
    page.get_by_role("button", name="纳入 6 月计划：直播提前 3 天预热").click()
    expect(page.locator(".imp .chip.good")).to_have_text(["已纳入 6 月计划"])
    shoot(page, "journey-review")
    assert Task.objects.get(plan__month_start="2025-06-01").title == "直播提前 3 天预热"
    review = page.url
    page.goto(review.replace("2025-05/review", "2025-06/plan"))
    expect(page.locator("#plan-table")).to_contain_text("直播提前 3 天预热")
    page.goto(review)


def download_the_summary(page: Page, folder: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name="Excel").click()
    path = folder / "summary.xlsx"
    started.value.save_as(path)
    return path
