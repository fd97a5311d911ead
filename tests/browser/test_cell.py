"""islands/cell.js and islands/toast.js against a server that keeps their contract."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VALUES = {"a": "甲", "b": "乙", "c": "丙", "d": "丁"}
SHEET = """<!doctype html><title>cells</title>
<meta name="htmx-config" content='{"allowEval":false,"defaultSettleDelay":0,"responseHandling":[
 {"code":"[23]..","swap":true},{"code":"409|422","swap":true},{"code":"...","swap":false,"error":true}]}'>
<table data-island="cell" data-saved="已保存"><tr>%s%s</tr><tr>%s%s</tr></table>
<div id="toasts" data-island="toast" role="status" data-failed="没有保存" data-offline="断网"></div>
<script src="/static/vendor/htmx.min.js" defer></script>
<script src="/static/islands/toast.js" defer></script>
<script src="/static/islands/cell.js" defer></script>"""
TOAST = """<div hx-swap-oob="beforeend:#toasts"><div class="toast-y" data-toast>保存了
<form hx-post="/sheet/undo" hx-swap="none" data-undo><button>撤销</button></form></div></div>"""


def cell(name: str, value: str, *, opened: bool = False, problem: str = "") -> str:
    form = (
        f'<form hx-post="/sheet/save/{name}" hx-target="closest td" hx-swap="outerHTML">'
        f'<input name="value" value="{value}" aria-label="{name}">'
        + (f'<span class="field-error">{problem}</span>' if problem else "")
        + "</form>"
    )
    inside = form if opened else value
    address = f'data-edit-url="/sheet/edit/{name}"'
    return f'<td id="{name}" tabindex="0" data-cell {address}>{inside}</td>'


@pytest.fixture
def saved() -> list[str]:
    """What was posted, in order."""
    return []


@pytest.fixture
def sheet(visit: Visit, saved: list[str]) -> Page:
    page = visit(None, "/healthz")
    values = dict(VALUES)

    def save(route: Route, name: str) -> None:
        value = parse_qs(route.request.post_data or "")["value"][0]
        saved.append(value)
        if value == "bad":
            body = cell(name, value, opened=True, problem="不对")
            route.fulfill(status=422, content_type="text/html; charset=utf-8", body=body)
        elif value == "broken":
            route.fulfill(status=500, body="")
        else:
            values[name] = value
            body = cell(name, value) + TOAST
            route.fulfill(content_type="text/html; charset=utf-8", body=body)

    def answer(route: Route) -> None:
        step, _slash, name = route.request.url.partition("/sheet/")[2].partition("/")
        if step == "save":
            save(route, name)
        elif step == "undo":
            saved.append("undone")
            route.fulfill(status=204)
        elif step == "edit":
            body = cell(name, values[name], opened=True)
            route.fulfill(content_type="text/html; charset=utf-8", body=body)
        else:
            body = SHEET % tuple(cell(name, value) for name, value in values.items())
            route.fulfill(content_type="text/html; charset=utf-8", body=body)

    page.route("**/sheet/**", answer)
    page.goto(page.url.replace("/healthz", "/sheet/"))
    page.locator("#a").focus()
    return page


@pytest.fixture
def field(sheet: Page) -> Callable[[str], Locator]:
    return lambda name: sheet.locator(f"#{name} input")


def test_arrows_move_between_cells(sheet: Page) -> None:
    for key, reached in (("Right", "b"), ("Down", "d"), ("Left", "c"), ("Up", "a")):
        sheet.keyboard.press(f"Arrow{key}")
        expect(sheet.locator(f"#{reached}")).to_be_focused()


def test_enter_opens_and_escape_restores(sheet: Page, field: Callable[[str], Locator]) -> None:
    sheet.keyboard.press("Enter")
    field("a").fill("别的")
    sheet.keyboard.press("Escape")
    expect(sheet.locator("#a")).to_be_focused()
    expect(sheet.locator("#a")).to_have_text("甲")


def test_enter_saves_and_says_so(
    sheet: Page, field: Callable[[str], Locator], saved: list[str]
) -> None:
    sheet.keyboard.press("Enter")
    field("a").fill("一")
    sheet.keyboard.press("Enter")
    expect(sheet.locator("#a")).to_have_text("一")
    expect(sheet.locator("#a")).to_be_focused()
    expect(sheet.locator("[data-cell-says]")).to_have_text("已保存")
    assert saved == ["一"]


def test_tab_saves_and_opens_the_next(
    sheet: Page, field: Callable[[str], Locator], saved: list[str]
) -> None:
    sheet.keyboard.press("Enter")
    field("a").fill("一")
    sheet.keyboard.press("Tab")
    expect(field("b")).to_be_focused()
    assert saved == ["一"]


def test_an_unchanged_cell_is_not_saved(
    sheet: Page, field: Callable[[str], Locator], saved: list[str]
) -> None:
    sheet.keyboard.press("Enter")
    expect(field("a")).to_be_focused()
    sheet.keyboard.press("Tab")
    expect(field("b")).to_be_focused()
    assert saved == []


def test_a_refused_value_stays_open_with_its_reason(
    sheet: Page, field: Callable[[str], Locator]
) -> None:
    sheet.keyboard.press("Enter")
    field("a").fill("bad")
    sheet.keyboard.press("Enter")
    expect(sheet.locator("#a .field-error")).to_have_text("不对")
    expect(field("a")).to_have_value("bad")
    expect(field("a")).to_be_focused()


def test_a_failed_save_keeps_the_typed_text(
    sheet: Page, field: Callable[[str], Locator], saved: list[str]
) -> None:
    sheet.keyboard.press("Enter")
    field("a").fill("broken")
    sheet.keyboard.press("Enter")
    expect(sheet.locator("#toasts")).to_contain_text("没有保存")
    expect(field("a")).to_have_value("broken")
    field("a").fill("好")
    sheet.keyboard.press("Enter")
    expect(sheet.locator("#a")).to_have_text("好")
    assert saved == ["broken", "好"]


def test_leaving_a_cell_saves_it(
    sheet: Page, field: Callable[[str], Locator], saved: list[str]
) -> None:
    sheet.locator("#d").dblclick()
    field("d").fill("四")
    sheet.mouse.click(700, 500)
    expect(sheet.locator("#d")).to_have_text("四")
    assert saved == ["四"]


def test_z_undoes_but_not_while_typing(
    sheet: Page, field: Callable[[str], Locator], saved: list[str]
) -> None:
    sheet.keyboard.press("Enter")
    field("a").fill("一")
    sheet.keyboard.press("Tab")
    expect(field("b")).to_be_focused()
    sheet.keyboard.type("z")
    assert saved == ["一"]
    sheet.keyboard.press("Escape")
    sheet.keyboard.press("z")
    expect(sheet.locator("[data-toast]")).to_have_count(0)
    assert saved == ["一", "undone"]
