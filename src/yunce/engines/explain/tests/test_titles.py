"""What titles are like, by signs that can be pointed at."""

from __future__ import annotations

import pytest

from yunce.engines.explain import TRAITS, title_traits


@pytest.mark.parametrize(
    ("title", "trait", "value"),
    [
        ("三款防晒衣晒足八小时", "number", "yes"),
        ("618 预售规则变了哪几处", "number", "yes"),
        ("一起出发吧", "number", "no"),  # 一 without anything counted is no number
        ("空气炸锅清洗难不难", "question", "yes"),
        ("面料标签怎么看", "question", "yes"),
        ("厨房抽屉这样分", "question", "no"),
        ("办公室午睡神器对比", "moving", "yes"),
        ("冰箱收纳前后对比", "moving", "no"),
        ("必买！", "exclamation", "yes"),
        ("给你的第一套厨具", "reader", "yes"),
        ("【干货】面料", "brackets", "yes"),
        ("【干货", "brackets", "no"),
        ("12345 67890", "length", "1–10"),
        ("一" * 11, "length", "11–20"),
        ("一" * 31, "length", "31+"),
    ],
)
def test_a_trait_is_read_off_the_title(title: str, trait: str, value: str) -> None:
    assert title_traits(title)[trait] == value


@pytest.mark.parametrize("title", ["", "   ", "#话题 #另一个"])
def test_nothing_is_said_of_what_has_no_title(title: str) -> None:
    assert title_traits(title) == {}


def test_every_trait_is_told() -> None:
    assert tuple(title_traits("一个标题")) == TRAITS
