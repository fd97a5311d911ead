"""DOMAIN §3: the achievement table, worked by hand, and the words beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yunce.engines.metrics import Direction, Kind
from yunce.kit.numbers import Unit, format_signed
from yunce.loop.goals.rules import (
    Pace,
    Standing,
    TargetError,
    achievement,
    expected_by,
    pace,
    read_target,
    standing,
    target_problem,
    write_target,
)

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


@pytest.mark.parametrize(
    ("metric", "target", "actual", "direction", "shown"),
    [
        ("图文", "20", "22", HIGHER, "110%"),
        ("原创占比", "0.60", "0.65", HIGHER, "108%"),  # 1.08333…
        ("新增粉丝", "12000", "15000", HIGHER, "125%"),
        ("平均互动率", "0.08", "0.092", HIGHER, "115%"),
        ("商品点击率", "0.03", "0.035", HIGHER, "117%"),  # 1.1666…
        ("转化率", "0.015", "0.018", HIGHER, "120%"),
        ("话题阅读量", "100000", "150000", HIGHER, "150%"),
        ("落地页加载", "2", "3", LOWER, "67%"),  # 2 ÷ 3 = 0.6666…
        ("目标用户占比", "0.55", "0.45", HIGHER, "82%"),  # 0.8181…
        ("half goes up", "200", "201", HIGHER, "101%"),  # 100.5 %
        ("half goes up, even", "200", "205", HIGHER, "103%"),  # 102.5 %
        ("nothing made", "20", "0", HIGHER, "0%"),
    ],
)
def test_achievement_is_the_table_of_the_domain(
    metric: str, target: str, actual: str, direction: Direction, shown: str
) -> None:
    assert achievement(Decimal(actual), Decimal(target), direction).shown == shown


def test_achievement_stays_exact_until_shown() -> None:
    assert achievement(Decimal("0.65"), Decimal("0.60")).ratio == Decimal("0.65") / Decimal("0.60")


def test_difference_of_rates_is_in_points() -> None:
    assert format_signed(Decimal("0.45") - Decimal("0.55"), Unit.PERCENT) == "−10 百分点"


@pytest.mark.parametrize(
    ("actual", "target", "direction", "reason"),
    [
        (None, Decimal(20), HIGHER, "还没有数据"),
        (Decimal(20), Decimal(0), HIGHER, "没有目标值"),
        (Decimal(0), Decimal(0), HIGHER, "没有目标值"),
        (Decimal(20), None, HIGHER, "没有目标值"),
        (Decimal(0), Decimal(2), LOWER, "实际值为 0，不能作除数"),
    ],
)
def test_no_achievement_says_why(
    actual: Decimal | None, target: Decimal | None, direction: Direction, reason: str
) -> None:
    found = achievement(actual, target, direction)
    assert (found.ratio, found.shown, found.reason) == (None, "—", reason)


@pytest.mark.parametrize(
    ("actual", "must", "stretch", "direction", "expected"),
    [
        ("13000", "12000", "13000", HIGHER, Standing.BEYOND),
        ("12999", "12000", "13000", HIGHER, Standing.MET),
        ("12000", "12000", "13000", HIGHER, Standing.MET),
        ("11999", "12000", "13000", HIGHER, Standing.SHORT),
        ("15000", "12000", None, HIGHER, Standing.MET),
        ("1.5", "2", "1.5", LOWER, Standing.BEYOND),
        ("2", "2", "1.5", LOWER, Standing.MET),
        ("3", "2", "1.5", LOWER, Standing.SHORT),
        (None, "2", "1.5", LOWER, Standing.UNKNOWN),
        ("3", "0", None, HIGHER, Standing.UNKNOWN),
    ],
)
def test_standing(
    actual: str | None, must: str, stretch: str | None, direction: Direction, expected: Standing
) -> None:
    found = standing(
        None if actual is None else Decimal(actual),
        must=Decimal(must),
        stretch=None if stretch is None else Decimal(stretch),
        direction=direction,
    )
    assert found is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(Kind.FLOW, Decimal(4_000)), (Kind.RATIO, Decimal(12_400)), (Kind.STOCK, Decimal(12_400))],
)
def test_only_a_flow_is_expected_in_part(kind: Kind, expected: Decimal) -> None:
    # 10 of 31 days: 12,400 × 10 ÷ 31 = 4,000
    assert expected_by(Decimal(12_400), elapsed=10, days=31, kind=kind) == expected


@pytest.mark.parametrize(
    ("actual", "expected", "direction", "word"),
    [
        ("4000", "4000", HIGHER, Pace.STEADY),
        ("3600", "4000", HIGHER, Pace.WATCH),  # 90 %
        ("3599", "4000", HIGHER, Pace.BEHIND),
        ("2.2", "2", LOWER, Pace.WATCH),  # 2 ÷ 2.2 = 0.909…
        ("3", "2", LOWER, Pace.BEHIND),
        (None, "4000", HIGHER, Pace.UNKNOWN),
        ("5", "0", HIGHER, Pace.UNKNOWN),
    ],
)
def test_pace(actual: str | None, expected: str, direction: Direction, word: Pace) -> None:
    found = pace(None if actual is None else Decimal(actual), Decimal(expected), direction)
    assert found is word


@pytest.mark.parametrize(
    ("must", "stretch", "direction", "problem"),
    [
        ("20", "24", HIGHER, ""),
        ("20", None, HIGHER, ""),
        ("2", "1.5", LOWER, ""),
        ("20", "19", HIGHER, "挑战目标应不低于必达目标。"),
        ("2", "3", LOWER, "这个指标越低越好，挑战目标应不高于必达目标。"),
        ("-1", None, HIGHER, "目标值不能是负数。"),
    ],
)
def test_targets_must_agree(
    must: str, stretch: str | None, direction: Direction, problem: str
) -> None:
    found = target_problem(Decimal(must), None if stretch is None else Decimal(stretch), direction)
    assert found == problem


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("12000", Unit.COUNT, "12000"),
        ("12,000", Unit.COUNT, "12000"),
        ("1.2万", Unit.COUNT, "12000"),
        ("１.２万", Unit.COUNT, "12000"),
        ("8%", Unit.PERCENT, "0.08"),
        ("8", Unit.PERCENT, "0.08"),
        ("1.5％", Unit.PERCENT, "0.015"),
        ("3", Unit.SECOND, "3"),
    ],
)
def test_typed_targets_are_read(typed: str, unit: Unit, value: str) -> None:
    assert read_target(typed, unit) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "unit", "sentence"),
    [
        ("很多", Unit.COUNT, "看不懂「很多」。可以写 12000、12,000 或 1.2万。"),
        ("8%", Unit.COUNT, "看不懂「8%」。可以写 12000、12,000 或 1.2万。"),
        ("八", Unit.PERCENT, "看不懂「八」。可以写 8% 或 8。"),
        ("100000亿", Unit.COUNT, "「100000亿」太大了。请检查是否多写了几位。"),
    ],
)
def test_unreadable_targets_are_refused(typed: str, unit: Unit, sentence: str) -> None:
    with pytest.raises(TargetError) as refused:
        read_target(typed, unit)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("12000", Unit.COUNT, "12,000"),
        ("0.015", Unit.PERCENT, "1.5%"),
        ("3", Unit.SECOND, "3"),
        ("1999.5", Unit.YUAN, "1,999.5"),
    ],
)
def test_written_targets_read_back(value: str, unit: Unit, text: str) -> None:
    assert write_target(Decimal(value), unit) == text
    assert read_target(text, unit) == Decimal(value)
