"""Own metrics are counted while their formula is typed; the catalogue follows a search."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from yunce.ground.teams.models import Team, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_typing_a_formula_counts_it_and_saving_keeps_it(demo: Team, visit: Visit) -> None:
    page = visit(User.objects.get(username="owner"), "/t/demo/own-metrics/new/")
    page.get_by_label("公式").press_sequentially("likes / read")
    expect(page.locator("#preview")).to_contain_text("不是指标的代码。是否想写：reads")
    page.get_by_label("公式").press_sequentially("s")
    expect(page.locator("#preview .big")).to_have_text("6.02%")
    page.get_by_label("名称", exact=True).fill("每次阅读点赞")
    page.get_by_label("代码", exact=True).fill("likes_per_read")
    page.get_by_label("口径", exact=True).fill("点赞数 ÷ 阅读量")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("每次阅读点赞")
    expect(page.get_by_text("已保存「每次阅读点赞」第 1 版。")).to_be_visible()


def test_the_catalogue_follows_what_is_typed(demo: Team, visit: Visit) -> None:
    page = visit(User.objects.get(username="owner"), "/t/demo/metrics/")
    page.get_by_label("查找指标").press_sequentially("完播")
    expect(page.locator("#found")).to_contain_text("「完播」找到")
    expect(page).to_have_url(re.compile(r"\?q="))


def test_a_phone_opens_a_number_to_its_rows(demo: Team, visit: Visit) -> None:
    owner = User.objects.get(username="owner")
    page = visit(owner, "/t/demo/2025-05/review/", size=PHONE)
    page.get_by_role("link", name="15,000 人").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("新增粉丝 15,000")
    expect(page.locator("#rows-h")).to_contain_text("Σ = 15,000")
