"""The Word file as python-docx reads it back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from yunce.engines.documents import Heading, Outline, write_docx
from yunce.engines.documents.tests import samples


def opened(outline: Outline) -> Any:
    return docx.Document(BytesIO(write_docx(outline)))


def rows(outline: Outline) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in opened(outline).tables[0].rows]


def test_the_summary_has_exactly_its_six_columns() -> None:
    assert tuple(rows(samples.summary())[0]) == samples.SUMMARY_TITLES


def test_the_plan_has_exactly_its_seven_columns() -> None:
    assert tuple(rows(samples.plan())[0]) == samples.PLAN_TITLES


def test_rates_are_printed() -> None:
    shown = [row[2] for row in rows(samples.summary())[1:]]
    assert shown == ["110%", "108%", "125%", "115%", "117%", "120%"]


def test_a_dimension_covers_the_rows_of_its_metrics() -> None:
    table = opened(samples.summary()).tables[0]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(2, 0)._tc is not table.cell(3, 0)._tc
    assert table.cell(3, 0).text == "用户增长"


def test_the_header_row_repeats_and_no_row_breaks_across_pages() -> None:
    table = opened(samples.summary()).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_page_is_a4_landscape() -> None:
    section = opened(samples.summary()).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_portrait_is_possible() -> None:
    section = opened(replace(samples.plan(), landscape=False)).sections[0]
    assert section.orientation == WD_ORIENT.PORTRAIT
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_table_fills_the_page_between_the_margins() -> None:
    table = opened(samples.plan()).tables[0]
    total = sum(cell.width.mm for cell in table.rows[0].cells)
    assert 266 < total <= 267.1  # 297 − 2 × 15


def test_every_style_names_the_chinese_font() -> None:
    styles = opened(samples.summary()).styles
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_word_is_told_the_text_is_chinese() -> None:
    document = opened(samples.summary())
    language = document.settings.element.find(qn("w:themeFontLang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_the_footer_counts_pages() -> None:
    footer = opened(samples.summary()).sections[0].footer.paragraphs[0]._p
    fields = [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_headings_are_headings() -> None:
    outline = replace(samples.plan(), blocks=(Heading("一、概况"), Heading("1.1 目标", 2)))
    styles = [p.style.name for p in opened(outline).paragraphs if p.text[:1] in "一1"]
    assert styles == ["Heading 1", "Heading 2"]


def test_header_and_tone_wear_paper_and_ink() -> None:
    table = opened(samples.summary()).tables[0]
    shading = table.cell(0, 0)._tc.tcPr.find(qn("w:shd"))
    assert shading.get(qn("w:fill")) == "F2F0EB"
    assert str(table.cell(1, 2).paragraphs[0].runs[0].font.color.rgb) == "1A7355"


def test_line_breaks_are_kept() -> None:
    assert rows(samples.one_cell("一行\r\n二行"))[1] == ["一行\n二行"]


def test_control_characters_are_removed() -> None:
    assert rows(samples.one_cell("铃\x07声\x00"))[1] == ["铃声"]


def test_text_like_a_formula_is_plain_text() -> None:
    assert rows(samples.one_cell("=1+1"))[1] == ["=1+1"]


def test_the_same_outline_gives_the_same_bytes() -> None:
    assert write_docx(samples.summary()) == write_docx(samples.summary())


def test_the_properties_carry_author_and_time() -> None:
    properties = opened(samples.summary()).core_properties
    assert (properties.author, properties.comments) == ("运营组长", "")
    assert properties.created == samples.MADE
