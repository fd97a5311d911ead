"""The toast that comes with a fragment."""

from __future__ import annotations

from django.test import RequestFactory

from yunce.web.toasts import toast


def test_a_toast_goes_to_the_toasts_out_of_band(rf: RequestFactory) -> None:
    html = toast(rf.get("/"), "已保存")
    assert 'hx-swap-oob="beforeend:#toasts"' in html
    assert "已保存" in html
    assert "data-undo" not in html


def test_a_toast_posts_its_fields_to_undo(rf: RequestFactory) -> None:
    html = toast(rf.get("/"), "已删除", undo_url="/undo/", undo_fields={"task": 7})
    assert 'hx-post="/undo/"' in html
    assert '<input type="hidden" name="task" value="7">' in html
    assert "csrfmiddlewaretoken" in html


def test_a_toasts_words_are_escaped(rf: RequestFactory) -> None:
    assert "<script>" not in toast(rf.get("/"), "<script>alert(1)</script>")
