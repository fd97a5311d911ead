"""Web pages named .xls: their tables are read, nothing of them is run or fetched."""

from __future__ import annotations

import pytest

from yunce.engines.platforms import CorruptFileError, NotATableError, TooLargeFileError, read_tables
from yunce.engines.platforms._tables import Row

GROWTH = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>
<table border="1"><tr><td colspan="3">用户增长</td></tr>
<tr><th>时间</th><th>新关注人数</th><th>取消关注人数</th></tr>
<tr><td>2026-08-30</td><td>1,234</td><td>&nbsp;</td></tr></table></body></html>"""


def rows(body: str) -> tuple[Row, ...]:
    [table] = read_tables(body.encode(), "user_analysis.xls")
    return tuple(table.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_page_named_xls_is_read_in_every_encoding(encoding: str) -> None:
    content = GROWTH.format(charset="gb2312").encode(encoding)
    [table] = read_tables(content, "user_analysis.xls")
    assert (table.sheet, table.rows) == (
        "",
        (
            ("用户增长", "用户增长", "用户增长"),
            ("时间", "新关注人数", "取消关注人数"),
            ("2026-08-30", "1,234", None),
        ),
    )


def test_merged_cells_say_the_same_in_every_place_they_cover() -> None:
    body = (
        "<table><tr><td rowspan=2>8月1日<td>朋友圈<td>3"
        "<tr><td>聊天<td>4<tr><td>8月2日<td colspan=2>5</table>"
    )
    assert rows(body) == (("8月1日", "朋友圈", "3"), ("8月1日", "聊天", "4"), ("8月2日", "5", "5"))


def test_several_tables_get_names() -> None:
    body = "<table><tr><td>1<td>2</table><p>x<table></table><table><tr><td>3<td>4</table>"
    tables = read_tables(body.encode(), "x.xls")
    assert [(table.sheet, table.rows) for table in tables] == [
        ("表格1", (("1", "2"),)),
        ("表格2", (("3", "4"),)),
    ]


def test_tables_for_looks_around_the_table_are_not_counted() -> None:
    assert rows("<table><tr><td>菜单<table><tr><td>1<td>2</table></table>") == (("1", "2"),)


def test_scripts_styles_and_comments_are_no_text() -> None:
    body = "<table><tr><td><script>alert(1)</script>a<!-- b --><style>c{}</style><td>1<br>2"
    assert rows(body) == (("a", "1\n2"),)


def test_formulas_in_text_stay_text() -> None:
    assert rows('<table><tr><td>=HYPERLINK("http://x")<td>@SUM(1)') == (
        ('=HYPERLINK("http://x")', "@SUM(1)"),
    )


def test_spans_make_no_bomb() -> None:
    body = "<table><tr>" + "<td colspan=900 rowspan=65000>x" * 2 + "</table>"
    with pytest.raises(TooLargeFileError, match="最多 1000 列"):
        rows(body)


def test_a_span_makes_no_rows_of_its_own() -> None:
    assert rows("<table><tr><td rowspan=60000>a<td>b</table>") == (("a", "b"),)


@pytest.mark.parametrize("span", ["x", "-3", "0", "1.5", "٣", ""])
def test_span_that_is_no_number_is_one(span: str) -> None:
    assert rows(f'<table><tr><td colspan="{span}">a<td>b</table>') == (("a", "b"),)


def test_entities_of_its_own_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    secret = '<!ENTITY f SYSTEM "file:///etc/hostname">'
    [row] = rows(f"{bomb}<html>{secret}<table><tr><td>&b;<td>&f;</table>")
    assert row == ("&b;", "&f;")


def test_page_nested_ten_thousand_deep_ends_in_words() -> None:
    for opening in ("<div>", "<b>", "<table><tr><td>"):
        body = "<html>" + opening * 10_000 + "<table><tr><td>1<td>2"
        with pytest.raises((CorruptFileError, NotATableError, TooLargeFileError)):
            read_tables(body.encode(), "x.xls")


def test_page_too_large_for_a_tree_is_refused() -> None:
    with pytest.raises(TooLargeFileError, match="12 MB"):
        read_tables(b"<table><tr><td>" + b" " * 13 * 1024 * 1024, "x.xls")
