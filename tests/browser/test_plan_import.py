"""An existing plan table through the browser: chosen, looked at, taken in, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_accessibility import serious_findings
from yunce.config.cli.tests.test_check import MAY
from yunce.engines.plantables.tests.tables import word
from yunce.ground.teams.models import Team, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Shoot = Callable[[Page, str], Path]
PLAN = "/t/demo/2025-07/plan/"


def test_a_file_becomes_a_plan_and_goes_again(
    demo: Team, visit: Visit, shoot: Shoot, tmp_path: Path
) -> None:
    file = tmp_path / "计划.docx"
    file.write_bytes(word(MAY))
    page = visit(User.objects.get(username="owner"), PLAN)
    shoot(page, "plan-offers")
    page.get_by_role("link", name="导入计划表").click()
    page.get_by_label("计划表（.docx 或 .xlsx）").set_input_files(file)
    page.get_by_role("button", name="看看读到了什么").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("读到 6 个目标")
    shoot(page, "plan-take-in")
    assert serious_findings(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    shoot(page, "plan-take-in-phone")
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert over <= 0
    page.emulate_media(color_scheme="dark")
    shoot(page, "plan-take-in-dark")
    assert serious_findings(page) == []
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("已导入")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("还没有计划")).to_be_visible()
