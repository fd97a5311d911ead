"""Tables as people make them: merged cells, banners, columns in any order, inside a document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunce.engines.plantables import Column, PlanFileError
from yunce.engines.plantables.tests.tables import (
    HEADS,
    excel,
    one_row,
    read,
    saved,
    word,
)
from yunce.kit.months import Month
from yunce.kit.timing import Timing

FOLLOWERS = (
    "用户增长",
    "新增粉丝 12,000",
    "3 场直播 × 3,000",
    "运营组长",
    "5/10",
    "观看 ≥ 2,000",
    "",
)
EVENTS = ("", "", "2 场裂变 × 1,500", "社群专员", "5/15、5/25", "参与 ≥ 500", "")


@pytest.mark.parametrize("content", [word([FOLLOWERS, EVENTS]), excel([FOLLOWERS, EVENTS])])
def test_word_and_excel_tell_the_same(content: bytes) -> None:
    plan = read(content)
    assert [goal.target.words for goal in plan.goals] == ["新增粉丝"]
    assert [task.title for task in plan.tasks_of(0)] == ["3 场直播 × 3,000", "2 场裂变 × 1,500"]
    assert plan.tasks[1].owners == ("社群专员",)
    assert plan.tasks[1].timing == Timing(nodes=(date(2025, 5, 15), date(2025, 5, 25)))
    assert plan.tasks[1].standard == "参与 ≥ 500"


def test_cells_merged_downwards_hold_for_every_row_in_word() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=7)
    for at, row in enumerate((HEADS, FOLLOWERS, EVENTS)):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for column in (0, 1):
        table.cell(1, column).merge(table.cell(2, column))
    plan = read(saved(document))
    assert len(plan.goals) == 1
    assert [task.goals for task in plan.tasks] == [(0,), (0,)]


def test_cells_merged_downwards_and_a_banner_in_excel() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["内容电商组 2025 年 5 月计划"])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    for row in (HEADS, FOLLOWERS, EVENTS):
        sheet.append(list(row))
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("B4:B5")
    plan = read(saved(book), "plan.xlsx")
    assert plan.month == Month(2025, 5)
    assert len(plan.goals) == 1
    assert plan.goals[0].place.row == 4
    assert [task.goals for task in plan.tasks] == [(0,), (0,)]


def test_columns_in_another_order_some_missing() -> None:
    heads = ("责任人", "重点工作", "KPI", "验收标准")
    plan = read(
        word([("运营组长", "3 场直播 × 3,000", "新增粉丝 9,000", "观看 ≥ 2,000")], heads=heads)
    )
    assert plan.columns == {Column.OWNERS, Column.TASK, Column.METRIC, Column.STANDARD}
    assert (plan.tasks[0].owners, plan.tasks[0].standard) == (("运营组长",), "观看 ≥ 2,000")


def test_must_and_stretch_may_have_columns_of_their_own() -> None:
    heads = ("维度", "指标", "必达目标", "挑战目标", "任务")
    plan = read(word([("用户增长", "新增粉丝", "12,000", "1.3万", "直播")], heads=heads))
    target = plan.goals[0].target
    assert target.words == "新增粉丝"
    assert (target.must, target.stretch) == (Decimal(12_000), Decimal(13_000))


def test_the_plan_may_stand_inside_a_long_document_after_another_table() -> None:
    document = docx.Document()
    document.add_heading("2025 年 5 月规划方案")
    other = document.add_table(rows=1, cols=2)
    other.cell(0, 0).text, other.cell(0, 1).text = "渠道", "预算"
    document.add_paragraph("目标计划表")
    table = document.add_table(rows=0, cols=7)
    for row in (HEADS, FOLLOWERS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    plan = read(saved(document))
    place = plan.goals[0].place
    assert (place.table, place.name, place.row, place.column) == (
        2,
        "目标计划表",
        2,
        "具体指标（计划值）",
    )


def test_several_tasks_in_a_cell_share_their_row() -> None:
    row = (
        "用户增长",
        "新增粉丝 12,000",
        "1. 3 场直播，每场 3,000\n2. 2 场裂变，每场 1,500",
        "运营组长、社群专员",
        "直播：5/10、5/20、5/30；裂变：5/15、5/25",
        "1. 观看 ≥ 2,000\n2. 参与 ≥ 500",
        "",
    )
    plan = read(word([row]))
    assert [task.title for task in plan.tasks] == ["3 场直播，每场 3,000", "2 场裂变，每场 1,500"]
    assert [len(task.timing.nodes) for task in plan.tasks] == [3, 2]
    assert [task.standard for task in plan.tasks] == ["观看 ≥ 2,000", "参与 ≥ 500"]
    assert [task.owners for task in plan.tasks] == [("运营组长", "社群专员")] * 2


DAYS = [
    ("5/10、5/20、5/30", Timing(nodes=(date(2025, 5, 10), date(2025, 5, 20), date(2025, 5, 30)))),
    ("5月10日,5月20日", Timing(nodes=(date(2025, 5, 10), date(2025, 5, 20)))),
    ("1–30 日", Timing(date(2025, 5, 1), date(2025, 5, 30))),
    ("每日", Timing(date(2025, 5, 1), date(2025, 5, 31), words="每日")),
    ("每日 5/1–5/31", Timing(date(2025, 5, 1), date(2025, 5, 31), words="每日")),
    ("5月1日-5月31日（每日）", Timing(date(2025, 5, 1), date(2025, 5, 31))),
    ("全月", Timing(date(2025, 5, 1), date(2025, 5, 31))),
    ("月底前", Timing(ends_on=date(2025, 5, 31))),
    ("中旬", Timing(date(2025, 5, 11), date(2025, 5, 20))),
    ("直播日期：5/10、5/20", Timing(nodes=(date(2025, 5, 10), date(2025, 5, 20)))),
    ("2025-05-10", Timing(nodes=(date(2025, 5, 10),))),
    ("截止 5/20", Timing(nodes=(date(2025, 5, 20),))),
]


@pytest.mark.parametrize(("text", "meant"), DAYS)
def test_days(text: str, meant: Timing) -> None:
    row = ("用户增长", "新增粉丝 9,000", "3 场直播 × 3,000", "运营组长", text, "观看 ≥ 2,000", "")
    assert read(word([row])).tasks[0].timing == meant


def test_what_is_no_day_is_listed_with_its_place() -> None:
    row = ("用户增长", "新增粉丝 9,000", "3 场直播 × 3,000", "运营组长", "等通知", "", "")
    (unread,) = read(word([row])).unread
    assert (unread.text, unread.place.row, unread.place.column) == ("等通知", 2, "时间节点")


def test_owners_are_parted_by_every_sign_people_use() -> None:
    row = ("", "新增粉丝 9", "直播", "运营组长+社群专员、UI 设计/推广专员，王文案", "5/10", "", "")
    owners = read(word([row])).tasks[0].owners
    assert owners == ("运营组长", "社群专员", "UI 设计", "推广专员", "王文案")


def test_a_row_across_the_table_names_the_dimension() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    for at, row in enumerate(
        (
            ("指标", "任务", "负责人", "时间"),
            ("用户增长", "", "", ""),
            ("新增粉丝 9", "直播", "王", "5/1"),
        )
    ):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    table.cell(1, 0).merge(table.cell(1, 3))
    plan = read(saved(document))
    assert [goal.dimension for goal in plan.goals] == ["用户增长"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "不是 Word"),
        (b"hello", "不是 Word"),
        (b"PK\x03\x04word/document.xml", "已损坏"),
        (b"PK\x03\x04xl/workbook.xml", "已损坏"),
        (b"\xd0\xcf\x11\xe0 encrypted", "打开密码"),
        (word([], heads=("完成情况（实际值）", "亮点分析")), "没有找到计划表"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(PlanFileError, match=sentence):
        read(content)


def test_a_file_cut_anywhere_is_a_sentence_too() -> None:
    whole = word([FOLLOWERS])
    for end in range(0, len(whole), len(whole) // 40):
        with pytest.raises(PlanFileError):
            read(whole[:end])


COUNTS, AMOUNTS = st.integers(1, 99), st.integers(1, 999_999)
PHRASES = st.sampled_from(
    [
        "{n} 场直播 × {a}",
        "{n}场直播，每场新增{a}人",
        "{n} 场直播（每场 ≥ {a}）",
        "直播 {n} 场，每场 {a}",
        "{n} 场直播，{a}/场",
        "直播：{n}场×{a}",
    ]
)
NUMBERS = st.sampled_from(["{}", "{:,}"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(PHRASES, COUNTS, AMOUNTS, NUMBERS), min_size=1, max_size=4), st.booleans()
)
def test_what_is_written_is_what_is_counted(
    parts: list[tuple[str, int, int, str]], as_lines: bool
) -> None:
    said = [phrase.format(n=count, a=form.format(amount)) for phrase, count, amount, form in parts]
    plan = one_row("新增粉丝 12,000 人", ("\n" if as_lines else "；").join(said))
    amounts = [share.amount for share in plan.shares(0)]
    assert amounts == [count * amount for _phrase, count, amount, _form in parts]
