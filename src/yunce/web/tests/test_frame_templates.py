"""The error pages: each says what to do, none needs a team."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_has_one_heading_and_a_way_on(name: str) -> None:
    page = render_to_string(name)
    assert page.count("<h1>") == 1
    assert 'lang="zh-CN"' in page
    assert 'href="/"' in page


def test_a_refusal_shows_whom_to_ask(rf: RequestFactory) -> None:
    page = render_to_string("403.html", {"exception": "请找管理员「欧管理」调整权限。"})
    assert "请找管理员「欧管理」调整权限。" in page
