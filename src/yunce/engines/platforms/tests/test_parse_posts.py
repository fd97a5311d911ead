"""A list of posts → posts, snapshots of their numbers, and pieces on the day they came out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yunce.engines.platforms import Parsed, Problem, parse, recognise
from yunce.engines.platforms.tests.workbooks import table

TODAY = date(2025, 5, 20)
CAPTURED = date(2025, 5, 19)
HEADER = (
    "笔记标题",
    "首次发布时间",
    "体裁",
    "观看量",
    "封面点击率",
    "点赞",
    "涨粉",
    "人均观看时长",
)
MORNING = "2025年05月06日08时30分00秒"
EVENING = "2025年05月06日20时00分00秒"


def parsed(*rows: tuple[Any, ...]) -> Parsed:
    [(found, recognition)] = recognise([table(HEADER, *rows)])
    return parse(found, recognition, captured_on=CAPTURED, today=TODAY)


def values(result: Parsed) -> list[tuple[str, date, float]]:
    return [(fact.metric, fact.day, fact.value) for fact in result.facts]


def one_problem(result: Parsed) -> Problem:
    [problem] = result.problems
    return problem


def test_post_is_named_by_its_moment_and_title() -> None:
    [post] = parsed(("开箱  咖啡机", MORNING, "视频", 1, 0, 0, 0, 0)).posts
    assert post.key == "2025-05-06T08:30:00|开箱 咖啡机"
    assert post.title == "开箱 咖啡机"
    assert post.published_at is not None
    assert post.published_at.isoformat() == "2025-05-06T08:30:00+08:00"


def test_numbers_are_snapshots_and_the_piece_belongs_to_its_day() -> None:
    result = parsed(("标题", MORNING, "视频", 600, 0.22, 48, -2, "21秒"))
    published = date(2025, 5, 6)
    assert values(result) == [
        ("pieces", published, 1),
        ("pieces_video", published, 1),
        ("post_views", CAPTURED, 600),
        ("post_click_rate", CAPTURED, 0.22),
        ("post_likes", CAPTURED, 48),
        ("post_follows", CAPTURED, -2),
        ("post_watch_seconds", CAPTURED, 21),
    ]
    assert {fact.post for fact in result.facts} == {result.posts[0].key}
    assert (result.first_day, result.last_day) == (published, published)


def test_every_fact_knows_its_cell() -> None:
    views = parsed(("标题", MORNING, "视频", 600, None, None, None, None)).facts[-1]
    assert (views.sheet, views.row, views.column) == ("Sheet1", 2, "观看量")


@pytest.mark.parametrize(
    ("form", "pieces"),
    [
        ("图文", ["pieces", "pieces_article"]),
        ("1-3min视频", ["pieces", "pieces_video"]),
        ("直播", ["pieces"]),
    ],
)
def test_pieces_are_told_apart_by_form(form: str, pieces: list[str]) -> None:
    result = parsed(("标题", MORNING, form, None, None, None, None, None))
    assert [fact.metric for fact in result.facts] == pieces


def test_missing_is_no_fact_and_no_problem() -> None:
    result = parsed(("标题", MORNING, "", "-", "--", "—", "计算中", ""))
    assert [fact.metric for fact in result.facts] == ["pieces"]
    assert result.problems == ()


def test_titles_may_be_empty_or_repeat() -> None:
    result = parsed(
        ("每日资讯", MORNING, "图文", 1, 0, 0, 0, 0),
        ("每日资讯", EVENING, "图文", 2, 0, 0, 0, 0),
        ("", EVENING, "图文", 3, 0, 0, 0, 0),
    )
    assert [post.key for post in result.posts] == [
        "2025-05-06T08:30:00|每日资讯",
        "2025-05-06T20:00:00|每日资讯",
        "2025-05-06T20:00:00|",
    ]
    assert result.problems == ()


def test_same_moment_and_title_with_other_numbers_is_a_second_post() -> None:
    result = parsed(("甲", MORNING, "图文", 5, 0, 1, 0, 0), ("甲", MORNING, "图文", 6, 0, 1, 0, 0))
    assert [post.key for post in result.posts] == [
        "2025-05-06T08:30:00|甲",
        "2025-05-06T08:30:00|甲#2",
    ]
    problem = one_problem(result)
    assert (problem.severity, problem.row, problem.column) == ("warning", 3, "笔记标题")
    assert "完全相同" in problem.message


def test_same_row_twice_counts_once() -> None:
    row = ("甲", MORNING, "图文", 5, 0, 1, 0, 0)
    result = parsed(row, row)
    assert (len(result.posts), result.ignored) == (1, 1)
    assert one_problem(result).severity == "warning"


def test_broken_cell_loses_only_itself() -> None:
    result = parsed(("甲", MORNING, "图文", "很多", 0.1, 3, 0, 0))
    assert ("post_likes", CAPTURED, 3) in values(result)
    assert "post_views" not in [fact.metric for fact in result.facts]
    assert one_problem(result) == Problem(
        sheet="Sheet1",
        row=2,
        column="观看量",
        value="很多",
        message="这里应该是数字",
        hint="请改成数字；没有数据时留空或写「-」，不要写文字说明。",
    )


def test_broken_publish_time_loses_the_piece_but_not_the_numbers() -> None:
    result = parsed(("甲", "2052年05月06日", "图文", 5, 0, 0, 0, 0))
    assert "pieces" not in [fact.metric for fact in result.facts]
    assert ("post_views", CAPTURED, 5) in values(result)
    problem = one_problem(result)
    assert (problem.row, problem.column, problem.value) == (2, "首次发布时间", "2052年05月06日")
    assert problem.message == "日期 2052-05-06 还没有到"


def test_missing_publish_time_is_a_warning() -> None:
    result = parsed(("甲", "-", "图文", 5, 0, 0, 0, 0))
    assert one_problem(result).severity == "warning"
    assert result.posts[0].key == "|甲"


def test_row_with_neither_title_nor_moment_is_lost_and_listed() -> None:
    result = parsed(("", "", "图文", 5, 0, 0, 0, 0))
    assert not result.posts and not result.facts
    assert one_problem(result).message == "既没有标题也没有发布时间，认不出是哪条内容"


def test_more_likes_than_views_is_taken_with_a_warning() -> None:
    result = parsed(("甲", MORNING, "图文", 5, 0, 9, 0, 0))
    assert ("post_likes", CAPTURED, 9) in values(result)
    problem = one_problem(result)
    assert (problem.severity, problem.value) == ("warning", "9")
    assert problem.message == "「点赞」9 大于「观看量」5"


def test_likes_below_zero_are_refused() -> None:
    result = parsed(("甲", MORNING, "图文", 5, 0, -1, 0, 0))
    assert "post_likes" not in [fact.metric for fact in result.facts]
    assert one_problem(result).message == "这个数不会小于 0"


def test_rows_that_are_no_data_are_counted_as_ignored() -> None:
    result = parsed(
        ("合计", None, None, 600, None, 48, 6, None),
        HEADER,
        ("数据更新至昨日", None, None, None, None, None, None, None),
        (None,) * 8,
        ("全部", MORNING, "图文", 1, 0, 0, 0, 0),
    )
    assert result.ignored == 3
    assert [post.title for post in result.posts] == ["全部"]


def test_percent_in_the_header_overrules_the_usual_scale() -> None:
    header = tuple("封面点击率(%)" if text == "封面点击率" else text for text in HEADER)
    [(found, recognition)] = recognise([table(header, ("甲", MORNING, "图文", 5, 6.5, 0, 0, 0))])
    result = parse(found, recognition, captured_on=CAPTURED, today=TODAY)
    assert ("post_click_rate", CAPTURED, 0.065) in values(result)
