from __future__ import annotations

from decimal import Decimal

import pytest

from yunce.kit.numbers import (
    Unit,
    format_prose,
    format_signed,
    format_value,
    parse_number,
    parse_value,
    round_half_up,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12000", "12000"),
        ("12,000", "12000"),
        ("１２，０００", "12000"),
        ("1.2万", "12000"),
        ("1.5 亿", "150000000"),
        ("12%", "0.12"),
        ("−3", "-3"),
        ("-3", "-3"),
        (".5", "0.5"),
        ("3w", "30000"),
    ],
)
def test_written_numbers_are_read(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1,2", "12,00", "1.2.3", "--", "10万+", "=1+1", "1 2"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        parse_number(text)


def test_a_bare_number_in_a_percent_field_is_percent() -> None:
    assert parse_value("8", Unit.PERCENT) == parse_value("8%", Unit.PERCENT) == Decimal("0.08")


def test_a_percentage_in_a_count_field_is_refused() -> None:
    with pytest.raises(ValueError, match="percentage"):
        parse_value("8%", Unit.COUNT)


def test_halves_round_away_from_zero() -> None:
    assert round_half_up(Decimal("112.5")) == 113
    assert round_half_up(Decimal("-0.5")) == -1


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (12000, Unit.COUNT, "12,000"),
        (Decimal("0.092"), Unit.PERCENT, "9.2%"),
        (0.6, Unit.PERCENT, "60%"),
        (-1200, Unit.COUNT, "−1,200"),
        (Decimal("3000000"), Unit.YUAN, "¥3,000,000"),
        (3, Unit.SECOND, "3 秒"),
        (None, Unit.COUNT, "—"),
        (0, Unit.COUNT, "0"),
        (Decimal("-0.001"), Unit.COUNT, "0"),
    ],
)
def test_values_are_shown(value: float | None, unit: Unit, shown: str) -> None:
    assert format_value(value, unit) == shown


def test_prose_uses_wan_and_yi() -> None:
    assert [format_prose(v) for v in (9800, 15000, 120000000)] == ["9,800", "1.5万", "1.2亿"]


def test_differences_carry_their_sign_and_points() -> None:
    assert format_signed(600) == "+600"
    assert format_signed(Decimal("-0.0009"), Unit.PERCENT) == "−0.09 百分点"
    assert format_signed(Decimal("0.005"), Unit.PERCENT) == "+0.5 百分点"
    assert format_signed(0) == "0"
