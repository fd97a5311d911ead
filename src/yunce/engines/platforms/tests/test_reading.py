"""Reading good files: what a file is gets decided by its content."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from yunce.engines.platforms import read_tables
from yunce.engines.platforms.tests.hostile import NS, book
from yunce.engines.platforms.tests.workbooks import old_workbook, workbook

TEXT = "日期,播放量\r\n2025-05-01,12\r\n"
ROWS = (("日期", "播放量"), ("2025-05-01", "12"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_is_read_in_every_encoding_chinese_tools_write(encoding: str) -> None:
    [table] = read_tables(TEXT.encode(encoding), "数据.csv")
    assert table.rows == ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiter_is_found(delimiter: str) -> None:
    [table] = read_tables(TEXT.replace(",", delimiter).encode(), "数据.txt")
    assert table.rows == ROWS


def test_csv_named_xls_is_still_csv() -> None:
    [table] = read_tables(TEXT.encode("gb18030"), "日报表.xls")
    assert (table.file, table.sheet, table.rows) == ("日报表.xls", "", ROWS)


def test_workbook_named_csv_is_still_a_workbook() -> None:
    [table] = read_tables(workbook(ROWS, sheet="数据"), "数据.csv")
    assert (table.sheet, table.rows) == ("数据", ROWS)


def test_line_breaks_inside_quotes_stay_in_their_cell() -> None:
    [table] = read_tables('标题,播放量\r\n"第一行\n第二行",3\r\n'.encode(), "x.csv")
    assert table.rows[1] == ("第一行\n第二行", "3")


def test_cells_keep_their_kind() -> None:
    row = ("字", 1.5, True, datetime(2025, 5, 1, 9, 30), date(2025, 5, 1), time(0, 4, 34))  # noqa: DTZ001
    [table] = read_tables(workbook([row]), "x.xlsx")
    assert table.rows == (row,)


def test_first_row_stays_row_one_when_the_sheet_starts_lower() -> None:
    [table] = read_tables(workbook([(), (), (None, "日期")]), "x.xlsx")
    assert table.rows == ((None, None), (None, None), (None, "日期"))


def test_empty_edges_are_cut_and_rows_are_equally_wide() -> None:
    [table] = read_tables("日期,播放量,,\n1\n,,,\n".encode(), "x.csv")
    assert table.rows == (("日期", "播放量"), ("1", None))


def test_creation_day_is_the_day_in_shanghai() -> None:
    made = datetime(2026, 7, 11, 18, 9, 20, tzinfo=UTC)  # 02:09 the next day in Shanghai
    [table] = read_tables(workbook(ROWS, created=made), "x.xlsx")
    assert table.created == date(2026, 7, 12)


def test_workbook_without_shared_strings_is_read() -> None:
    date = '<c r="A1" t="inlineStr"><is><t>日期 sst</t></is></c>'
    cells = f'<row r="1">{date}<c r="B1"><v>1</v></c></row>'
    [table] = read_tables(book(cells=cells, shared=f'<sst xmlns="{NS}" count="0"/>'), "x.xlsx")
    assert table.rows == (("日期 sst", 1),)


def test_old_workbook_is_read() -> None:
    [table] = read_tables(old_workbook({(0, 0): 20250501, (1, 1): 12}), "旧.xls")
    assert table.rows == ((20250501, None), (None, 12))
