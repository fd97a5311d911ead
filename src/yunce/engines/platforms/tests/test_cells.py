"""One cell → a number, read by the scale of its column."""

from __future__ import annotations

from datetime import date, time

import pytest

from yunce.engines.platforms._base import Scale
from yunce.engines.platforms._cells import CellError, is_missing, is_total_label, read_value
from yunce.engines.platforms._tables import Cell


@pytest.mark.parametrize(
    ("cell", "scale", "value"),
    [
        (12, "number", 12),
        (12.5, "number", 12.5),
        ("12", "number", 12),
        ("3,456", "number", 3456),
        ("3，456", "number", 3456),
        ("１２", "number", 12),
        ("1.2万", "number", 12_000),
        ("1.3亿", "number", 130_000_000),
        ("-4", "number", -4),
        ("\u00a07\u200b", "number", 7),  # no-break and zero-width spaces around
        (0.022, "fraction", 0.022),
        ("0.074074", "fraction", 0.074074),
        ("6.50%", "fraction", 0.065),
        (1, "fraction", 1),
        (6.5, "percent", 0.065),
        ("6.50%", "percent", 0.065),
        ("0.5", "percent", 0.005),  # the column is in per cent, whatever the value looks like
        ("12%", "percent", 0.12),
        (16.0, "seconds", 16),
        ("32.50秒", "seconds", 32.5),
        ("9.2s", "seconds", 9.2),
        ("8.209459", "seconds", 8.209459),
        ("00:04:34", "seconds", 274),  # 4 × 60 + 34
        ("4:34", "seconds", 274),
        ("1分20秒", "seconds", 80),
        ("4分34秒", "seconds", 274),
        ("1小时2分", "seconds", 3720),
        (time(0, 4, 34), "seconds", 274),
    ],
)
def test_value_is_read_by_its_columns_scale(cell: Cell, scale: Scale, value: float) -> None:
    assert read_value(cell, scale) == pytest.approx(value)


@pytest.mark.parametrize(
    ("cell", "scale", "message"),
    [
        ("很多", "number", "应该是数字"),
        ("1,2", "number", "应该是数字"),
        ("10万+", "number", "至少有多少"),
        ("100,000+", "number", "至少有多少"),
        ("a+", "number", "应该是数字"),
        ("9" * 500, "number", "应该是数字"),
        ("#DIV/0!", "number", "应该是数字"),
        (True, "number", "应该是数字"),
        (date(2025, 5, 1), "number", "应该是数字"),
        (float("inf"), "number", "应该是数字"),
        ("12%", "number", "百分比"),
        (6.5, "fraction", "超过 100%"),
        ("秒", "seconds", "应该是数字"),
        ("1:2:3:4", "seconds", "应该是数字"),
    ],
)
def test_cell_that_is_no_such_number_says_so(cell: Cell, scale: Scale, message: str) -> None:
    with pytest.raises(CellError) as caught:
        read_value(cell, scale)
    assert message in caught.value.message
    assert caught.value.hint.endswith("。")


@pytest.mark.parametrize(
    "cell", [None, "", " ", "-", "--", "—", "－", "计算中", "N/A", float("nan")]
)
def test_missing_is_told_from_a_value(cell: Cell) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize("cell", [0, 0.0, "0", "0%", False])
def test_zero_is_not_missing(cell: Cell) -> None:
    assert not is_missing(cell)


@pytest.mark.parametrize("cell", ["合计", "累计", " 总计 ", "全部", "Total", "总计："])
def test_total_rows_are_known_by_their_label(cell: Cell) -> None:
    assert is_total_label(cell)


@pytest.mark.parametrize("cell", ["全部干货都在这", None, 0, "合计费用怎么算"])
def test_titles_with_a_total_word_are_no_totals(cell: Cell) -> None:
    assert not is_total_label(cell)


def test_lower_bound_stops_no_import() -> None:
    with pytest.raises(CellError) as caught:
        read_value("10万+", "number")
    assert caught.value.severity == "warning"
