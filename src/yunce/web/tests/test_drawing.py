"""Where bullets and sparklines put their parts."""

from __future__ import annotations

from decimal import Decimal

from yunce.web.drawing import bullet_shape, spark_shape


def test_must_stands_at_68_per_cent_and_the_rest_is_to_scale() -> None:
    shape = bullet_shape(actual=6900, must=12000, stretch=13000, expected=7500)
    assert shape.must == Decimal(68)
    assert shape.actual == Decimal("39.10")  # 6900 / 12000 × 68
    assert shape.expected == Decimal("42.50")
    assert shape.stretch == Decimal("73.67")


def test_a_value_far_beyond_its_target_stays_inside_the_drawing() -> None:
    assert bullet_shape(actual=90, must=10).actual == Decimal(100)


def test_a_target_of_zero_draws_no_scale() -> None:
    shape = bullet_shape(actual=5, must=0)
    assert (shape.actual, shape.must) == (None, None)


def test_labels_part_to_both_sides_when_stretch_is_above_must() -> None:
    shape = bullet_shape(actual=1, must=12000, stretch=13000)
    assert shape.must_label is not None
    assert shape.stretch_label is not None
    assert (shape.must_label.anchor, shape.stretch_label.anchor) == ("end", "start")


def test_labels_change_sides_when_lower_is_better() -> None:
    shape = bullet_shape(actual=1, must=3, stretch=2)
    assert shape.must_label is not None
    assert shape.stretch_label is not None
    assert (shape.must_label.anchor, shape.stretch_label.anchor) == ("start", "end")


def test_a_stretch_at_the_right_edge_keeps_its_label_inside() -> None:
    label = bullet_shape(actual=1, must=10, stretch=20).stretch_label
    assert label is not None
    assert label.anchor == "end"


def test_a_missing_day_breaks_the_line() -> None:
    shape = spark_shape([1, 2, None, 4, 5])
    assert shape.lines == ("0.0,26.0 21.0,20.5", "63.0,9.5 84.0,4.0")
    assert shape.last == ("84.0", "4.0")


def test_a_single_day_between_gaps_is_a_dot() -> None:
    shape = spark_shape([1, None, 3, None, 5])
    assert shape.dots == (("0.0", "26.0"), ("42.0", "15.0"))


def test_equal_values_run_through_the_middle() -> None:
    assert spark_shape([7, 7]).lines == ("0.0,15.0 84.0,15.0",)


def test_no_numbers_draw_nothing() -> None:
    assert spark_shape([None, None], [1, 2]).last is None
