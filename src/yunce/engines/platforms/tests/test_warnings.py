"""What can be read and yet looks wrong."""

from __future__ import annotations

from datetime import date

import pytest

from yunce.engines.platforms import Parsed, parse, recognise
from yunce.engines.platforms.tests.workbooks import csv_table

TODAY = date(2025, 5, 20)
NOTES = "笔记标题,首次发布时间,体裁,曝光,观看量\n"
WORKS = "作品名称,发布时间,体裁,审核状态,播放量,完播率,5s完播率\n"


def parsed(text: str) -> Parsed:
    [(found, recognition)] = recognise([csv_table(text)])
    return parse(found, recognition, captured_on=TODAY, today=TODAY)


def warnings(text: str) -> list[tuple[int | None, str, str]]:
    return [(p.row, p.column, p.message) for p in parsed(text).problems]


def test_impressions_that_lag_behind_views_are_named() -> None:
    text = NOTES + "甲,2025年05月19日,图文,0,126\n乙,2025年05月01日,图文,900,126\n"
    assert warnings(text) == [(2, "曝光", "「曝光」是 0，「观看量」已有 126：平台还没有算出前者")]


def test_finish_rates_of_articles_beside_videos_are_named_once() -> None:
    text = WORKS + "甲,2025-05-01,图文,公开,9,0.5,0.5\n乙,2025-05-02,1min-视频,公开,9,0.2,0.4\n"
    assert warnings(text) == [(None, "完播率", "图文和视频的「完播率」含义不同")]


def test_finish_rates_of_videos_alone_are_fine() -> None:
    text = WORKS + "甲,2025-05-01,图文,公开,9,-,-\n乙,2025-05-02,1min-视频,公开,9,0.2,0.4\n"
    assert warnings(text) == []


def test_the_day_of_the_export_is_not_complete() -> None:
    [(row, column, message)] = warnings("日期,播放量\n2025-05-19,5\n2025-05-20,2\n")
    assert (row, column) == (None, "日期")
    assert message == "2025-05-20 是导出当天，这一天的数据还不完整"


@pytest.mark.parametrize("text", ["日期,播放量\n累计,27\n", "日期,播放量\n累计,27.4\n"])
def test_a_total_that_agrees_is_silent(text: str) -> None:
    assert warnings(text + "2025-05-09,15\n2025-05-10,12\n") == []


def test_a_total_that_disagrees_is_named_with_both_numbers() -> None:
    [(row, column, message)] = warnings("日期,播放量\n合计,61685\n2025-05-09,61503\n")
    assert (row, column) == (2, "播放量")
    assert message == "「合计」这一行写的是 61,685，各行相加是 61,503，相差 182"


def test_the_total_of_levels_is_no_sum() -> None:
    assert warnings("日期,总粉丝量\n合计,90\n2025-05-09,88\n2025-05-10,90\n") == []


def test_rounded_numbers_prove_nothing_about_the_total() -> None:
    assert warnings("日期,播放量\n合计,27121\n2025-05-09,1.5万\n2025-05-10,1.2万\n") == []
