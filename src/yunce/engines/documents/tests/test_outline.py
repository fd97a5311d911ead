"""A table that cannot be drawn is refused when it is made."""

from __future__ import annotations

import pytest

from yunce.engines.documents import Cell, Column, Formula, Table, achievement

TWO = (Column("目标维度", 12), Column("达成率", 10, key="rate"))


def test_a_row_needs_a_cell_for_every_column() -> None:
    with pytest.raises(ValueError, match="row 0 has 1 cells, the table 2 columns"):
        Table(TWO, ((Cell("内容运营"),),))


def test_a_span_may_not_leave_the_table() -> None:
    with pytest.raises(ValueError, match="row_span 2 leaves the table"):
        Table(TWO, ((Cell("内容运营", row_span=2), Cell(1)),))


def test_cells_under_a_span_are_blank() -> None:
    rows = ((Cell("内容运营", row_span=2), Cell(1)), (Cell("用户增长"), Cell(2)))
    with pytest.raises(ValueError, match="cells spanned in column '目标维度' are not blank"):
        Table(TWO, rows)


def test_a_formula_may_only_name_columns_of_its_table() -> None:
    with pytest.raises(ValueError, match="no column has the key actual, target"):
        Table(TWO, ((Cell("内容运营"), Cell(achievement(1.1))),))


def test_a_table_of_helpers_only_is_refused() -> None:
    with pytest.raises(ValueError, match="not a helper"):
        Table((Column("计划", 10, helper=True),), ())


def test_a_formula_starts_with_an_equals_sign() -> None:
    with pytest.raises(ValueError, match="starts with ="):
        Formula("1+1", 2)


def test_achievement_divides_actual_by_target() -> None:
    assert achievement(1.1).placed({"actual": "H5", "target": "G5"}.__getitem__) == (
        '=IF(AND(ISNUMBER(H5),ISNUMBER(G5),N(G5)<>0),H5/G5,"—")'
    )


def test_achievement_turns_round_when_lower_is_better() -> None:
    formula = achievement(0.67, lower_is_better=True)
    assert formula.placed({"actual": "H5", "target": "G5"}.__getitem__) == (
        '=IF(AND(ISNUMBER(H5),ISNUMBER(G5),N(G5)<>0,N(H5)<>0),G5/H5,"—")'
    )
