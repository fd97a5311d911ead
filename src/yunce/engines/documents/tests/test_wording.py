"""Text is made legal for XML and short enough for a cell, and stays itself otherwise."""

from __future__ import annotations

import pytest

from yunce.engines.documents.wording import (
    CELL_LIMIT,
    clean,
    cut_for_cell,
    looks_like_formula,
    text_for_cell,
    utf16_length,
)


def test_characters_xml_forbids_are_removed() -> None:
    assert clean("铃\x07声\x00\x1f\ufffe\ud800😀") == "铃声😀"


def test_every_line_break_becomes_a_newline() -> None:
    assert clean("一\r\n二\r三\u2028四") == "一\n二\n三\n四"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "＝1+1", "  =1"])
def test_what_a_spreadsheet_would_calculate_is_noticed(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize("text", ["", "图文 20 篇", "A=B", "5/1–5/30"])
def test_ordinary_text_is_not_taken_for_a_formula(text: str) -> None:
    assert not looks_like_formula(text)


def test_text_at_the_limit_is_kept_whole() -> None:
    assert cut_for_cell("字" * CELL_LIMIT) == "字" * CELL_LIMIT


def test_longer_text_is_cut_and_says_so() -> None:
    cut = cut_for_cell("字" * 40_000)
    assert utf16_length(cut) == CELL_LIMIT
    assert cut.endswith("字……（全文共 40,000 字，超出单元格上限，此处截断）")


def test_an_emoji_is_never_cut_in_half() -> None:
    cut = cut_for_cell("😀" * 20_000)
    assert cut.startswith("😀" * 16_000)
    assert utf16_length(cut) <= CELL_LIMIT
    assert "\ufffd" not in cut


def test_rich_text_markup_is_disarmed() -> None:
    assert text_for_cell("<r><t>x</t></r>") == "<r><t>x</t></r> "
