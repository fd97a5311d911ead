"""Dates and times as exports write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yunce.engines.platforms._cells import CellError
from yunce.engines.platforms._days import read_moment
from yunce.engines.platforms._tables import Cell

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-14", "2026-03-14T00:00:00+08:00"),
        ("2026/3/4", "2026-03-04T00:00:00+08:00"),
        ("2026.03.14", "2026-03-14T00:00:00+08:00"),
        ("20220329", "2022-03-29T00:00:00+08:00"),
        (20220329, "2022-03-29T00:00:00+08:00"),
        (20220329.0, "2022-03-29T00:00:00+08:00"),
        ("2026年07月11日03时09分05秒", "2026-07-11T03:09:05+08:00"),
        ("2026年10月05日", "2026-10-05T00:00:00+08:00"),
        ("2026年07月11日03时", "2026-07-11T03:00:00+08:00"),
        ("2025-09-26 19:30:00", "2025-09-26T19:30:00+08:00"),
        ("2025-09-26 19:30", "2025-09-26T19:30:00+08:00"),
        ("２０２５－０９－２６", "2025-09-26T00:00:00+08:00"),
        ("2025-09-26 周五", "2025-09-26T00:00:00+08:00"),
        ("2025-09-26T18:30:00Z", "2025-09-27T02:30:00+08:00"),
        ("2025-09-26T19:30:00+09:00", "2025-09-26T18:30:00+08:00"),
        ("Tue Jul 21 20:20:03 +0800 2015", "2015-07-21T20:20:03+08:00"),
        ("Sat, Sep 6, 2025", "2025-09-06T00:00:00+08:00"),
        (46233, "2026-07-30T00:00:00+08:00"),  # days since 1899-12-30
        ("46233", "2026-07-30T00:00:00+08:00"),
        (46233.75, "2026-07-30T18:00:00+08:00"),
        (1_784_000_000, "2026-07-14T11:33:20+08:00"),  # unix: 03:33:20 UTC
        (1_784_000_000_123, "2026-07-14T11:33:20+08:00"),
        (date(2026, 3, 14), "2026-03-14T00:00:00+08:00"),
        (datetime(2026, 3, 14, 9, 30, tzinfo=UTC), "2026-03-14T17:30:00+08:00"),
        ("2026-11-23", "2026-11-23T00:00:00+08:00"),  # tomorrow: somewhere it is already
    ],
)
def test_moment_is_read_as_beijing_time(cell: Cell, moment: str) -> None:
    assert read_moment(cell, today=TODAY).isoformat() == moment


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("昨天", "应该是日期"),
        (12, "应该是日期"),
        (True, "应该是日期"),
        ("9" * 40, "应该是日期"),
        ("9" * 400, "应该是日期"),  # beyond what a float holds
        (float("inf"), "应该是日期"),
        (float("nan"), "应该是日期"),
        ("2026-02-30", "没有这一天"),
        (20260230, "没有这一天"),
        ("2026-03-14 25:00", "没有这一天或这个时刻"),
        ("2026-03-14 10:00:00+99:00", "没有这一天或这个时刻"),
        ("03-14", "没有年份"),
        ("3月14日", "没有年份"),
        ("2008-12-31", "早于 2009 年"),
        ("2026-11-24", "还没有到"),
    ],
)
def test_cell_that_is_no_possible_date_says_why(cell: Cell, message: str) -> None:
    with pytest.raises(CellError) as caught:
        read_moment(cell, today=TODAY)
    assert message in caught.value.message
    assert caught.value.hint.endswith("。")
