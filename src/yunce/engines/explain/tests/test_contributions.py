"""Contributions add up to the change, whatever the numbers are."""

from __future__ import annotations

import random
from math import fsum

import pytest

from yunce.engines.explain import (
    PLAN_NOTE,
    Explanation,
    Kind,
    Ratio,
    Segment,
    Status,
    explain_against_plan,
    explain_product,
    explain_ratio,
    explain_sum,
    ratio_plan,
)
from yunce.engines.explain.ratios import _different, _same

CASES = 20_000
A, B, C = ("抖音",), ("快手",), ("微博",)


def told(explanation: Explanation, kind: Kind) -> dict[Segment, float]:
    return {row.segment: row.value for row in explanation.rows if row.kind is kind}


def assert_exact(found: Explanation) -> None:
    assert found.delta is not None
    scale = max(abs(found.delta), found.movement, 1e-300)
    assert abs(fsum(row.value for row in found.rows) - found.delta) <= 1e-9 * scale


def test_a_sum_is_told_by_its_parts() -> None:
    found = explain_sum({A: 100.0, B: 50.0}, {A: 80.0, C: 30.0})
    assert told(found, Kind.AMOUNT) == {A: -20.0, B: -50.0, C: 30.0}
    assert (found.before, found.after, found.delta) == (150.0, 110.0, -40.0)


def test_what_a_total_says_beyond_its_parts_is_one_row() -> None:
    # 260 − 110 = 150 beyond the parts now, 150 − 150 = 0 before.
    found = explain_sum({A: 100.0, B: 50.0}, {A: 80.0, B: 30.0}, total_after=260.0)
    assert told(found, Kind.UNATTRIBUTED) == {(): 150.0}
    assert found.delta == 110.0


def test_simpson_every_rate_falls_and_the_whole_rises() -> None:
    # A 10 % → 9 %, B 2 % → 1.5 %, but A grows from 100 of 1000 visits to 500 of 1000.
    found = explain_ratio(
        Ratio({A: 10.0, B: 18.0}, {A: 100.0, B: 900.0}),
        Ratio({A: 45.0, B: 7.5}, {A: 500.0, B: 500.0}),
    )
    assert found.delta == pytest.approx(0.0525 - 0.028)
    # rate: ½(.1+.5)(−.01) = −.003; ½(.9+.5)(−.005) = −.0035
    assert told(found, Kind.RATE) == pytest.approx({A: -0.003, B: -0.0035})
    # mix with R̄ = .04025: .4(.095 − .04025) = .0219; −.4(.0175 − .04025) = +.0091
    assert told(found, Kind.MIX) == pytest.approx({A: 0.0219, B: 0.0091})


def test_a_new_segment_is_all_mix_and_a_removed_one_too() -> None:
    found = explain_ratio(Ratio({A: 10.0}, {A: 100.0}), Ratio({B: 10.0}, {B: 50.0}))
    assert told(found, Kind.RATE) == {A: 0.0, B: 0.0}
    # w: A 1 → 0 at .1, B 0 → 1 at .2, R̄ = .15
    assert told(found, Kind.MIX) == pytest.approx({A: 0.05, B: 0.05})


def test_a_numerator_without_a_denominator_is_offbase() -> None:
    found = explain_ratio(
        Ratio({A: 10.0}, {A: 100.0}), Ratio({A: 10.0, B: 5.0}, {A: 100.0, B: 0.0})
    )
    assert told(found, Kind.OFFBASE) == pytest.approx({B: 0.05})


def test_without_a_denominator_only_the_numerator_is_told() -> None:
    found = explain_ratio(Ratio({A: 10.0}, {A: 0.0}), Ratio({A: 30.0}, {A: 100.0}))
    assert (found.status, found.of_numerator, found.delta) == (Status.WEAK, True, 20.0)
    assert "分母是 0" in found.reason


def test_different_things_are_split_into_numerator_and_denominator() -> None:
    likes, shares, followers = ("点赞",), ("分享",), ("粉丝",)
    found = explain_ratio(
        Ratio({likes: 60.0, shares: 40.0}, {followers: 1000.0}),
        Ratio({likes: 90.0, shares: 40.0}, {followers: 2000.0}),
        grain="different",
    )
    # .1 → .065: 30 × ½(1/1000 + 1/2000) = .0225; −1000 × ½(100+130)/2e6 = −.0575
    assert told(found, Kind.NUM) == pytest.approx({likes: 0.0225, shares: 0.0})
    assert told(found, Kind.DEN) == pytest.approx({followers: -0.0575})


def test_two_factors_share_what_they_did_together() -> None:
    found = explain_product({"阅读": 100.0, "转化率": 0.1}, {"阅读": 200.0, "转化率": 0.2})
    # 10 → 40: reads 100 × .15 = 15, rate .1 × 150 = 15
    assert told(found, Kind.AMOUNT) == pytest.approx({("阅读",): 15.0, ("转化率",): 15.0})


def test_a_product_of_too_many_factors_is_refused() -> None:
    factors = {str(number): 1.0 for number in range(7)}
    assert "6 个" in explain_product(factors, factors).reason


def test_a_plan_of_one_number_is_shared_out_as_last_month() -> None:
    found = explain_against_plan(200.0, {A: 30.0, B: 10.0}, {A: 120.0, B: 70.0})
    # planned 150 and 50
    assert told(found, Kind.AMOUNT) == {A: -30.0, B: 20.0}
    assert (found.delta, found.note) == (-10.0, PLAN_NOTE)


def test_a_plan_without_a_month_before_is_refused() -> None:
    found = explain_against_plan(200.0, {}, {A: 120.0})
    assert found.status is Status.INSUFFICIENT
    assert (found.before, found.after) == (200.0, 120.0)


def test_a_planned_ratio_keeps_last_months_structure() -> None:
    planned = ratio_plan(0.2, Ratio({A: 10.0}, {A: 100.0}))
    assert planned is not None
    assert planned.num == pytest.approx({A: 20.0})
    assert explain_ratio(planned, Ratio({A: 15.0}, {A: 100.0})).delta == pytest.approx(-0.05)


def test_a_number_that_is_none_is_a_sentence() -> None:
    found = explain_sum({A: float("nan")}, {A: 1.0})
    assert found.reason == "「抖音」没有可用的数值（不是数，或大得离谱），无法拆解。"
    assert explain_sum({A: 1e308, B: 1e308}, {A: -1e308}).status is Status.INSUFFICIENT


def test_small_moves_are_marked_as_ordinary() -> None:
    found = explain_sum({A: 100.0, B: 100.0, C: 5.0}, {A: 110.0, B: 60.0, C: 5.0})
    gated = found.gated({A: 10.0, B: 20.0})  # 10 < 12.8, 40 > 25.6
    assert [row.is_noise for row in gated.rows] == [True, False, None]


def test_a_denominator_next_to_nothing_is_refused_not_an_exception() -> None:
    found = explain_ratio(Ratio({A: 1e50, B: -1.0}, {A: 1e-320}), Ratio({A: 1.0}, {A: 1.0}))
    assert "太接近 0" in found.reason


def _amounts(luck: random.Random, segments: list[Segment]) -> dict[Segment, float]:
    def one() -> float:
        if luck.random() < 0.2:
            return 0.0
        size = 10 ** luck.uniform(-3, 6)
        return -size if luck.random() < 0.1 else size

    return {segment: one() for segment in segments if luck.random() < 0.85}


def _case(luck: random.Random) -> tuple[dict[Segment, float], ...]:
    segments: list[Segment] = [(f"p{at % 3}", f"a{at}") for at in range(luck.randint(1, 6))]
    return tuple(_amounts(luck, segments) for _part in range(4))


def test_every_explanation_adds_up_and_turns_with_time() -> None:
    luck = random.Random(6)  # noqa: S311
    for _case_number in range(CASES // 5):  # five explanations each
        n0, d0, n1, d1 = _case(luck)
        total = luck.choice([None, luck.uniform(-1e6, 1e6)])
        summed = explain_sum(n0, n1, total_after=total, dims=("platform", "account"))
        assert_exact(summed)
        assert_exact(summed.by("platform"))
        before, after = Ratio(n0, d0), Ratio(n1, d1)
        for grain in ("same", "different"):
            found = explain_ratio(before, after, grain=grain, dims=("platform", "account"))
            back = explain_ratio(after, before, grain=grain)
            assert_exact(found)
            assert_exact(found.by("platform"))
            if found.delta and not found.of_numerator:
                turned = back.segments()
                for segment, value in found.segments().items():
                    assert abs(value + turned[segment]) <= 1e-9 * found.movement


def test_what_rounding_leaves_over_is_small_before_it_is_settled() -> None:
    luck = random.Random(7)  # noqa: S311
    for _case_number in range(CASES // 10):
        n0, d0, n1, d1 = _case(luck)
        before, after = Ratio(n0, d0), Ratio(n1, d1)
        (num0, den0), (num1, den1) = before.whole, after.whole
        if not den0 or not den1:
            continue
        for rows in (_same(before, after), _different(before, after)):
            values = [row.value for row in rows]
            rest = num1 / den1 - num0 / den0 - fsum(values)
            assert abs(rest) <= 1e-9 * max(fsum(map(abs, values)), abs(num1 / den1))


def test_products_add_up_with_zeros_and_negatives() -> None:
    luck = random.Random(8)  # noqa: S311
    for _case_number in range(CASES // 10):
        names = [str(at) for at in range(luck.randint(1, 6))]
        first, last = (
            {name: luck.choice([0.0, luck.uniform(-50, 1000)]) for name in names} for _ in "01"
        )
        assert_exact(explain_product(first, last))


def test_any_drill_down_agrees_with_its_total() -> None:
    before: dict[Segment, float] = {("抖音", "甲"): 10.0, ("抖音", "乙"): 20.0, ("快手", "丙"): 5.0}
    found = explain_sum(before, {("抖音", "甲"): 25.0}, dims=("platform", "account"))
    assert found.by("platform").segments() == {("抖音",): -5.0, ("快手",): -5.0}
    assert sum(row.value for row in found.inside("抖音")) == -5.0
    assert sum(row.value for row in found.by("account").rows) == -10.0
