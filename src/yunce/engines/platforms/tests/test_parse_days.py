"""An account's daily numbers → facts of those days."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.engines.platforms import Parsed, parse, recognise
from yunce.engines.platforms.tests.workbooks import csv_table, table

TODAY = date(2025, 5, 20)


def parsed(text: str) -> Parsed:
    [(found, recognition)] = recognise([csv_table(text)])
    return parse(found, recognition, captured_on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("header", "metric"),
    [
        ("播放量", "reads"),
        ("主页访问", "profile_visits"),
        ("作品点赞", "likes"),
        ("作品分享", "shares"),
        ("作品评论", "comments"),
        ("净增粉丝", "net_followers_reported"),
        ("取关粉丝", "lost_followers"),
        ("总粉丝量", "total_followers"),
    ],
)
def test_each_daily_file_of_douyin_is_its_metric(header: str, metric: str) -> None:
    result = parsed(f"日期,{header}\n2025-05-09,15\n2025-05-10,0\n")
    assert [(f.post, f.metric, f.day, f.value) for f in result.facts] == [
        (None, metric, date(2025, 5, 9), 15),
        (None, metric, date(2025, 5, 10), 0),
    ]
    assert (result.first_day, result.last_day) == (date(2025, 5, 9), date(2025, 5, 10))
    assert (result.platform, result.export, len(result.posts)) == ("douyin", "daily", 0)


def test_net_followers_may_be_negative() -> None:
    assert parsed("日期,净增粉丝\n2025-05-09,-4\n").facts[0].value == -4


def test_cover_click_rate_is_read_as_a_share() -> None:
    assert parsed("日期,封面点击率\n2025-05-09,25.00%\n").facts[0].value == 0.25


def test_trend_sheet_is_read_by_its_name() -> None:
    rows = ("日期", "数值"), ("2025年05月06日", 2400.0)
    [(found, recognition)] = recognise([table(*rows, sheet="曝光趋势")])
    [fact] = parse(found, recognition, captured_on=TODAY, today=TODAY).facts
    assert (fact.metric, fact.day, fact.value) == ("impressions", date(2025, 5, 6), 2400)
    assert (fact.sheet, fact.row, fact.column) == ("曝光趋势", 2, "数值")


def test_total_rows_are_not_days() -> None:
    result = parsed("日期,播放量\n累计,27\n2025-05-09,15\n2025-05-10,12\n")
    assert [fact.value for fact in result.facts] == [15, 12]
    assert (result.ignored, result.problems) == (1, ())


def test_day_told_twice_with_one_value_is_one_fact() -> None:
    result = parsed("日期,播放量\n2025-05-09,15\n2025-05-09,15\n")
    assert [fact.value for fact in result.facts] == [15]
    assert result.problems == ()


def test_day_told_twice_with_two_values_is_neither() -> None:
    result = parsed("日期,播放量\n2025-05-09,15\n2025-05-09,7\n2025-05-10,1\n")
    assert [fact.value for fact in result.facts] == [1]
    [problem] = result.problems
    assert (problem.row, problem.column, problem.value) == (3, "播放量", "7")
    assert problem.message == "2025-05-09 有两个不同的数：第 2 行是 15，这里是 7"


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2025-05-32", "没有这一天或这个时刻"),
        ("2035-05-09", "日期 2035-05-09 还没有到"),
        ("1925-05-09", "日期 1925-05-09 早于 2009 年"),
        ("上周五", "这里应该是日期"),
        ("", "这一行没有日期"),
    ],
)
def test_row_without_a_possible_day_is_listed(day: str, message: str) -> None:
    result = parsed(f"日期,播放量\n{day},15\n2025-05-10,1\n")
    assert [fact.value for fact in result.facts] == [1]
    [problem] = result.problems
    assert (problem.row, problem.column, problem.value) == (2, "日期", day)
    assert problem.message == message


def test_broken_day_alone_in_its_row_is_no_remark() -> None:
    result = parsed("日期,播放量\n2025-05-32,\n说明：数据每日更新,\n")
    assert [problem.value for problem in result.problems] == ["2025-05-32"]
    assert result.ignored == 1
