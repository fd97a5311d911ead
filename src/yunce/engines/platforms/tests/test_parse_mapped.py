"""A table read the way a person said."""

from __future__ import annotations

from datetime import date

from yunce.engines.platforms import ColumnMapping, ColumnUse, Parsed, parse_mapped
from yunce.engines.platforms.tests.workbooks import csv_table

TODAY = date(2025, 5, 20)
RATES = frozenset({"conversion_rate"})
DATE = ColumnUse(index=0, role="date")
TITLE = ColumnUse(index=0, role="title")


def parsed(text: str, *uses: ColumnUse, header_row: int = 1) -> Parsed:
    mapping = ColumnMapping(header_row=header_row, columns=uses)
    table = csv_table(text)
    return parse_mapped(table, mapping, captured_on=TODAY, today=TODAY, percent_metrics=RATES)


def metric(index: int, code: str, scale: str = "number") -> ColumnUse:
    use = {"index": index, "role": "metric", "metric": code, "scale": scale}
    return ColumnMapping.from_json({"header_row": 1, "columns": [use]}).columns[0]


def test_days_are_read_below_the_header() -> None:
    text = "五月\n日期,订单\n2025-05-01,1.2万\n合计,12000\n"
    result = parsed(text, DATE, metric(1, "orders"), header_row=2)
    [fact] = result.facts
    assert (fact.metric, fact.day, fact.value) == ("orders", date(2025, 5, 1), 12_000)
    assert (fact.row, fact.column) == (3, "订单")
    assert (result.platform, result.export, result.ignored) == (None, "", 1)


def test_posts_are_snapshots_of_the_day_captured() -> None:
    text = "标题,发布,阅读\n甲,2025-05-01 08:00,5\n"
    published = ColumnUse(index=1, role="published")
    result = parsed(text, TITLE, published, metric(2, "post_views"))
    assert [(f.post, f.metric, f.day, f.value) for f in result.facts] == [
        ("2025-05-01T08:00:00|甲", "pieces", date(2025, 5, 1), 1),
        ("2025-05-01T08:00:00|甲", "post_views", TODAY, 5),
    ]


def test_posts_with_a_date_column_have_a_value_for_each_day() -> None:
    text = "标题,日期,阅读\n甲,2025-05-01,5\n甲,2025-05-02,9\n"
    result = parsed(text, TITLE, ColumnUse(index=1, role="date"), metric(2, "post_views"))
    assert [(f.post, f.day, f.value) for f in result.facts] == [
        ("|甲", date(2025, 5, 1), 5),
        ("|甲", date(2025, 5, 2), 9),
    ]
    assert result.problems == ()


def test_rate_without_a_scale_gets_one_from_its_whole_column() -> None:
    text = "日期,转化率\n2025-05-01,1.5\n2025-05-02,0.5\n2025-05-03,2%\n"
    result = parsed(text, DATE, metric(1, "conversion_rate"))
    assert [fact.value for fact in result.facts] == [0.015, 0.005, 0.02]


def test_count_read_as_a_rate_is_refused() -> None:
    result = parsed("日期,订单\n2025-05-01,5\n", DATE, metric(1, "orders", "percent"))
    [problem, *_rest] = result.problems
    assert (problem.column, problem.row) == ("订单", None)
    assert problem.message == "这一列选成了比例，但对应的指标不是比例"
    assert result.facts == ()


def test_one_metric_cannot_have_two_columns() -> None:
    text = "日期,分享,转发\n2025-05-01,5,6\n"
    result = parsed(text, DATE, metric(1, "shares"), metric(2, "shares"))
    assert [fact.value for fact in result.facts] == [5]
    assert [problem.column for problem in result.problems] == ["转发"]


def test_mapping_made_for_a_wider_table_says_so() -> None:
    result = parsed("日期,订单\n2025-05-01,5\n", DATE, metric(1, "orders"), metric(7, "reads"))
    assert [fact.value for fact in result.facts] == [5]
    assert [p.message for p in result.problems] == ["设置里用到第 8 列，但表格只有 2 列"]


def test_mapping_without_a_day_or_title_reads_nothing() -> None:
    result = parsed("日期,订单\n2025-05-01,5\n", metric(1, "orders"))
    assert [p.message for p in result.problems] == ["没有选择日期列，也没有选择标题列"]
    assert result.facts == ()


def test_mapping_without_a_metric_reads_nothing() -> None:
    result = parsed("日期,订单\n2025-05-01,5\n", DATE)
    assert [p.message for p in result.problems] == ["没有一列对应到指标"]


def test_known_counts_cannot_be_negative_but_a_teams_own_metric_can() -> None:
    text = "日期,点赞,净收入\n2025-05-01,-5,-6\n"
    result = parsed(text, DATE, metric(1, "likes"), metric(2, "net_income"))
    assert [(f.metric, f.value) for f in result.facts] == [("net_income", -6)]
    assert [p.column for p in result.problems] == ["点赞"]


def test_parts_of_a_whole_are_told_apart_and_the_whole_kept() -> None:
    text = "日期,渠道,订单\n2025-05-01,全部,9\n2025-05-01,门店,4\n2025-05-01,直播,5\n"
    part = ColumnUse(index=1, role="segment", header="渠道")
    result = parsed(text, DATE, part, metric(2, "orders"))
    assert [(f.segment, f.value) for f in result.facts] == [
        ("", 9),
        ("channel=门店", 4),
        ("channel=直播", 5),
    ]


def test_a_row_that_does_not_say_which_part_it_is_is_listed() -> None:
    part = ColumnUse(index=1, role="segment", header="门店 = 分店")
    result = parsed("日期,门店,订单\n2025-05-01,,9\n", DATE, part, metric(2, "orders"))
    assert result.facts == ()
    assert [(p.row, p.message) for p in result.problems] == [(2, "这一行没有写明「门店」")]


def test_posts_may_bring_their_id_link_and_form() -> None:
    text = "标题,编号,链接,体裁,阅读\n甲,v1,https://e.cn/1,视频,5\n"
    uses = ColumnUse(1, "id"), ColumnUse(2, "url"), ColumnUse(3, "form")
    [post] = parsed(text, TITLE, *uses, metric(4, "post_views")).posts
    assert (post.platform_id, post.url, post.form) == ("v1", "https://e.cn/1", "视频")
