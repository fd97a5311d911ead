"""Sharing a plan in a real browser: made by the owner, read by a guest, ended again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.test_accessibility import serious_findings
from yunce.ground.teams.models import Team, User

PAGE = "/t/demo/2025-05/plan/addresses/"

Shoot = Callable[[Page, str], Path]

pytestmark = pytest.mark.browser


def new_link(page: Page) -> str:
    page.get_by_label("给谁看").fill("设计部")
    page.get_by_role("group", name="给对方看哪几列").get_by_label("目标一览").check()
    page.get_by_role("button", name="新建只读链接").click()
    return page.get_by_label("只读链接", exact=True).input_value()


@pytest.mark.parametrize(
    ("look", "theme", "size"),
    [("light", "light", DESKTOP), ("dark", "dark", DESKTOP), ("phone", "light", PHONE)],
)
def test_a_guest_reads_what_was_shared_until_it_is_ended(
    visit: Visit, shoot: Shoot, demo: Team, look: str, theme: str, size: dict[str, int]
) -> None:
    page = visit(User.objects.get(username="owner"), PAGE, theme=theme, size=size)
    link = new_link(page)
    shoot(page, f"addresses-made-{look}")
    assert serious_findings(page) == []
    guest = visit(None, urlsplit(link).path, theme=theme, size=size)
    shoot(guest, f"shared-{look}")
    assert serious_findings(guest) == []
    assert guest.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    text = guest.locator("main").inner_text()
    assert "3 场视频直播" in text
    assert "转链须授权" not in text  # a note: not among the columns
    page.locator("summary[aria-label='停用给「设计部」的链接？']").click()
    page.get_by_role("button", name="停用", exact=True).last.click()
    page.wait_for_load_state("networkidle")
    guest.reload()
    assert "链接已失效" in guest.locator("main").inner_text()
    shoot(guest, f"link-gone-{look}")
