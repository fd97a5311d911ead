"""Long files: a quick first look, and rows that are read as they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from yunce.engines.platforms import Table, peek_tables, read_tables
from yunce.engines.platforms._reading import delimited
from yunce.engines.platforms.tests.workbooks import old_workbook, workbook

HEADER = ("日期", "标题", "播放量")


def text(rows: int) -> str:
    return "日期,标题,播放量\n" + "".join(f'2025-05-01,"第\n{n} 条",{n}\n' for n in range(rows))


@pytest.fixture
def long_table(monkeypatch: pytest.MonkeyPatch) -> Table:
    monkeypatch.setattr(delimited, "_HELD", 0)
    monkeypatch.setattr(delimited, "_BLOCK", 7)
    return read_tables(text(100).encode(), "作品.csv")[0]


def test_rows_of_a_long_text_are_not_held_but_all_there(long_table: Table) -> None:
    assert not isinstance(long_table.rows, tuple)
    assert len(long_table.rows) == 101
    posts = [("2025-05-01", f"第\n{n} 条", str(n)) for n in range(100)]
    assert [*long_table.rows] == [HEADER, *posts]


@pytest.mark.parametrize("index", [0, 6, 7, 8, 50, 100, -1])
def test_any_row_of_a_long_text_can_be_asked_for(long_table: Table, index: int) -> None:
    assert long_table.rows[index] == tuple(long_table.rows)[index]


@pytest.mark.parametrize("part", [slice(3), slice(2, None), slice(13, 15), slice(9, 2), slice(-2)])
def test_any_part_of_a_long_text_can_be_asked_for(long_table: Table, part: slice) -> None:
    assert tuple(long_table.rows[part]) == tuple(long_table.rows)[part]
    assert tuple(long_table.rows[1:][part]) == tuple(long_table.rows)[1:][part]


def test_row_beyond_the_end_is_an_index_error(long_table: Table) -> None:
    with pytest.raises(IndexError):
        long_table.rows[101]


def test_blocks_are_columns_of_the_rows(long_table: Table) -> None:
    blocks = [*long_table.blocks(start=1, size=60)]
    assert [(start, len(block[0])) for start, block in blocks] == [(1, 60), (61, 40)]
    assert [*blocks[0][1][2], *blocks[1][1][2]] == [str(n) for n in range(100)]


FILES: dict[str, Callable[[], bytes]] = {
    "text": lambda: text(60_000).encode(),
    "text in GB18030": lambda: text(60_000).encode("gb18030"),
    "text in UTF-16": lambda: text(60_000).encode("utf-16"),
    "workbook": lambda: workbook([HEADER, *(("2025-05-01", f"第{n}条", n) for n in range(3_000))]),
    "old workbook": lambda: old_workbook({(n, m): n for n in range(500) for m in range(2)}),
    "page": lambda: b"<table>" + b"<tr><td>1<td>2" * 500,
}


@pytest.mark.parametrize("kind", FILES)
def test_first_look_shows_the_first_rows_of_the_whole(kind: str) -> None:
    content = FILES[kind]()
    [first], [whole] = peek_tables(content, "x", rows=30), read_tables(content, "x")
    assert tuple(first.rows) == tuple(whole.rows[:30])
    assert len(first.rows) == 30


@pytest.mark.parametrize("kind", FILES)
def test_first_look_at_a_short_file_shows_all_of_it(kind: str) -> None:
    content = FILES[kind]()
    [first], [whole] = peek_tables(content, "x", rows=10**6), read_tables(content, "x")
    assert len(first.rows) <= len(whole.rows)
    assert first.rows[0] == whole.rows[0]
