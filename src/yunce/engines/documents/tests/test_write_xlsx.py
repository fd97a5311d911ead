"""The workbook as openpyxl reads it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from yunce.engines.documents import Cell, Column, Formula, Outline, Table, achievement, write_xlsx
from yunce.engines.documents.tests import samples
from yunce.engines.documents.xlsx_styles import DEFAULT_FORMAT

HEADER = 5  # title, subtitle, verdict, a gap, then the header
FIRST = HEADER + 1


def opened(outline: Outline, *, computed: bool = False) -> Any:
    return openpyxl.load_workbook(BytesIO(write_xlsx(outline)), data_only=computed).active


def only_cell(text: str) -> Any:
    """Title, gap, header, then the cell."""
    return opened(samples.one_cell(text)).cell(4, 1)


def with_table(*rows: tuple[Cell, ...], columns: tuple[Column, ...]) -> Outline:
    return Outline("表", "", "", samples.MADE, (Table(columns, rows),))


def test_the_summary_has_its_six_columns_and_then_none() -> None:
    sheet = opened(samples.summary())
    assert [cell.value for cell in sheet[HEADER]][:7] == [*samples.SUMMARY_TITLES, None]


def test_the_plan_has_its_seven_columns() -> None:
    sheet = opened(samples.plan())
    assert tuple(cell.value for cell in sheet[4]) == samples.PLAN_TITLES


def test_achievement_is_a_live_formula() -> None:
    assert opened(samples.summary()).cell(FIRST, 3).value == (
        '=IF(AND(ISNUMBER(I6),ISNUMBER(H6),N(H6)<>0),I6/H6,"—")'
    )


def test_readers_that_do_not_calculate_see_the_rates() -> None:
    sheet = opened(samples.summary(), computed=True)
    shown = [f"{sheet.cell(row, 3).value:.0%}" for row in range(FIRST, FIRST + 6)]
    assert shown == ["110%", "108%", "125%", "115%", "117%", "120%"]
    assert sheet.cell(FIRST, 3).number_format == "0%"


def test_an_unknown_rate_is_cached_as_a_dash() -> None:
    columns = (
        Column("达成率", 10, number_format="0%"),
        Column("计划", 9, key="target", helper=True),
        Column("实际", 9, key="actual", helper=True),
    )
    row = (Cell(achievement(None)), Cell(0), Cell(Decimal(22)))
    assert opened(with_table(row, columns=columns), computed=True).cell(4, 1).value == "—"


def test_helper_columns_hold_the_numbers_and_are_folded_away() -> None:
    sheet = opened(samples.summary())
    assert [sheet.cell(FIRST, at).value for at in (8, 9)] == [20, 22]
    assert sheet.column_dimensions["H"].hidden
    assert sheet.print_area == "'2025 年 5 月新媒体运营总结'!$A$1:$F$12"


def test_a_dimension_covers_the_rows_of_its_metrics() -> None:
    merged = {str(area) for area in opened(samples.summary()).merged_cells.ranges}
    assert {"A6:A7", "D6:D7", "A10:A11"} <= merged


def test_the_header_is_frozen_and_printed_on_every_page() -> None:
    sheet = opened(samples.summary())
    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$5:$5"


def test_it_prints_on_a4_landscape_one_page_wide_with_page_numbers() -> None:
    sheet = opened(samples.summary())
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert "第 &P 页，共 &N 页" in sheet.oddFooter.right.text


def test_portrait_is_possible() -> None:
    outline = replace(samples.plan(), landscape=False)
    assert opened(outline).page_setup.orientation != "landscape"


def test_cells_wear_paper_and_ink_in_a_chinese_font() -> None:
    sheet = opened(samples.summary())
    header, rate = sheet.cell(HEADER, 1), sheet.cell(FIRST, 3)
    assert header.fill.fgColor.rgb == "FFF2F0EB"
    assert (rate.font.name, rate.font.color.rgb) == ("Microsoft YaHei", "FF1A7355")
    assert (rate.border.left.style, rate.alignment.wrap_text) == ("thin", True)


def test_long_text_gets_a_higher_row() -> None:
    sheet = opened(samples.one_cell("字" * 200))
    # 200 characters are 400 units; the column offers 142 − 1.5 − 2 = 138.5: three lines.
    assert sheet.row_dimensions[4].height == 3 * 16.5 + 9


def test_a_spanning_text_stretches_the_rows_it_covers() -> None:
    columns = (Column("维度", 10), Column("指标", 10))
    rows = ((Cell("字" * 100, row_span=2), Cell("甲")), (Cell(), Cell("乙")))
    sheet = opened(with_table(*rows, columns=columns))
    # 200 units in 71 − 3.5 = 67.5: three lines, 58.5 points over two rows of 25.5.
    assert [sheet.row_dimensions[row].height for row in (4, 5)] == [29.25, 29.25]


def test_text_higher_than_any_row_is_spread_over_several() -> None:
    columns = (Column("问题", 10), Column("率", 10, number_format="0%"), Column("数", 9, key="n"))
    row = (Cell("字" * 900), Cell(Formula("={n}/2", 1)), Cell(2))
    sheet = opened(with_table(row, row, columns=columns))
    # 1,800 units in 48.97 − 3.5 = 45.47: 40 lines, 669 points, six rows of 111.75 each.
    assert [sheet.row_dimensions[at].height for at in range(4, 16)] == [111.75] * 12
    assert {"A4:A9", "B10:B15"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert [sheet.cell(at, 2).value for at in (4, 10)] == ["=C4/2", "=C10/2"]
    assert sheet.cell(4, 2).alignment.vertical == "top"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "\t=1+1", "=cmd|' /C calc'!A0", "＝1+1"],
)
def test_text_never_becomes_a_formula(text: str) -> None:
    cell = only_cell(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_the_file_holds_no_formula_for_such_text() -> None:
    files = ZipFile(BytesIO(write_xlsx(samples.one_cell("=1+1"))))
    assert b"<f>" not in files.read("xl/worksheets/sheet1.xml")


def test_titles_and_paragraphs_never_become_formulas() -> None:
    outline = replace(samples.summary(), title="=1+1", subtitle="=2+2")
    sheet = opened(outline)
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) for row in (1, 2)] == [
        ("=1+1", "s"),
        ("=2+2", "s"),
    ]


def test_ordinary_text_carries_no_quote_mark() -> None:
    assert not only_cell("图文 20 篇").quotePrefix


def test_an_address_stays_text() -> None:
    assert only_cell("https://example.com/a").hyperlink is None


def test_markup_in_text_is_shown_as_typed() -> None:
    assert only_cell("<r><t>x</t></r>").value.strip() == "<r><t>x</t></r>"


def test_control_characters_are_removed() -> None:
    assert only_cell("铃\x07声\x00").value == "铃声"


def test_very_long_text_is_cut_with_a_note() -> None:
    value = only_cell("字" * 40_000).value
    assert len(value) == 32_767
    assert value.endswith("此处截断）")


def test_numbers_and_days_keep_their_kind() -> None:
    columns = (Column("数", 9), Column("率", 9, number_format="0.0%"), Column("日", 9))
    row = (Cell(12000), Cell(Decimal("0.092")), Cell(date(2025, 5, 8), number_format="m/d"))
    cells = opened(with_table(row, columns=columns))[4]
    assert [cell.value for cell in cells] == [12000, 0.092, datetime(2025, 5, 8)]  # noqa: DTZ001
    assert [cell.number_format for cell in cells] == ["#,##0", "0.0%", "m/d"]


def test_a_blank_cell_is_blank_and_not_zero() -> None:
    assert opened(samples.plan()).cell(5, 7).value in (None, "")


def test_the_same_outline_gives_the_same_bytes() -> None:
    assert write_xlsx(samples.summary()) == write_xlsx(samples.summary())


def test_writing_leaves_the_default_format_as_it_was() -> None:
    before = {**DEFAULT_FORMAT}
    write_xlsx(samples.summary())
    assert before == DEFAULT_FORMAT


def test_the_properties_carry_author_and_time() -> None:
    book = openpyxl.load_workbook(BytesIO(write_xlsx(samples.summary())))
    assert book.properties.creator == "运营组长"
    assert book.properties.created == samples.MADE.astimezone(UTC).replace(tzinfo=None)


def test_an_ampersand_in_the_title_is_no_footer_command() -> None:
    sheet = opened(replace(samples.summary(), title="A&B"))
    assert "A&&B" in sheet.oddFooter.left.text
