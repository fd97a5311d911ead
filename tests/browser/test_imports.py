"""Bringing numbers in with a mouse, a keyboard and a clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.test_accessibility import serious_findings
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch
from yunce.ground.facts.queries import account_values
from yunce.ground.imports.actions import receive
from yunce.ground.imports.models import Upload
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAILY = "日期,净增粉丝\\n2025-05-01,12\\n2025-05-02,15\\n"
FLAWED = "日期,净增粉丝\n2025-05-01,12\n2025-05-02,很多\n2025-05-03,5\n2025-05-03,6\n"
OWN = "周会数据,,\n统计日,新粉,打开率\n2025-05-01,12,12%\n2025-05-02,15,13.5%\n"
MAY = Month(2025, 5)

DROP_A_FILE = """(text) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], "净增粉丝.csv"));
  const how = { dataTransfer: carried, bubbles: true, cancelable: true };
  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", how));
}"""
PASTE = """(text) => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  const how = { clipboardData: carried, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture
def douyin(transactional_db: None, team: Team) -> Account:
    return Account.objects.create(team=team, platform="douyin", name="运策抖音")


def drop(member: Member, text: str, name: str) -> Upload:
    access = Access(team=member.team, member=member, user=member.user)
    return receive(access=access, file=text.encode(), name=name)


def values(account: Account, metric: str) -> dict[int, float]:
    stored = account_values(account, [metric], start=MAY.first, end=MAY.last)
    return {day.day: row.value for (_metric, day), row in stored.items()}


def test_a_file_picked_before_the_script_is_there_is_sent(
    visit: Visit, douyin: Account, bob: Member, tmp_path: Path
) -> None:
    file = tmp_path / "净增粉丝.csv"
    file.write_text(DAILY.replace("\\n", "\n"))
    page = visit(bob.user, "/t/content/imports/")

    def slowly(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/dropzone*.js", slowly)
    page.reload(wait_until="commit")
    page.locator("#files").set_input_files(file)
    expect(page.get_by_role("button", name="上传")).to_be_visible()  # the script is not there yet
    expect(page.get_by_role("heading", level=1)).to_contain_text("抖音")


def test_a_dropped_file_is_looked_at_brought_in_and_undone(
    visit: Visit, complaints: list[str], douyin: Account, bob: Member
) -> None:
    page = visit(bob.user, "/t/content/imports/")
    page.evaluate(DROP_A_FILE, DAILY.replace("\\n", "\n"))
    expect(page.locator("h1")).to_contain_text("认出来了：抖音")
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator("h1")).to_contain_text("已导入：新增 2 个数")
    assert values(douyin, "net_followers_reported") == {1: 12, 2: 15}
    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("已撤销「净增粉丝.csv」")
    assert values(douyin, "net_followers_reported") == {}
    assert complaints == []


def test_choosing_what_a_column_is_shows_at_once_what_is_read(
    visit: Visit, complaints: list[str], douyin: Account, bob: Member
) -> None:
    upload = drop(bob, OWN, "周会数据.csv")
    page = visit(bob.user, f"/t/content/imports/{upload.pk}/mapping/")
    page.get_by_label("B 列 新粉 的含义").select_option(label="新增粉丝")
    expect(page.locator("#mapped [role=status]")).to_have_text("2 个数")
    page.get_by_label("C 列 打开率 的含义").select_option(label="封面点击率")
    expect(page.locator("#mapped")).to_contain_text("13.5%")
    page.get_by_role("button", name="就这样读").click()
    expect(page.locator("h1")).to_have_text("按团队教过的列读取")
    assert complaints == []


def test_the_grid_is_moved_in_pasted_into_and_saved(
    visit: Visit, complaints: list[str], douyin: Account, bob: Member
) -> None:
    page = visit(bob.user, "/t/content/2025-05/grid/?metrics=new_followers,reads")
    page.get_by_label("5/1 新增粉丝").click()
    page.keyboard.type("120")
    page.keyboard.press("Enter")
    expect(page.get_by_label("5/2 新增粉丝")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("5/2 阅读（播放）量")).to_be_focused()
    page.keyboard.type("1.2万")
    page.keyboard.press("ArrowDown")
    page.evaluate(PASTE, "3000\n4,000\n")
    page.get_by_label("5/5 新增粉丝").focus()
    page.evaluate(PASTE, "5\t500\n6\t600")
    expect(page.locator("[data-says]")).to_contain_text("已粘贴 4 格，还没有保存")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#toasts")).to_contain_text("已保存 8 个数。")
    assert values(douyin, "new_followers") == {1: 120, 5: 5, 6: 6}
    assert values(douyin, "reads") == {2: 12000, 3: 3000, 4: 4000, 5: 500, 6: 600}
    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("已撤销「手工填数」")
    assert values(douyin, "reads") == {}
    assert complaints == []


def test_in_a_quarrel_one_takes_theirs(
    visit: Visit, douyin: Account, bob: Member, alice: Member
) -> None:
    address = "/t/content/2025-05/grid/?metrics=reads"
    hers, his = visit(alice.user, address), visit(bob.user, address)
    hers.get_by_label("5/1 阅读（播放）量").fill("120")
    hers.get_by_role("button", name="保存").click()
    expect(hers.locator("#toasts")).to_contain_text("已保存 1 个数。")
    his.get_by_label("5/1 阅读（播放）量").fill("130")
    his.get_by_role("button", name="保存").click()
    expect(his.locator(".field-error")).to_contain_text("已改成 120，你填的是 130")
    assert values(douyin, "reads") == {1: 120}
    his.get_by_role("button", name="用对方的").click()
    his.get_by_role("button", name="保存").click()
    expect(his.locator("#toasts")).to_contain_text("没有改动。")
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("theme", "size"), [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE)]
)
def test_preview_mapper_and_a_wrong_grid_have_no_serious_finding(
    visit: Visit,
    shoot: Callable[[Page, str], Path],
    douyin: Account,
    bob: Member,
    theme: str,
    size: dict[str, int],
) -> None:
    flawed, own = drop(bob, FLAWED, "净增粉丝.csv"), drop(bob, OWN, "周会数据.csv")
    page = visit(bob.user, f"/t/content/imports/{flawed.pk}/", theme=theme, size=size)
    name = f"{theme}-{size['width']}"
    shoot(page, f"preview-{name}")
    findings = {"preview": serious_findings(page)}
    base = page.url.partition("/imports/")[0]
    page.goto(f"{base}/imports/{own.pk}/mapping/")
    shoot(page, f"mapper-{name}")
    findings["mapper"] = serious_findings(page)
    page.goto(f"{base}/2025-05/grid/?metrics=reads")
    page.get_by_label("5/1 阅读（播放）量").fill("很多")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("h1")).to_contain_text("1 个格子要再看一下")
    shoot(page, f"grid-wrong-{name}")
    findings["grid"] = serious_findings(page)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert findings == {"preview": [], "mapper": [], "grid": []}
    assert wide <= 0
