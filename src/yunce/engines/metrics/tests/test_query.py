"""What a question may not ask: days nobody has, filters that can match nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from yunce.engines.metrics import MetricQuery, QueryError

MAY = date(2025, 5, 1), date(2025, 5, 31)


def asked(word: str, *values: Any) -> tuple[Any, ...]:
    """A filter's values as the stores get them."""
    return MetricQuery(1, ("post_views",), *MAY, where={word: values}).allowed(word)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(1, 1, 1), date(1, 1, 5), "日期 0001-01-01 不对：只能问 1990 年到 2200 年"),
        (date(2025, 1, 1), date(9999, 12, 31), "日期 9999-12-31 不对"),
        (date(2000, 1, 1), date(2100, 1, 1), "2000-01-01 到 2100-01-01 太长：一次最多问 50 年"),
        (date(2025, 5, 2), date(2025, 5, 1), "开始日期 2025-05-02 晚于"),
    ],
)
def test_days_out_of_bounds_are_refused(start: date, end: date, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        MetricQuery(1, ("reads",), start, end)


@pytest.mark.parametrize(
    ("word", "value", "right"),
    [
        ("weekday", 8, r"应是 1（星期一）到 7（星期日）"),
        ("weekday", "0", "应是 1"),
        ("weekday", 1.5, "应是 1"),
        ("weekday", "星期一", "应是 1"),
        ("original", "maybe", "应是 yes（原创）或 no"),
        ("age", "x", "只用数字，如 7"),
        ("age", "07", "只用数字，如 7"),
        ("age", "７", "只用数字，如 7"),
        ("age", 1.5, "只用数字，如 7"),
        ("post", "99999999999999999999999", "应是一个整数"),
        ("post", 2**63, "数太大了"),
        ("account", 1.0, "应是一个整数"),
        ("account", None, "应是一个整数"),
        ("week", date(2025, 5, 16), "它不是星期一，那一周应写成 2025-W20"),
        ("week", "2025-W60", "应写成 2025-W20"),
        ("week", "2025W20", "应写成 2025-W20"),
        ("month", date(2025, 5, 16), "它不是 1 日，那个月应写成 2025-05"),
        ("month", "2025-13", "应写成 2025-05"),
        ("day", "20250516", "应写成 2025-05-16"),
        ("day", "２０２５-05-16", "应写成 2025-05-16"),
    ],
)
def test_a_filter_that_can_match_nothing_is_refused(word: str, value: Any, right: str) -> None:
    with pytest.raises(QueryError, match=f"不能用来筛选 {word}：.*{right}"):
        asked(word, value)


def test_a_filters_day_is_within_bounds_too() -> None:
    with pytest.raises(QueryError, match="只能问 1990 年到 2200 年"):
        asked("day", date(1, 1, 1))


def test_what_is_understood_reaches_the_stores_in_one_way() -> None:
    assert asked("weekday", "1", 7) == (1, 7)
    assert asked("post", "12", np.int64(3), 2**63 - 1) == (12, 3, 2**63 - 1)
    assert asked("age", "7", 7, 0, "") == ("7", "7", "0", "")
    assert asked("original", "yes", "no") == ("yes", "no")
    assert asked("week", "2025-W20", date(2025, 5, 12)) == (date(2025, 5, 12),) * 2
    assert asked("month", "2025-05", date(2025, 5, 1)) == (date(2025, 5, 1),) * 2


def test_one_text_is_not_taken_letter_by_letter() -> None:
    labels = {"platform": {1: "douyin"}}
    where: Any = {"platform": "douyin"}
    with pytest.raises(QueryError, match=r'筛选 platform 的值要放在一组里：\("douyin",\)'):
        MetricQuery(1, ("reads",), *MAY, where=where, attributes=labels)


def test_an_attribute_of_accounts_is_any_text() -> None:
    labels = {"original": {1: "maybe"}}
    query = MetricQuery(1, ("reads",), *MAY, where={"original": ("maybe",)}, attributes=labels)
    assert query.allowed("original") == ("maybe",)
