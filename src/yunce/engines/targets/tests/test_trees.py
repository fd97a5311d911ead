"""The worked examples of DOMAIN §3, and what must not add up silently."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yunce.engines.targets import (
    Fit,
    Node,
    NodeKind,
    TargetTreeError,
    leaf,
    needed,
    product,
    ratio,
    reconcile,
    resplit,
    total,
    value_of,
)


def times(key: str, many: int, name: str, each: int | None) -> Node:
    return product(key, name, leaf(f"{key}-n", "次数", many), leaf(f"{key}-e", "每次", each))


def test_three_livestreams_and_two_fissions_make_twelve_thousand() -> None:
    tree = total("g", "新增粉丝", times("l", 3, "直播", 3000), times("f", 2, "裂变", 1500))
    found = reconcile(value_of(tree).value, Decimal(12_000))
    assert (found.value, found.gap, found.surplus) == (Decimal(12_000), Decimal(0), Decimal(0))
    assert found.fit is Fit.EXACT


def test_three_hits_and_two_fissions_are_three_thousand_too_many() -> None:
    tree = total("g", "新增粉丝", times("h", 3, "爆款", 3000), times("f", 2, "裂变", 2000))
    found = reconcile(value_of(tree).value, Decimal(10_000))
    assert (found.value, found.surplus) == (Decimal(13_000), Decimal(3_000))
    assert found.fit is Fit.SURPLUS


def test_four_weeks_leave_a_gap_of_one_thousand() -> None:
    week = total("w", "每周", leaf("s", "扫码", 500), leaf("r", "好友推荐", 500))
    tree = product("g", "新增粉丝", leaf("n", "周", 4), week)
    found = reconcile(value_of(tree).value, Decimal(5_000))
    assert (found.value, found.gap) == (Decimal(4_000), Decimal(1_000))
    assert found.fit is Fit.GAP


def test_a_product_tells_the_factor_it_must_have() -> None:
    gmv = product("g", "GMV", leaf("n", "直播", 2), leaf("o", "每场订单"), leaf("p", "客单价", 500))
    valued = value_of(gmv)
    assert (valued.value, valued.missing) == (None, ("o",))
    assert needed(gmv, "o", Decimal(3_000_000)) == 3_000


def test_rates_are_weighed_and_never_added() -> None:
    # 20,000 reads at 10 % and 5,000 at 5 %: (2,000 + 250) ÷ 25,000 = 9 %
    tree = ratio(
        "g",
        "互动率",
        leaf("a", "短视频", Decimal("0.10"), weight=20_000),
        leaf("b", "长图文", Decimal("0.05"), weight=5_000),
    )
    valued = value_of(tree)
    assert valued.value == Decimal("0.09")
    assert [part.numerator for part in valued.parts] == [2_000, 250]


def test_a_rate_without_its_base_is_unknown() -> None:
    tree = ratio(
        "g", "互动率", leaf("a", "短视频", Decimal("0.1")), leaf("b", "图文", None, weight=5)
    )
    assert (value_of(tree).value, value_of(tree).missing) == (None, ("b", "a"))


def test_the_rate_one_form_must_reach_is_solved() -> None:
    tree = ratio(
        "g",
        "互动率",
        leaf("a", "短视频", Decimal("0.10"), weight=20_000),
        leaf("b", "长图文", None, weight=5_000),
    )
    # 8 % of 25,000 = 2,000, all of it from the videos already
    assert needed(tree, "b", Decimal("0.08")) == 0


def test_lifts_in_points_add_to_a_base() -> None:
    tree = total(
        "g",
        "互动率",
        leaf("base", "上月", Decimal("0.10")),
        leaf("like", "点赞率", Decimal("0.03")),
        leaf("reply", "留言回复率", Decimal("0.02")),
    )
    assert value_of(tree).value == Decimal("0.15")


def test_an_unknown_leaf_is_never_taken_for_zero() -> None:
    tree = total("g", "新增粉丝", leaf("a", "直播", 9_000), leaf("b", "裂变"))
    assert value_of(tree).value is None
    assert reconcile(None, Decimal(9_000)).fit is Fit.UNKNOWN


@pytest.mark.parametrize(
    ("tree", "key", "words"),
    [
        (total("g", "目标", leaf("a", "甲", 1)), "z", "没有「z」"),
        (total("g", "目标", total("s", "组", leaf("a", "甲", 1))), "s", "最末级"),
        (total("g", "目标", leaf("a", "甲"), leaf("b", "乙")), "a", "「乙」没有填"),
        (product("g", "目标", leaf("a", "甲"), leaf("b", "乙", 0)), "a", "都不影响"),
        (ratio("g", "率", leaf("a", "甲", 1, weight=0)), "a", "分母"),
    ],
)
def test_a_question_without_answer_is_refused_in_a_sentence(
    tree: Node, key: str, words: str
) -> None:
    with pytest.raises(TargetTreeError, match=words):
        needed(tree, key, Decimal(10))


def test_a_tree_keeps_its_keys_apart_and_its_depth_in_bounds() -> None:
    with pytest.raises(TargetTreeError, match="同一个编号"):
        value_of(total("g", "目标", leaf("a", "甲", 1), leaf("a", "乙", 2)))
    deep = leaf("x", "底", 1)
    for level in range(20):
        deep = total(f"n{level}", "层", deep)
    with pytest.raises(TargetTreeError, match="12 层"):
        value_of(deep)
    with pytest.raises(TargetTreeError, match="有下级"):
        Node("g", "目标", NodeKind.LEAF, Decimal(1), (leaf("a", "甲", 1),))


def test_resplitting_keeps_the_sum() -> None:
    amounts = {"a": Decimal(5_000), "b": Decimal(4_000), "c": Decimal(3_000)}
    # 12,000 − 8,000 = 4,000, shared 4 : 3 → 2,285.7 and 1,714.3
    assert resplit(amounts, "a", Decimal(8_000)) == {"a": 8_000, "b": 2_286, "c": 1_714}


def test_parts_that_were_nothing_share_evenly() -> None:
    amounts = {"a": Decimal(10), "b": Decimal(0), "c": Decimal(0)}
    assert resplit(amounts, "a", Decimal(5)) == {"a": 5, "b": 3, "c": 2}


@pytest.mark.parametrize("amount", [Decimal(-1), Decimal(11)])
def test_a_part_cannot_be_more_than_the_whole(amount: Decimal) -> None:
    with pytest.raises(TargetTreeError, match="合计 10"):
        resplit({"a": Decimal(4), "b": Decimal(6)}, "a", amount)
