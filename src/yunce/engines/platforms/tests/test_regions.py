"""Several tables in one sheet: side by side, one under the other, under titles, with gaps."""

from __future__ import annotations

from datetime import date
from typing import Any

from yunce.engines.platforms import Parsed, Recognition, Table, parse, recognise
from yunce.engines.platforms.tests.workbooks import table

TODAY = date(2025, 5, 20)
WORKS = ("作品名称", "发布时间", "体裁", "审核状态", "播放量", "5s完播率", "2s跳出率")
WORK = ("甲", "2025-05-09 19:30:00", "视频", "公开", 5, 0.3, 0.4)
DAILY = ("日期", "净增粉丝", "取关粉丝", "总粉丝量")
DAY = ("2025-05-09", 4, 1, 90)


def read(*rows: tuple[Any, ...]) -> list[tuple[Recognition, Parsed]]:
    width = max(map(len, rows))
    found = recognise([table(*(row + (None,) * (width - len(row)) for row in rows))])
    return [(r, parse(t, r, captured_on=TODAY, today=TODAY)) for t, r in found]


def places(found: list[tuple[Recognition, Parsed]]) -> list[tuple[str, int, int, int, int]]:
    return [
        (r.export, r.header_row, r.first_column, r.last_column, r.last_row) for r, _parsed in found
    ]


def test_tables_side_by_side_are_two_and_errors_keep_the_sheets_places() -> None:
    broken = ("2025-05-10", "很多", 2, 93)
    found = read((None, *WORKS, None, *DAILY), (None, *WORK, None, *DAY), (None,) * 9 + broken)
    assert places(found) == [("works", 1, 2, 8, 3), ("daily", 1, 10, 13, 3)]
    works, daily = (parsed for _recognition, parsed in found)
    assert [f.value for f in works.facts if f.metric == "post_views"] == [5]
    assert [f.value for f in daily.facts if f.metric == "total_followers"] == [90, 93]
    [problem] = daily.problems
    assert (problem.row, problem.column, problem.value) == (3, "净增粉丝", "很多")


def test_tables_under_each_other_end_before_the_next_ones_title() -> None:
    found = read(("作品",), WORKS, WORK, (None,), ("账号",), DAILY, DAY, ("2025-05-10", 5, 2, 93))
    assert places(found) == [("works", 2, 1, 7, 3), ("daily", 6, 1, 4, 8)]
    assert [parsed.ignored for _recognition, parsed in found] == [0, 0]


def test_an_empty_column_does_not_split_an_ordinary_table() -> None:
    header, row = (*WORKS[:4], None, *WORKS[4:]), (*WORK[:4], None, *WORK[4:])
    [(recognition, parsed)] = read(header, row)
    assert (recognition.first_column, recognition.last_column) == (1, 8)
    assert [f.value for f in parsed.facts if f.metric == "post_views"] == [5]


def test_an_empty_row_does_not_end_an_ordinary_table() -> None:
    [(_recognition, parsed)] = read(DAILY, DAY, (None,) * 4, ("2025-05-10", 5, 2, 93))
    assert [f.value for f in parsed.facts if f.metric == "total_followers"] == [90, 93]


def test_the_header_once_more_goes_on_with_the_same_table() -> None:
    found = read(DAILY, DAY, (None,) * 4, DAILY, ("2025-05-10", 5, 2, 93))
    assert places(found) == [("daily", 1, 1, 4, 5)]
    assert (len(found[0][1].facts), found[0][1].ignored) == (6, 1)


def test_headers_under_merged_groups_are_read_together() -> None:
    upper = ("日期", "净增", None, "总粉丝量")
    lower = (None, "粉丝", None, None)
    [(recognition, parsed)] = read(upper, lower, ("2025-05-09", 4, None, 90))
    assert (recognition.header_row, recognition.header_height) == (2, 2)
    assert {fact.metric: fact.value for fact in parsed.facts} == {
        "net_followers_reported": 4,
        "total_followers": 90,
    }


def test_an_unknown_table_below_is_not_read_as_more_rows() -> None:
    [(recognition, parsed)] = read(DAILY, DAY, (None,), ("门店", "店长"), ("东门", "小王"))
    assert (recognition.last_row, recognition.unread_row) == (2, 4)
    [problem] = parsed.problems
    assert (problem.row, problem.severity) == (4, "warning")
    assert problem.message == "第 4 行起还有一张认不出的表，没有读"


def test_a_post_without_numbers_after_an_empty_row_is_still_a_row() -> None:
    found = read(WORKS, WORK, (None,), ("乙", "2025-05-10 08:00:00", "图文", "公开"))
    assert [len(parsed.posts) for _recognition, parsed in found] == [2]


def test_a_sheet_of_many_gaps_is_looked_at_only_so_far() -> None:
    rows = [DAILY, *([("甲", "乙", "丙", "丁"), (None,) * 4] * 2_000)]
    assert places(read(*rows)) == [("daily", 1, 1, 4, 2)]


def test_a_sheet_made_to_cost_time_is_looked_at_only_so_far() -> None:
    """A header in every second row and column, on many sheets."""
    row: tuple[Any, ...] = ("日期", "播放量", None) * 50
    rows = (row, (None,) * 150) * 100
    sheets = [Table(file="x.xlsx", sheet=str(n), rows=rows) for n in range(30)]
    assert len(recognise(sheets)) == 30 * 12


def test_a_table_beside_a_very_wide_one_is_found() -> None:
    wide = tuple(f"店{n}" for n in range(300))
    found = read((*DAILY, None, *wide), (*DAY, None, *range(300)))
    assert places(found) == [("daily", 1, 1, 4, 2)]
