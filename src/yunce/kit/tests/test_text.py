from __future__ import annotations

from yunce.kit.text import comparable, tidy


def test_invisible_characters_and_spaces_go() -> None:
    assert tidy(" 笔记\u200b标题\u00a0 二\u3000 ") == "笔记标题 二"


def test_widths_and_case_compare_equal() -> None:
    assert comparable("封面点击率（%）ＡＢ") == comparable("封面点击率(%)ab")
