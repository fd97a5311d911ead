"""The typed grid under a keyboard: moving, filling down, pasting, undoing, emptying."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visit
from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Team, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([cell, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = {clipboardData: data, bubbles: true, cancelable: true};
  cell.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def address(team: Team) -> str:
    account = Account.objects.create(team=team, platform="weibo", name="空白账号")
    return f"/t/demo/2025-05/grid/?account={account.pk}&metrics=reads,likes"


@pytest.fixture
def grid(demo: Team, visit: Visit) -> Page:
    return visit(User.objects.get(username="owner"), address(demo))


def cell(page: Page, metric: str, day: int) -> Locator:
    return page.locator(f'[name="v.{metric}.2025-05-{day:02d}"]')


def paste(page: Page, metric: str, day: int, text: str) -> None:
    cell(page, metric, day).click()
    page.evaluate(PASTE, [cell(page, metric, day).element_handle(), text])


def test_keys_move_and_ctrl_d_fills_a_picked_block_down(grid: Page) -> None:
    cell(grid, "reads", 1).click()
    grid.keyboard.type("100")
    grid.keyboard.press("Tab")
    grid.keyboard.type("7")
    cell(grid, "reads", 1).focus()
    for key in ("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight"):
        grid.keyboard.press(key)
    expect(grid.locator(".is-picked")).to_have_count(6)
    grid.keyboard.press("Control+d")
    expect(cell(grid, "reads", 3)).to_have_value("100")
    expect(cell(grid, "likes", 2)).to_have_value("7")
    expect(grid.locator("[data-says]")).to_contain_text("已向下填充 4 格")
    grid.keyboard.press("Control+z")
    expect(cell(grid, "reads", 3)).to_have_value("")
    expect(cell(grid, "reads", 1)).to_have_value("100")
    grid.keyboard.press("Control+y")
    expect(cell(grid, "likes", 3)).to_have_value("7")


def test_a_block_fits_whole_or_is_refused_in_a_sentence(grid: Page) -> None:
    paste(grid, "reads", 1, "1.2万\t5\n3,456\t６")
    expect(cell(grid, "likes", 2)).to_have_value("６")
    paste(grid, "reads", 31, "1\t2\n3\t4")
    expect(grid.locator("[data-says]")).to_contain_text("只放得下 1 行 × 2 列")
    expect(cell(grid, "reads", 31)).to_have_value("")
    paste(grid, "reads", 5, "1\t2\n3")
    expect(grid.locator("[data-says]")).to_contain_text("第 2 行有 1 格")
    whole = "\n".join(f"{n}\t{n}" for n in range(1, 32))
    paste(grid, "reads", 1, whole)  # taller than the window
    expect(cell(grid, "likes", 31)).to_have_value("31")
    grid.keyboard.press("Control+z")
    grid.keyboard.press("Control+z")
    expect(cell(grid, "reads", 1)).to_have_value("")


def test_what_was_typed_is_saved_told_and_emptied_again(grid: Page) -> None:
    cell(grid, "reads", 1).fill("1.2万")
    grid.get_by_role("button", name="保存").click()
    expect(cell(grid, "reads", 1)).to_have_value("12,000")
    cell(grid, "reads", 1).focus()
    expect(grid.locator("[data-says]")).to_contain_text("12,000（管理员 ")
    cell(grid, "reads", 1).fill("")
    grid.get_by_role("button", name="保存").click()
    expect(cell(grid, "reads", 1)).to_have_value("")
    expect(grid.get_by_role("heading", level=1)).to_contain_text("还没有数")


def test_the_grid_fits_a_phone(
    demo: Team, visit: Visit, shoot: Callable[[Page, str], Path], complaints: list[str]
) -> None:
    page = visit(User.objects.get(username="owner"), address(demo), size=PHONE)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    shoot(page, "grid-phone")
    assert complaints == []
