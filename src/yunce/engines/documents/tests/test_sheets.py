"""Every table gets its own sheet, under a name Excel accepts."""

from __future__ import annotations

from yunce.engines.documents import Block, Cell, Column, Heading, Note, Outline, Table
from yunce.engines.documents.sheets import sheets_of
from yunce.engines.documents.tests.samples import MADE


def table(caption: str = "") -> Table:
    return Table((Column("列", 8),), ((Cell("值"),),), caption=caption)


def outline(title: str, *blocks: Block) -> Outline:
    return Outline(title, "", "", MADE, blocks)


def names(made: Outline) -> list[str]:
    return [sheet.name for sheet in sheets_of(made)]


def test_the_first_sheet_is_named_after_the_document() -> None:
    assert names(outline("5 月总结", table())) == ["5 月总结"]


def test_a_second_table_opens_a_second_sheet() -> None:
    assert names(outline("总结", table(), table("改进措施"))) == ["总结", "改进措施"]


def test_a_heading_goes_with_the_table_it_announces() -> None:
    first, second = sheets_of(
        outline("总结", table(), Note("口径"), Heading("下月改进"), Note("共 3 条"), table())
    )
    assert first.blocks == (table(), Note("口径"))
    assert second.blocks == (Heading("下月改进"), Note("共 3 条"), table())
    assert second.name == "下月改进"


def test_characters_excel_forbids_in_a_name_are_left_out() -> None:
    assert names(outline("'5/1[总]结:*?'", table())) == ["5 1 总 结"]


def test_a_long_name_is_cut_at_31() -> None:
    assert names(outline("长" * 40, table())) == ["长" * 31]


def test_names_differ_even_when_excel_ignores_case() -> None:
    made = outline("A", table(), table("a"), table("a 2"))
    assert names(made) == ["A", "a 2", "a 2 3"]


def test_a_document_without_a_title_still_gets_a_sheet() -> None:
    assert names(outline("", Note("空"))) == ["1"]


def test_the_name_excel_keeps_for_itself_is_avoided() -> None:
    assert names(outline("History", table())) == ["History 1"]
