"""Which export a table is, how sure we are, and what is left to the person."""

from __future__ import annotations

import pytest

from yunce.engines.platforms import read_tables, recognise
from yunce.engines.platforms.tests.workbooks import csv_table, table, workbook

BANNER = "最多导出排序后前1000条笔记"
NOTES = (
    *("笔记标题", "首次发布时间", "体裁", "曝光", "观看量", "封面点击率", "点赞"),
    *("评论", "收藏", "涨粉", "分享", "人均观看时长", "弹幕"),
)
NOTE = ("标题", "2025年05月06日18时30分00秒", "视频", 9, 8, 0.1, 1, 1, 1, 1, 1, 3, 0)


def test_merged_banner_does_not_hide_the_header() -> None:
    content = workbook([(BANNER,) * 13, NOTES, NOTE], merge="A1:M1")
    [(_table, found)] = recognise(read_tables(content, "笔记列表明细表.xlsx"))
    assert (found.platform, found.export, found.header_row) == ("xiaohongshu", "notes", 2)
    assert found.confidence == 1
    assert "第 2 行" in found.reason
    assert "「笔记标题」" in found.reason


def test_columns_are_found_by_name_in_any_order() -> None:
    [(_table, found)] = recognise([table(NOTES[::-1], NOTE[::-1])])
    assert (found.platform, found.header_row, found.confidence) == ("xiaohongshu", 1, 1)


def test_works_list_without_cover_click_rate_is_still_douyin() -> None:
    header = "作品名称,发布时间,体裁,审核状态,播放量,完播率,5s完播率,2s跳出率,平均播放时长"
    found = recognise([csv_table(header + ",点赞量,分享量,评论量,收藏量,主页访问量,粉丝增量\n")])
    assert [(match.platform, match.export) for _table, match in found] == [("douyin", "works")]


@pytest.mark.parametrize(
    ("header", "confidence"),
    [
        ("净增粉丝", 0.67),  # 0.5 + 0.5 × 1 of 3 telling headers
        ("总粉丝量", 0.67),
        ("播放量", 0.5),  # other platforms write that too
        ("净增粉丝,取关粉丝,总粉丝量", 1.0),
    ],
)
def test_daily_file_is_less_sure_the_less_it_tells(header: str, confidence: float) -> None:
    [(_table, found)] = recognise([csv_table(f"日期,{header}\n2025-05-01,1,1,1\n")])
    assert (found.platform, found.export, found.confidence) == ("douyin", "daily", confidence)


def test_unsure_recognition_asks_to_confirm() -> None:
    [(_table, found)] = recognise([csv_table("日期,播放量\n2025-05-01,1\n")])
    assert found.reason.endswith("但这些表头别的平台也会用，请确认平台和账号。")


def test_sheet_name_decides_where_headers_cannot() -> None:
    rows = ("日期", "数值"), ("2025年05月06日", 5)
    [(_table, found)] = recognise([table(*rows, sheet="观看趋势"), table(*rows, sheet="Sheet1")])
    assert (found.platform, found.export, found.sheet) == ("xiaohongshu", "trend_views", "观看趋势")


@pytest.mark.parametrize(
    "header",
    [
        "账号,备注,平台,标题,类型,推荐,阅读,评论",  # an aggregator's sheet
        "日期,门店,播放量,订单数,成交额",  # one known word among five
        "账号名称,视频ID,发布时间,审核结果,审核说明",  # of no back end we know
        "姓名,电话",
        "日期,审核人",
    ],
)
def test_unknown_layout_is_left_to_the_mapper(header: str) -> None:
    assert recognise([csv_table(header + "\n1,2,3\n")]) == []
