"""Facts by column are the same facts as by row."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from yunce.engines.metrics import FactColumns, FactRow, Words

DAY = date(2025, 5, 1)
ROWS = [
    FactRow(1, 7, 0, "reads", DAY, "", 10.5),
    FactRow(2, 8, 9, "likes", date(1969, 12, 31), "channel=扫码", -1.0),
    FactRow(1, 7, 0, "reads", date(2025, 5, 2), "", 0.1),
]


def test_rows_come_back_as_they_were() -> None:
    facts = FactColumns.of_rows(ROWS)
    assert [*facts] == ROWS
    assert [facts[n] for n in (0, 1, -1)] == ROWS
    assert [*facts[1:]] == ROWS[1:]


def test_what_all_have_in_common_is_said_once() -> None:
    facts = FactColumns.of(team=1, account=7, metric="reads", day=DAY, value=[1, 2])
    assert [*facts] == [FactRow(1, 7, 0, "reads", DAY, "", value) for value in (1.0, 2.0)]


def test_arrays_and_words_by_their_places_are_taken() -> None:
    facts = FactColumns.of(
        team=1,
        account=np.array([7, 8]),
        metric=Words(np.array([1, 0], np.int32), ("likes", "reads")),
        day=np.array(["2025-05-01", "2025-05-02"], "datetime64[D]"),
        value=np.array([1.0, 2.0]),
    )
    assert [(row.account, row.metric, row.day.day) for row in facts] == [
        (7, "reads", 1),
        (8, "likes", 2),
    ]


def test_days_and_a_choice_by_day() -> None:
    facts = FactColumns.of_rows(ROWS)
    assert facts.days == {row.day for row in ROWS}
    assert [*facts.only(facts.value > 0)] == [ROWS[0], ROWS[2]]


def test_no_rows_are_no_facts() -> None:
    assert [*FactColumns.of_rows([])] == []


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="3 values, the facts are 2"):
        FactColumns.of(team=1, account=[1, 2, 3], metric="reads", day=DAY, value=[1, 2])
