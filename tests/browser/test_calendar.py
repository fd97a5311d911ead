"""The month's days and hours on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from yunce.ground.teams.models import Team, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def owner() -> User:
    return User.objects.get(username="owner")


def test_all_seven_days_fit_on_a_phone(demo: Team, visit: Visit) -> None:
    page = visit(owner(), "/t/demo/2025-05/calendar/", size=PHONE)
    wall = page.locator(".scroll-x:has(.cal)")
    assert wall.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_many_hours_are_written_in_thousands(demo: Team, visit: Visit) -> None:
    """Eight people, 19 days of eight hours."""
    page = visit(owner(), "/t/demo/2025-05/tasks/workload/", size=PHONE)
    expect(page.get_by_role("heading", name="5 月已排 406 / 可用 1,216 小时")).to_be_visible()


def test_names_stay_while_the_weeks_are_pushed_aside(demo: Team, visit: Visit) -> None:
    page = visit(owner(), "/t/demo/2025-05/tasks/workload/", size=PHONE)
    page.locator(".scroll-x:has(.wl)").evaluate("each => { each.scrollLeft = 200 }")
    name = page.locator(".wl tbody th").first.bounding_box()
    assert name is not None and name["x"] >= 0
