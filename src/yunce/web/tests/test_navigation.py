"""The menu leaves out what does not exist or is not allowed."""

from __future__ import annotations

from yunce.kit.months import Month
from yunce.web.navigation import address_of, menu

MAY = Month(2025, 5)


def test_a_page_that_does_not_exist_has_no_address() -> None:
    assert address_of("nowhere:page", slug="content", month=MAY) == ""


def test_a_person_without_rights_has_no_menu() -> None:
    assert menu(slug="content", month=MAY, may=lambda _capability: False, current="") == ()
