"""The frame's keys, the theme and the toast, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from yunce.ground.teams.models import Team, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONTH = "/t/demo/2025-05/"


@pytest.fixture
def page(demo: Team, visit: Visit, complaints: list[str]) -> Page:
    return visit(User.objects.get(username="owner"), MONTH)


def theme_of(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-bs-theme")


def test_the_theme_goes_light_dark_system_and_is_kept(page: Page) -> None:
    button = page.locator(".top > [data-island=theme]")
    button.click()
    assert theme_of(page) == "light"
    button.click()
    assert theme_of(page) == "dark"
    page.reload(wait_until="commit")
    assert theme_of(page) == "dark"
    expect(button).to_have_accessible_name("外观：深色")


def test_alt_and_arrows_change_the_month_and_keep_the_page(page: Page) -> None:
    page.keyboard.press("Alt+ArrowLeft")
    page.wait_for_url("**/t/demo/2025-04/")
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_url("**/t/demo/2025-05/")


def test_g_and_m_go_to_the_month(page: Page) -> None:
    page.goto(page.url.replace("2025-05/", "people/"))
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/t/demo/2025-05/")


def test_the_menu_closes_on_escape_and_gives_focus_back(page: Page) -> None:
    page.locator("details.menu > summary").press("Enter")
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="退出")).to_be_hidden()
    expect(page.locator("details.menu > summary")).to_be_focused()


def test_the_skip_link_leads_into_the_page(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_chart_is_drawn_without_a_complaint(page: Page, complaints: list[str]) -> None:
    expect(page.locator("[data-island=chart] svg")).to_be_visible()
    page.locator("summary", has_text="看数据表").click()
    expect(page.get_by_role("cell", name="15,000").first).to_be_visible()
    assert complaints == []


def test_the_icon_rail_names_its_icons(demo: Team, visit: Visit) -> None:
    owner = User.objects.get(username="owner")
    page = visit(owner, MONTH, size={"width": 1366, "height": 768})
    link = page.locator(".side").get_by_role("link", name="本月")
    link.focus()
    expect(link.locator(".lbl")).to_have_css("opacity", "1")


def test_a_phone_has_a_tab_bar_instead_of_the_sidebar(demo: Team, visit: Visit) -> None:
    page = visit(User.objects.get(username="owner"), MONTH, size=PHONE)
    expect(page.locator(".side")).to_be_hidden()
    expect(page.get_by_role("navigation", name="底部导航")).to_be_visible()
    expect(page.locator(".gcards")).to_be_visible()
