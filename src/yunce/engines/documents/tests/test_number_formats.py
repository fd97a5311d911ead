"""Numbers print in Word as a spreadsheet would show them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yunce.engines.documents import Cell, Column, Formula, Table
from yunce.engines.documents.number_formats import number_text, plain_text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (Decimal("1.1"), "0%", "110%"),
        (Decimal("1.165"), "0%", "117%"),  # half goes up
        (Decimal("0.0141"), "0.00%", "1.41%"),
        (12000, "#,##0", "12,000"),
        (12000, '#,##0" 人"', "12,000 人"),
        (-3000, '"¥"#,##0', "−¥3,000"),
        (-0.2, "0", "0"),  # rounds to zero, which has no sign
        (12000, "", "12,000"),
        (2.5, "", "2.50"),
    ],
)
def test_a_number_as_text(value: Decimal | float, number_format: str, text: str) -> None:
    assert number_text(value, number_format) == text


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("", "2025-05-08"),
        ("m/d", "5/8"),
        ("yyyy/m/d", "2025/5/8"),
    ],
)
def test_a_day_as_text(number_format: str, text: str) -> None:
    assert plain_text(date(2025, 5, 8), number_format) == text


def test_a_formula_without_a_result_is_missing() -> None:
    assert plain_text(Formula("=1/0", None), "0%") == "—"


def test_a_number_that_is_not_one_is_missing() -> None:
    assert plain_text(float("nan"), "0%") == "—"


def test_a_format_only_one_of_the_writers_could_draw_is_refused() -> None:
    with pytest.raises(ValueError, match=r"1 cannot be shown as '\[Red\]0'"):
        Table((Column("数", 8, number_format="[Red]0"),), ((Cell(1),),))


def test_text_may_stand_in_a_number_column() -> None:
    assert Table((Column("数", 8, number_format="0%"),), ((Cell("—"),),))


def test_truth_values_are_refused() -> None:
    with pytest.raises(ValueError, match="True is neither a number nor a day"):
        Table((Column("数", 8),), ((Cell(True),),))
