"""How many days a copy reads at once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from yunce.engines.metrics.copying import ENOUGH, WIDER, by_stretch
from yunce.engines.metrics.stores import StoredRow

MAY = [date(2025, 5, day) for day in range(1, 32)]


@pytest.mark.parametrize(
    ("a_day", "widths"),
    [
        (10, [1, 4, 16, 10]),
        (ENOUGH // 2, [1, *[2] * 15]),
        (ENOUGH, [1] * 31),
        (3 * ENOUGH, [1] * 31),
    ],
)
def test_days_with_few_rows_are_read_together(a_day: int, widths: list[int]) -> None:
    def read(*, team: int, start: date, end: date) -> list[StoredRow]:
        days = (end - start).days + 1
        return [StoredRow(team, 1, 0, "likes", start, "", 1.0, 1)] * (a_day * days)

    spans = [(start, end) for start, end, _rows in by_stretch(read, 1, MAY)]
    assert [(end - start).days + 1 for start, end in spans] == widths
    assert spans[0][0] == MAY[0]
    assert all(later[0] == earlier[1] + timedelta(days=1) for earlier, later in pairwise(spans))
    assert spans[-1][1] == MAY[-1]


def test_a_full_day_makes_the_next_stretch_short_again() -> None:
    def read(*, team: int, start: date, end: date) -> list[StoredRow]:
        many = 8 * ENOUGH if end.day > 5 else 1
        return [StoredRow(team, 1, 0, "likes", start, "", 1.0, 1)] * many

    widths = [(end - start).days + 1 for start, end, _rows in by_stretch(read, 1, MAY)]
    assert widths == [1, WIDER, WIDER**2, 2, *[1] * 8]
