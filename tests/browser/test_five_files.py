"""Five different files dropped at once: seen through, brought in, found again, one taken back."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.test_accessibility import serious_findings
from yunce.engines import platforms
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import answer
from yunce.ground.imports.models import Upload
from yunce.ground.imports.tests.files import csv, note, notes
from yunce.ground.teams.models import Member, Team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLES = Path(platforms.__file__).parent / "samples"
LIST = "/t/content/imports/"
DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name));
  }
  const how = { dataTransfer: carried, bubbles: true, cancelable: true };
  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", how));
}"""
OWN = csv("统计日,新粉,打开率", "2025-05-01,12,12%", "2025-05-02,15,13.5%")
FLAWED = csv("日期,净增粉丝", "2025-05-01,12", "2025-05-02,很多", "2025-05-03,5", "2025-05-03,6")


def drop(page: Page, files: dict[str, bytes]) -> None:
    page.evaluate(DROP, [[n, base64.b64encode(data).decode()] for n, data in files.items()])


def five_files() -> dict[str, bytes]:
    return {
        "笔记列表明细表.xlsx": notes(note("一", 3, views=1000), note("二", 4, views=500)),
        "作品列表导出.xlsx": (SAMPLES / "douyin" / "作品列表导出.xlsx").read_bytes(),
        "净增粉丝.csv": FLAWED,
        "周会数据.csv": OWN,
        "截图.png.xlsx": b"\x89PNG\r\n",
    }


@pytest.fixture
def accounts(transactional_db: None, team: Team, bob: Member) -> dict[str, Account]:
    names = {"xiaohongshu": "运策小红书", "douyin": "运策抖音"}
    return {
        platform: Account.objects.create(team=team, platform=platform, name=name, owner=bob)
        for platform, name in names.items()
    }


def test_five_files_at_once(
    visit: Visit,
    complaints: list[str],
    shoot: Callable[[Page, str], Path],
    team: Team,
    bob: Member,
    accounts: dict[str, Account],
) -> None:
    page = visit(bob.user, LIST)
    drop(page, five_files())
    expect(page.locator(".sending .is-good")).to_have_count(4)
    expect(page.locator(".sending .is-bad")).to_contain_text("它是一张图片")
    expect(page.locator("#waiting tbody tr")).to_have_count(4)
    expect(page.locator("#waiting")).to_contain_text("要指定列")
    shoot(page, "five-dropped")
    page.get_by_role("button", name="一起导入").click()
    expect(page.locator("h1")).to_contain_text("已导入")
    shoot(page, "five-results")
    page.get_by_role("link", name="数据覆盖").first.click()
    expect(page.locator("h1")).to_be_visible()
    asked = answer(team, ["post_views"], start=date(2025, 5, 1), end=date(2025, 5, 31))
    assert asked.value("post_views") == 1500
    page.goto(page.url.partition("/t/")[0] + "/t/content/2025-05/")
    expect(page.locator("main")).to_be_visible()
    page.goto(page.url.partition("/t/")[0] + LIST)
    batch = Batch.objects.get(platform="xiaohongshu")
    page.locator(f"#batch-{batch.pk}").get_by_role("button", name="撤销").click()
    expect(page.locator("#toasts")).to_contain_text("已撤销")
    asked = answer(team, ["post_views"], start=date(2025, 5, 1), end=date(2025, 5, 31))
    assert asked.value("post_views") is None
    assert Upload.objects.filter(batch=None).count() == 2
    assert complaints == []


def test_a_conflict_is_decided_with_a_click(
    visit: Visit,
    complaints: list[str],
    shoot: Callable[[Page, str], Path],
    bob: Member,
    accounts: dict[str, Account],
) -> None:
    page = visit(bob.user, LIST)
    drop(page, {"净增粉丝.csv": FLAWED})
    expect(page.locator("h1")).to_contain_text("认出来了：抖音")
    shoot(page, "conflict")
    page.get_by_role("radio", name="6 第 5 行").check()
    expect(page.locator("#disputes-h + .end")).to_contain_text("还有 0 处")
    page.get_by_role("button", name="只导入其余 2 个数").click()
    expect(page.locator("h1")).to_contain_text("新增 2 个数")
    assert complaints == []


def test_a_meaning_is_dragged_onto_a_column(
    visit: Visit,
    complaints: list[str],
    shoot: Callable[[Page, str], Path],
    bob: Member,
    accounts: dict[str, Account],
) -> None:
    page = visit(bob.user, LIST)
    drop(page, {"周会数据.csv": OWN})
    expect(page.locator("h1")).to_contain_text("还不认识")
    page.get_by_role("link", name="指定列").first.click()
    chip = page.locator("[data-palette] [data-value='metric:new_followers']")
    chip.drag_to(page.locator("table.mapper tbody tr").nth(1))
    expect(page.get_by_label("B 列 新粉 的含义")).to_have_value("metric:new_followers")
    expect(page.locator("#mapped [role=status]")).to_contain_text("2 个数")
    shoot(page, "mapper")
    page.get_by_role("button", name="就这样读").click()
    expect(page.locator("h1")).to_have_text("按团队教过的列读取")
    page.goto(page.url.partition("/t/")[0] + f"{LIST}mappings/")
    shoot(page, "mappings")
    assert page.get_by_label("周会数据 的名称").input_value() == "周会数据"
    assert complaints == []


@pytest.mark.parametrize(("theme", "size"), [("dark", DESKTOP), ("light", PHONE)])
def test_full_pages_have_no_serious_finding(
    visit: Visit,
    shoot: Callable[[Page, str], Path],
    bob: Member,
    accounts: dict[str, Account],
    theme: str,
    size: dict[str, int],
) -> None:
    page = visit(bob.user, LIST, theme=theme, size=size)
    name, found = f"{theme}-{size['width']}", {}
    drop(page, five_files())
    expect(page.locator("#waiting tbody tr")).to_have_count(4)
    shoot(page, f"waiting-{name}")
    found["waiting"] = serious_findings(page)
    flawed = Upload.objects.get(name="净增粉丝.csv")
    base = page.url.partition("/t/")[0]
    page.goto(f"{base}{LIST}{flawed.pk}/")
    shoot(page, f"disputes-{name}")
    found["preview"] = serious_findings(page)
    page.goto(f"{base}{LIST}{flawed.pk}/problems/")
    found["problems"] = serious_findings(page)
    page.goto(f"{base}{LIST}")
    page.get_by_role("button", name="一起导入").click()
    expect(page.locator("h1")).to_contain_text("已导入")
    shoot(page, f"results-{name}")
    found["results"] = serious_findings(page)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert found == {"waiting": [], "preview": [], "problems": [], "results": []}
    assert wide <= 0
