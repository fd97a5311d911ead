"""Parts of a whole, sheets that name their metrics row by row, files about one post."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from yunce.engines.platforms import Parsed, ParsedPost, Table, parse, platforms, recognise
from yunce.engines.platforms.tests.workbooks import csv_table, table

TODAY = date(2026, 9, 13)
BASIC = (("指标", "数值"), ("曝光数", 900), ("观看数", 180))


def parsed(*tables: Table, post: ParsedPost | None = None) -> list[Parsed]:
    found = recognise(tables)
    return [parse(t, match, captured_on=TODAY, today=TODAY, post=post) for t, match in found]


def note(name: str, *rows: tuple[Any, ...]) -> Table:
    return replace(table(*(rows or BASIC), sheet="基础数据总览"), file=name)


def values(result: Parsed) -> list[tuple[str, str, float]]:
    return [(fact.metric, fact.segment, fact.value) for fact in result.facts]


def test_the_whole_stands_apart_from_its_channels() -> None:
    [result] = parsed(csv_table("日期,渠道,阅读人数\n2026-09-09,全部,300\n2026-09-09,朋友圈,150\n"))
    assert values(result) == [("readers", "", 300), ("readers", "channel=朋友圈", 150)]
    assert (result.problems, result.ignored) == ((), 0)


def test_a_channel_told_twice_differently_is_a_conflict_of_that_channel_only() -> None:
    rows = "2026-09-09,朋友圈,150\n2026-09-09,朋友圈,151\n2026-09-09,全部,300\n"
    [result] = parsed(csv_table("日期,渠道,阅读人数\n" + rows))
    assert values(result) == [("readers", "", 300)]
    assert result.conflicts == 1


def test_a_country_may_be_called_na_but_not_nothing() -> None:
    rows = "2026-09-09,NA,20\n2026-09-09,,7\n"
    [result] = parsed(csv_table("Date,Geography,Views\n" + rows))
    assert values(result) == [("reads", "region=NA", 20)]
    assert [(p.row, p.column) for p in result.problems] == [(3, "Geography")]


def test_an_unknown_name_in_a_sheet_of_names_is_said() -> None:
    rows = (("指标", "数值"), ("曝光数", 900), ("观看数", 180), ("加热数", 4))
    [result] = parsed(note("春日露营清单.xlsx", *rows))
    [problem] = result.problems
    assert (problem.row, problem.severity) == (4, "warning")
    assert problem.message == "没见过的指标名「加热数」，没有读"
    assert len(result.facts) == 2


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("春日露营清单-数据明细表.xlsx", "春日露营清单"),
        ("folder/春日露营清单_数据明细表 (2).xlsx", "春日露营清单"),
        ("春日露营清单.xlsx", "春日露营清单"),
    ],
)
def test_a_file_about_one_post_is_named_after_it(file: str, title: str) -> None:
    [result] = parsed(note(file))
    assert [(post.key, post.title) for post in result.posts] == [(f"|{title}", title)]
    assert {fact.post for fact in result.facts} == {f"|{title}"}


def test_a_file_about_one_post_without_a_name_is_refused_in_words() -> None:
    [result] = parsed(note("数据明细表.xlsx"))
    assert not result.facts and not result.posts
    [problem] = result.problems
    assert problem.message == "文件里没有写这是哪一条内容的数据"


def test_a_person_may_say_which_post_a_file_is_about() -> None:
    post = ParsedPost(key="k", title="甲", published_at=None)
    [result] = parsed(note("数据明细表.xlsx"), post=post)
    assert result.posts == (post,)
    assert {fact.post for fact in result.facts} == {"k"}


def test_headers_that_prove_nothing_are_left_alone_without_their_company() -> None:
    days = table(("日期", "曝光数"), ("2026年09月10日", 5), sheet="曝光数")
    assert recognise([days]) == []
    both = recognise([note("甲.xlsx"), replace(days, file="甲.xlsx")])
    assert [match.export for _table, match in both] == ["note_basic", "note_days"]


def test_company_in_another_file_is_no_company() -> None:
    days = table(("日期", "曝光数"), ("2026年09月10日", 5), sheet="曝光数")
    found = recognise([note("甲.xlsx"), replace(days, file="乙.xlsx")])
    assert [match.export for _table, match in found] == ["note_basic"]


def test_ids_tell_posts_apart_that_share_title_and_time() -> None:
    header = "标题,发布时间,ID,展现量,粉丝展现量\n"
    rows = "甲,2026-09-10 08:00:00,1,5,1\n甲,2026-09-10 08:00:00,2,6,1\n"
    [result] = parsed(csv_table(header + rows))
    assert [post.platform_id for post in result.posts] == ["1", "2"]
    assert result.problems == ()


def test_the_same_id_told_twice_differently_is_named() -> None:
    header = "标题,发布时间,ID,展现量,粉丝展现量\n"
    rows = "甲,2026-09-10 08:00:00,1,5,1\n甲,2026-09-10 08:00:00,1,6,1\n"
    [result] = parsed(csv_table(header + rows))
    assert [problem.severity for problem in result.problems] == ["warning"]


def test_a_post_with_nothing_but_an_id_is_still_a_post() -> None:
    header = "视频描述,视频ID,发布时间,播放量,喜欢,关注量,设为铃声\n"
    [result] = parsed(csv_table(header + ",export/1,,5,1,0,0\n"))
    assert [post.key for post in result.posts] == ["id:export/1"]


def test_what_the_back_end_keeps_is_known_of_some_platforms() -> None:
    kept = {key: platform.window_days for key, platform in platforms().items()}
    assert (kept["wechat_mp"], kept["douyin"], kept["kuaishou"]) == (90, 30, 0)
