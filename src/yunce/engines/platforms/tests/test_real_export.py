"""A real 小红书 export, where the shared data is at hand: sums agree with an independent reader."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pytest
from openpyxl import load_workbook

from yunce.engines.platforms import Parsed, parse, read_tables, recognise

REPOSITORY = Path(__file__).parents[5]
SHARED = Path(os.environ.get("YUNCE_SHARED", REPOSITORY / ".." / "shared"))
NOTES = SHARED / "data" / "xiaohongshu_wanjeans33" / "笔记列表明细表.xlsx"

needs_notes = pytest.mark.skipif(
    not NOTES.exists(), reason=f"the shared data is not at {SHARED}; set YUNCE_SHARED to check it"
)


def parsed_notes() -> Parsed:
    tables = read_tables(NOTES.read_bytes(), NOTES.name)
    [(table, recognition)] = recognise(tables)
    assert table.created == date(2026, 7, 12)
    return parse(table, recognition, captured_on=date(2026, 7, 12), today=date(2026, 7, 12))


def sum_of_column(header: str) -> float:
    with catch_warnings():
        simplefilter("ignore")  # the file has no default style, which openpyxl remarks upon
        rows = [*load_workbook(NOTES).worksheets[0].iter_rows(min_row=2, values_only=True)]
    index = rows[0].index(header)
    return sum(float(str(row[index])) for row in rows[1:])


@needs_notes
@pytest.mark.parametrize(
    ("metric", "header"),
    [
        ("post_impressions", "曝光"),
        ("post_views", "观看量"),
        ("post_click_rate", "封面点击率"),
        ("post_likes", "点赞"),
        ("post_comments", "评论"),
        ("post_saves", "收藏"),
        ("post_follows", "涨粉"),
        ("post_shares", "分享"),
        ("post_watch_seconds", "人均观看时长"),
        ("post_danmaku", "弹幕"),
    ],
)
def test_sum_of_each_column_is_the_sum_of_its_facts(metric: str, header: str) -> None:
    values = [fact.value for fact in parsed_notes().facts if fact.metric == metric]
    assert len(values) == 41
    assert sum(values) == pytest.approx(sum_of_column(header))


@needs_notes
def test_every_note_is_a_piece_of_its_own() -> None:
    result = parsed_notes()
    assert len({post.key for post in result.posts}) == 41
    assert Counter(fact.metric for fact in result.facts)["pieces"] == 41
    [lag] = result.problems  # the newest note: its impressions come a day late
    assert (lag.row, lag.severity, lag.column, result.ignored) == (3, "warning", "曝光", 0)
