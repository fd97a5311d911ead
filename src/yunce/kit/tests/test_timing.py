"""The 时间节点 cell: how people write days, and how the plan writes them back."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.kit.months import Month
from yunce.kit.timing import Timing, TimingError, read_timing, write_timing

MAY = Month(2025, 5)


def day(number: int, month: int = 5) -> date:
    return date(2025, month, number)


@pytest.mark.parametrize(
    ("typed", "meant", "written"),
    [
        ("5/10、5/20、5/30", Timing(nodes=(day(10), day(20), day(30))), "5/10、5/20、5/30"),
        ("5/8,5/18,5/28", Timing(nodes=(day(8), day(18), day(28))), "5/8、5/18、5/28"),
        ("5/8 5/18 5/28", Timing(nodes=(day(8), day(18), day(28))), "5/8、5/18、5/28"),
        ("5/20；5/10；5/10", Timing(nodes=(day(10), day(20))), "5/10、5/20"),
        ("5月10日", Timing(nodes=(day(10),)), "5/10"),
        ("10 日、20号", Timing(nodes=(day(10), day(20))), "5/10、5/20"),
        ("2025-05-10", Timing(nodes=(day(10),)), "5/10"),
        ("５/１０", Timing(nodes=(day(10),)), "5/10"),
        ("5/1–5/31", Timing(day(1), day(31)), "5/1–5/31"),
        ("5/1 - 5/31", Timing(day(1), day(31)), "5/1–5/31"),
        ("5/1~31", Timing(day(1), day(31)), "5/1–5/31"),
        ("5月1日至5月31日", Timing(day(1), day(31)), "5/1–5/31"),
        ("1–30 日", Timing(day(1), day(30)), "5/1–5/30"),
        ("1-30", Timing(day(1), day(30)), "5/1–5/30"),
        ("4/28–5/3", Timing(day(28, 4), day(3)), "4/28–5/3"),
        ("每日 5/1-5/31", Timing(day(1), day(31), words="每日"), "每日 5/1–5/31"),
        ("每天", Timing(day(1), day(31), words="每日"), "每日 5/1–5/31"),
        (
            "每周五",
            Timing(nodes=(day(2), day(9), day(16), day(23), day(30))),
            "5/2、5/9、5/16、5/23、5/30",
        ),
        ("5/26 前上线", Timing(ends_on=day(26), words="上线"), "5/26 前上线"),
        ("5/26前", Timing(ends_on=day(26)), "5/26 前"),
        ("5/6 起", Timing(starts_on=day(6)), "5/6 起"),
        (
            "5/1–5/31；5/8、5/18",
            Timing(day(1), day(31), nodes=(day(8), day(18))),
            "5/1–5/31；5/8、5/18",
        ),
        ("6/2", Timing(nodes=(day(2, 6),)), "6/2"),
        ("", Timing(), ""),
        ("—", Timing(), ""),
    ],
)
def test_typed_days_are_understood(typed: str, meant: Timing, written: str) -> None:
    assert read_timing(typed, MAY) == meant
    assert write_timing(meant) == written
    assert read_timing(written, MAY) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "直播 5/9",
            "看不懂「直播 5/9」。请写日期，例如 5/10、5/20 或 5/1–5/28；说明写在备注里。",
        ),
        ("月底", "看不懂「月底」。请写日期，例如 5/10、5/20 或 5/1–5/28；说明写在备注里。"),
        ("20", "看不懂「20」。请写日期，例如 5/10、5/20 或 5/1–5/28；说明写在备注里。"),
        ("5/32", "没有「5/32」这一天。请检查「5/32」。"),
        ("5/0", "没有「5/0」这一天。请检查「5/0」。"),
        ("5/31-5/1", "「5/31-5/1」的结束日早于开始日。请写成 5/1–5/31。"),
        (
            "5/1-5/3、5/8-5/9",
            "一格只能写一段时间，「5/8-5/9」是第二段。请拆成两个任务。",
        ),
        (
            "7/1",
            "「7/1」太远：计划里的日期只能在 2025 年 4 月 到 2025 年 6 月 之间。",
        ),
        (
            "2024/5/3",
            "「2024/5/3」太远：计划里的日期只能在 2025 年 4 月 到 2025 年 6 月 之间。",
        ),
    ],
)
def test_unclear_days_are_refused_with_the_value(typed: str, sentence: str) -> None:
    with pytest.raises(TimingError) as refused:
        read_timing(typed, MAY)
    assert str(refused.value) == sentence


def test_days_after_the_deadline_word_stay_short() -> None:
    with pytest.raises(TimingError, match="太长"):
        read_timing("5/26 前" + "长" * 21, MAY)


def test_december_plan_reaches_into_january() -> None:
    found = read_timing("12/28–1/3", Month(2025, 12))
    assert (found.starts_on, found.ends_on) == (date(2025, 12, 28), date(2026, 1, 3))
