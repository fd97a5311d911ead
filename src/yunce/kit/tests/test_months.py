from __future__ import annotations

from datetime import date

import pytest

from yunce.kit.months import Month


def test_a_month_knows_its_days() -> None:
    may = Month(2025, 5)
    assert (may.first, may.last, may.day_count) == (date(2025, 5, 1), date(2025, 5, 31), 31)
    assert len(list(may.days())) == 31


def test_february_of_a_leap_year_has_29_days() -> None:
    assert Month(2024, 2).last == date(2024, 2, 29)


def test_months_step_over_the_year() -> None:
    assert Month(2025, 12).next == Month(2026, 1)
    assert Month(2025, 1).previous == Month(2024, 12)
    assert Month(2025, 5).shift(-17) == Month(2023, 12)


def test_a_month_is_written_and_read_the_same() -> None:
    assert str(Month.parse("2025-5")) == "2025-05"


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-00", "May", "2025", "0000-01", "2025-05-01", "0001-01", "9999-12"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)
