"""A first guess at the columns of an unknown table."""

from __future__ import annotations

import pytest

from yunce.engines.platforms import ColumnMapping, platforms, suggest_mapping
from yunce.engines.platforms.tests.workbooks import csv_table

KNOWN = {
    "reads": "阅读/播放量",
    "likes": "点赞量",
    "new_followers": "新增粉丝",
    "post_views": "作品阅读/播放量",
    "post_likes": "作品点赞量",
    "post_finish_rate": "完播率",
    "post_watch_seconds": "平均播放时长",
    "orders": "订单数",
    "conversion_rate": "转化率",
}


def roles(text: str) -> list[str]:
    mapping = suggest_mapping(csv_table(text), known=KNOWN)
    return [use.metric or use.role for use in mapping.columns]


def test_headers_are_known_by_alias_and_by_the_teams_own_names() -> None:
    assert roles("日期,播放量,订单数,备注\n2025-05-01,1,2,x\n") == [
        *("date", "reads", "orders", "ignore")
    ]


def test_the_same_word_means_the_post_in_a_list_of_posts() -> None:
    assert roles("标题,发布时间,播放量\n甲,2025-05-01,1\n") == ["title", "published", "post_views"]


def test_a_list_of_posts_outweighs_the_name_of_a_daily_metric() -> None:
    assert roles("标题,发布时间,点赞量\n甲,2025-05-01,1\n")[2] == "post_likes"


def test_date_of_a_titled_row_is_its_publish_day() -> None:
    assert roles("标题,日期,点赞\n甲,2025-05-01,1\n") == ["title", "published", "post_likes"]


def test_metrics_the_caller_does_not_know_are_not_proposed() -> None:
    assert roles("日期,收藏\n2025-05-01,1\n") == ["date", "ignore"]


def test_people_are_not_reads() -> None:
    assert roles("日期,阅读人数\n2025-05-01,1\n") == ["date", "ignore"]


def test_second_column_of_a_metric_is_left_out() -> None:
    assert roles("日期,播放量,阅读量\n2025-05-01,1,1\n") == ["date", "reads", "ignore"]


def test_unnamed_column_of_dates_is_the_date() -> None:
    assert roles("统计于,播放量\n2025-05-01,30000\n2025-05-02,40000\n") == ["date", "reads"]


def test_column_of_large_numbers_is_no_column_of_dates() -> None:
    assert roles("编号,播放量\n46233,1\n46234,1\n") == ["ignore", "reads"]


def test_header_is_looked_for_below_titles() -> None:
    text = "五月数据,,\n制表：小王,,\n日期,播放量,订单数\n2025-05-01,1,2\n"
    assert suggest_mapping(csv_table(text), known=KNOWN).header_row == 3


@pytest.mark.parametrize(
    ("header", "values", "scale"),
    [
        ("转化率", "0.01,0.02", "fraction"),
        ("转化率", "1.5,0.9", "percent"),  # 0.9 stands beside 1.5: both per cent
        ("转化率", "1.5%,0.9%", "fraction"),  # no bare number to decide
        ("转化率(%)", "0.5,0.9", "percent"),
        ("平均播放时长", "8.2,9.1", "seconds"),
        ("订单数", "8,9", "number"),
    ],
)
def test_scale_is_guessed_for_the_column(header: str, values: str, scale: str) -> None:
    first, second = values.split(",")
    text = f"标题,{header}\n甲,{first}\n乙,{second}\n"
    assert suggest_mapping(csv_table(text), known=KNOWN).columns[1].scale == scale


def test_mapping_survives_json() -> None:
    mapping = suggest_mapping(csv_table("日期,播放量\n2025-05-01,1\n"), known=KNOWN)
    assert ColumnMapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"header_row": 1, "columns": [{"index": 0}]},
        {"header_row": 1, "columns": ["日期"]},
        {"header_row": 1, "columns": [{"index": 0, "role": "person"}]},
        {"header_row": 1, "columns": [{"index": 0, "role": "metric"}]},
        {"header_row": 1, "columns": [{"index": -1, "role": "date"}]},
        {"header_row": 0, "columns": []},
        {"header_row": "x", "columns": []},
    ],
)
def test_json_that_is_no_mapping_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"column|header_row|invalid literal"):
        ColumnMapping.from_json(data)


def test_a_platforms_own_words_go_first() -> None:
    known = KNOWN | {"post_reposts": "单篇转发数", "post_comments": "单篇评论数"}
    text = "微博内容,发布时间,阅读数,转发数,评论数,URL\n甲,2025-05-01,9,1,2,https://e.cn\n"
    table = csv_table(text)
    found = suggest_mapping(table, known=known, preset=platforms()["weibo"].preset)
    expected = ["title", "published", "post_views", "post_reposts", "post_comments", "url"]
    assert [use.metric or use.role for use in found.columns] == expected
    assert suggest_mapping(table, known=known) == found  # so many words are nobody else's


def test_parts_of_a_whole_are_proposed_as_such() -> None:
    found = suggest_mapping(csv_table("日期,渠道,播放量\n2025-05-01,直播,1\n"), known=KNOWN)
    assert [(use.role, use.segment) for use in found.columns] == [
        ("date", ""),
        ("segment", "channel"),
        ("metric", ""),
    ]
