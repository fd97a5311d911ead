"""A document with a cover: its chapters as links, its running head, prompts, turned pages."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from yunce.engines.documents import (
    Block,
    Cell,
    Column,
    Cover,
    Heading,
    Outline,
    Paragraph,
    Prompt,
    Table,
    Turn,
    write_docx,
    write_xlsx,
)
from yunce.engines.documents.tests import samples

COVER = Cover("内容电商组", "用 3 场直播拉新。", (("状态", "已定稿"), ("版本", "v3")))
PROMPT = Prompt("写竞品做了什么", "运营组长", "竞品 A 连发 6 篇测评")
CHAPTERS = (
    Heading("一、概述", on_new_page=True),
    Heading("1.1 目标", 2),
    Paragraph("六个目标。"),
    samples.plan_table(),
    Heading("二、背景"),
    PROMPT,
)


def long_one(*blocks: Block) -> Outline:
    return replace(
        samples.plan(), title="月度规划方案", subtitle="2025 年 5 月", blocks=blocks, cover=COVER
    )


def opened(outline: Outline) -> Any:
    return docx.Document(BytesIO(write_docx(outline)))


def test_the_cover_says_whose_it_is_and_what_it_wants() -> None:
    texts = [paragraph.text for paragraph in opened(long_one(*CHAPTERS)).paragraphs]
    wanted = ["内容电商组", "月度规划方案", "2025 年 5 月", "用 3 场直播拉新。", "状态\t已定稿"]
    assert [text for text in texts if text in wanted] == wanted


def test_the_cover_has_neither_header_nor_footer() -> None:
    section = opened(long_one(*CHAPTERS)).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_footer.paragraphs[0].text == ""
    assert section.header.paragraphs[0].text == "内容电商组　·　2025 年 5 月"


def test_chapters_are_links_to_bookmarks_with_their_page_as_a_field() -> None:
    body = opened(long_one(*CHAPTERS)).element.body
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    fields = [field.get(qn("w:instr")) for field in body.iter(qn("w:fldSimple"))]
    assert len(set(marks)) == 3
    assert links == marks
    assert fields == [f"PAGEREF {name} \\h" for name in marks]


def test_no_page_number_is_guessed() -> None:
    body = opened(long_one(*CHAPTERS)).element.body
    kept = [text.text for f in body.iter(qn("w:fldSimple")) for text in f.iter(qn("w:t"))]
    assert "".join(text or "" for text in kept) == ""


def test_two_headings_that_read_alike_have_two_bookmarks() -> None:
    body = opened(long_one(Heading("小结", 2), Heading("小结", 2))).element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == 2


def test_a_chapter_may_begin_on_a_new_page() -> None:
    headings = [p for p in opened(long_one(*CHAPTERS)).paragraphs if p.style.name == "Heading 1"]
    assert [p.paragraph_format.page_break_before for p in headings] == [True, None]


def test_a_sentence_stays_with_the_table_under_it() -> None:
    [lead] = [p for p in opened(long_one(*CHAPTERS)).paragraphs if p.text == "六个目标。"]
    assert lead.paragraph_format.keep_with_next


def test_a_prompt_looks_like_no_finished_text() -> None:
    document = opened(long_one(*CHAPTERS))
    [prompt] = [p for p in document.paragraphs if p.style.name == "Yunce Prompt"]
    assert prompt.text.split("\n") == [
        "待填写　写竞品做了什么",
        "谁来写　运营组长",
        "例如　竞品 A 连发 6 篇测评",
    ]
    properties = prompt.style.element.pPr
    assert properties.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "dashed"
    assert properties.find(qn("w:shd")).get(qn("w:fill")) == "FBF7EC"


def test_pages_turn_and_the_table_fills_the_wider_page() -> None:
    outline = replace(long_one(Turn(landscape=True), samples.plan_table()), landscape=False)
    document = opened(outline)
    first, second = document.sections
    assert (first.orientation, second.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert not second.different_first_page_header_footer
    total = sum(cell.width.mm for cell in document.tables[0].rows[0].cells)
    assert 266 < total <= 267.1  # 297 − 2 × 15


def test_a_shaded_cell_lies_on_the_headers_ground() -> None:
    table = Table((Column("日", 4),), ((Cell("5/1", is_shaded=True),), (Cell("5/6"),)))
    drawn = opened(long_one(table)).tables[0]
    fills = [drawn.cell(row, 0)._tc.tcPr.find(qn("w:shd")) for row in (1, 2)]
    assert fills[0].get(qn("w:fill")) == "F2F0EB"
    assert fills[1] is None


def test_a_workbook_lists_a_prompt_in_words_and_turns_nothing() -> None:
    sheet: Any = openpyxl.load_workbook(BytesIO(write_xlsx(long_one(Turn(True), PROMPT)))).active
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert values[-3:] == [
        "待填写：写竞品做了什么",
        "谁来写：运营组长",
        "例如：竞品 A 连发 6 篇测评",
    ]
