"""A stencil says what its template would say, with every value escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from yunce.web.stencils import Stencil, mark

CELL = '<td id="{{ key }}" title="{{ text }}">100% {% if text %}<b>{{ text }}</b>{% endif %}</td>'


@pytest.fixture(autouse=True)
def _cell_template(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "cell.html").write_text(CELL)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


@pytest.mark.parametrize("text", ["图文 20 篇", "5 < 6 & '7'", "100%d %(key)s", "{{ key }}"])
def test_filling_is_rendering(text: str) -> None:
    stencil = Stencil("cell.html", {"key": f"task-{mark('number')}", "text": mark("text")})
    rendered = render_to_string("cell.html", {"key": "task-7", "text": text})
    assert stencil.fill({"number": "7", "text": text}) == rendered


def test_what_is_html_already_stays() -> None:
    stencil = Stencil("cell.html", {"key": "one", "text": mark("text")})
    assert "<b><i>斜</i></b>" in stencil.fill({"text": SafeString("<i>斜</i>")})


def test_only_the_marks_that_stand_are_asked_for() -> None:
    stencil = Stencil("cell.html", {"key": "one", "text": ""})
    assert stencil.names == frozenset()
    assert stencil.fill({}) == '<td id="one" title="">100% </td>'
