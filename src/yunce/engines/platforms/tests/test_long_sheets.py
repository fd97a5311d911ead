"""A long sheet read by column says exactly what calamine says of it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

import yunce.engines.platforms as engine
from yunce.engines.platforms import CorruptFileError, TooLargeFileError, read_tables
from yunce.engines.platforms._reading import long_sheets, plain
from yunce.engines.platforms._reading.package import checked_package
from yunce.engines.platforms.tests.both_ways import by_calamine, by_column, taken_out
from yunce.engines.platforms.tests.hostile import NS, book, zipped
from yunce.engines.platforms.tests.workbooks import workbook

SAMPLES = sorted((Path(engine.__file__).parent / "samples").rglob("*.xlsx"))
MOMENT = datetime(2025, 5, 1, 8, 30)  # noqa: DTZ001 - as written in the sheet
TEXTS = st.one_of(
    st.sampled_from(
        ("", " ", "  早 安 ", "a\nb", "\t制表", "&lt; <b> & \"'", "_x000D_", "\u3000空", "0.5")
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)
NUMBERS = st.one_of(
    st.integers(-(10**17), 10**17), st.floats(allow_nan=False, allow_infinity=False)
)
# What comes in most files, so that most sheets are plain; the odd rest makes calamine read them.
CELLS = st.one_of(TEXTS, NUMBERS, TEXTS, NUMBERS)
ODD = st.sampled_from((True, MOMENT, "=1+1"))


@st.composite
def books(draw: st.DrawFn) -> bytes:
    """Two sheets with gaps, in a few formats."""
    file = BytesIO()
    with Workbook(file) as made:
        formats = [None, made.add_format({"num_format": "0.00"}), made.add_format({"bold": True})]
        dates = made.add_format({"num_format": "yyyy-mm-dd"})
        kinds = st.one_of(CELLS, ODD) if draw(st.booleans()) else CELLS
        for _sheet in range(2):
            sheet = made.add_worksheet()
            for row, column in draw(
                st.sets(st.tuples(st.integers(0, 8), st.integers(0, 30)), max_size=20)
            ):
                cell, look = draw(kinds), draw(st.sampled_from(formats))
                if isinstance(cell, str) and not cell.startswith("="):
                    sheet.write_string(row, column, cell, look)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell, dates)
                else:
                    sheet.write(row, column, cell, look)
            sheet.write_blank(9, 3, None, formats[2])
    return file.getvalue()


@settings(deadline=None, max_examples=150)
@given(content=books())
def test_both_ways_say_the_same(content: bytes) -> None:
    assert by_column(content) == by_calamine(content)


PARTS = (
    *(
        '<row r="{n}" spans="1:3">',
        "<row>",
        "</row>",
        "</row><row>",
        '<row r="1"/>',
        "</c>",
        "</v>",
    ),
    *(
        '<c r="A{n}"><v>{n}</v></c>',
        '<c r="B{n}" s="1"><v>0.{n}</v></c>',
        '<c r="C{n}" t="s"><v>1</v></c>',
    ),
    *(
        '<c r="D{n}" s="0" t="s"><v>0</v></c>',
        '<c r="E{n}" t="s" s="1"><v>2</v></c>',
        '<c r="F{n}" s="1"/>',
    ),
    *('<c r="AA{n}"><v>1e{n}</v></c>', '<c r="AB{n}"><v></v></c>', '<c r="AC{n}"></c>', "<v>1</v>"),
    *(
        '<c r="AD{n}" t="b"><v>1</v></c>',
        '<c r="AE{n}" t="str"><v>x</v></c>',
        '<c t="s"><v>0</v></c>',
    ),
    *(
        '<c r="AF{n}"><f>1+1</f><v>2</v></c>',
        '<c r="A{n}" t="s"><v>99</v></c>',
        "<!-- x -->",
        "x",
        " ",
    ),
    *('<c r="ZZZZ1"><v>1</v></c>', '<c r="A0"><v>1</v></c>', '<c r="a{n}"><v>1</v></c>', "\n"),
    *('<c r="AG{n}" t="n"><v>-</v></c>', '<c r="AH{n}"><v> 5 </v></c>', "</sheetData><sheetData>"),
    *(
        '<c r="AI{n}" t="inlineStr"><is><t>字&amp;&#26085;</t></is></c>',
        '<c r="AJ{n}" t="inlineStr"><v>1</v></c>',
    ),
    *(
        '<c r="AK{n}" t="inlineStr" s="1"><is><t xml:space="preserve"> 留空 </t></is></c>',
        "<is><t>x</t></is>",
    ),
    *(
        '<c r="AL{n}" t="inlineStr"><is><t> x</t></is></c>',
        '<c r="AM{n}" t="inlineStr"><is><t></t></is></c>',
    ),
    *('<c r="AN{n}"><is><t>x</t></is></c>', '<c r="AO{n}" t="inlineStr"><is><tx>x</tx></is></c>'),
)
STRINGS = (
    *("<si><t>一</t></si>", "<si><t>0.5</t></si>", "<si><t/></si>", "<si><t></t></si>", "<si/>"),
    *(
        '<si><t xml:space="preserve"> 二 </t></si>',
        "<si><t> 三</t></si>",
        "<si><t>a&amp;b&#10;c</t></si>",
    ),
    *("<si><r><t>四</t></r><r><t>五</t></r></si>", "<si><t>六</t><phoneticPr fontId='1'/></si>"),
    *(
        '<si><t>七</t><phoneticPr fontId="1" type="noConversion"/></si>',
        "<si><t>&nbsp;</t></si>",
        " ",
    ),
    *(
        "<si><t>_x000D_</t></si>",
        "<si><t>a\r\nb</t></si>",
        "<si><t>八</t></si>\n",
        "<!-- -->",
        "<si><t>a>b</t></si>",
    ),
)


@settings(deadline=None, max_examples=400)
@given(
    rows=st.lists(st.lists(st.sampled_from(PARTS), max_size=4), max_size=4),
    wrapped=st.booleans(),
    strings=st.lists(st.sampled_from(STRINGS), min_size=3, max_size=5),
)
def test_what_both_can_read_of_odd_xml_is_the_same(
    rows: list[list[str]], wrapped: bool, strings: list[str]
) -> None:
    opened, closed = ('<row r="{n}">', "</row>") if wrapped else ("", "")
    cells = "".join(
        "".join((opened, *row, closed)).replace("{n}", str(n)) for n, row in enumerate(rows, 1)
    )
    content = book(cells=cells, shared=f'<sst xmlns="{NS}">{"".join(strings)}</sst>')
    other = by_calamine(content)
    if not isinstance(other, str):
        assert by_column(content) == other


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_both_ways_say_the_same_of_exports(path: Path) -> None:
    content = path.read_bytes()
    assert by_column(content) == by_calamine(content)


def long_book(rows: int = 9_000) -> bytes:
    file = BytesIO()
    with Workbook(file) as made:
        sheet = made.add_worksheet("作品")
        sheet.write_row(0, 0, ("作品名称", "发布时间", "播放量"))
        for n in range(1, rows):
            sheet.write_row(n, 0, (f"第{n}条 & 其他", "2025-05-01 08:30:00", n / 8))
        made.add_worksheet("说明").write_row(0, 0, ("导出时间", "2025-05-02"))
    return file.getvalue()


def test_a_long_sheet_never_reaches_calamine_and_stands_where_it_stood() -> None:
    content = long_book()
    package = checked_package(content, "x.xlsx")
    assert len(package.taken) == 1
    assert len(package.parts["xl/worksheets/sheet1.xml"]) < 1_000
    tables = read_tables(content, "x.xlsx")
    assert [(table.sheet, len(table.rows)) for table in tables] == [("作品", 9_000), ("说明", 1)]
    assert tables[0].rows[8_999] == ("第8999条 & 其他", "2025-05-01 08:30:00", 8_999 / 8)
    assert tables[1].rows == (("导出时间", "2025-05-02"),)


def test_hidden_sheets_stay_hidden() -> None:
    with ZipFile(BytesIO(long_book())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    shown = b'<sheet name="\xe4\xbd\x9c\xe5\x93\x81" '
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(shown, shown + b'state="hidden" ')
    assert [table.sheet for table in read_tables(zipped(parts), "x.xlsx")] == ["说明"]


def test_numbers_that_a_style_makes_dates_of_are_dates() -> None:
    file = BytesIO()
    with Workbook(file) as made:
        sheet = made.add_worksheet()
        looks = [
            made.add_format({"num_format": f}) for f in ("yyyy-mm-dd hh:mm", "[h]:mm:ss", "0%")
        ]
        for n in range(9_000):
            sheet.write_number(n, 0, 45_000 + n / 96, looks[0])
            sheet.write_number(n, 1, n / 1_000, looks[1])
            sheet.write_number(n, 2, n / 8, looks[2])
            sheet.write_number(n, 3, 45_000)
    content = file.getvalue()
    assert taken_out(content) == 1
    [table] = read_tables(content, "x.xlsx")
    day = datetime(2023, 3, 15, 1, 30)  # noqa: DTZ001 - as written in the sheet
    assert table.rows[6] == (day, "00:08:38", 0.75, 45_000)
    assert by_column(content) == by_calamine(content)


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1"><v>1</v></c><c r="XFE1"><v>1</v></c>',
        '<c r="A2"><v>1</v></c><c r="A1"><v>1</v></c>',
        '<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
        '<c r="A1" t="s"><v>7</v></c>',
        '<c r="A1" t="s"><v>0.0</v></c>',
        '<c r="A1" t="s"><v>0</v></c><!-- <c r="B1"><v>1</v></c> -->',
        '<c r="A1"><v>1_0</v></c>',
        '<c r="A1"><v>nan</v></c>',
        '<c r="A1"><f>1</f><v>1</v></c>',
        '<c r="A1" t="e"><v>#N/A</v></c>',
        '<c r="A1" cm="1"><v>1</v></c>',
        '<c r="A1"><v>1</v></c',
        '<c r="A1"><v>1</v></c><c r="B1"',
        '<c r="A1"><v>1</v></c><mc:Alternate/>',
        "",
    ],
)
def test_whatever_is_written_otherwise_is_not_for_the_quick_way(cells: str) -> None:
    content = book(
        cells=f'<row r="1">{cells}</row>', shared=f'<sst xmlns="{NS}"><si><t>x</t></si></sst>'
    )
    assert taken_out(content) == 0


@pytest.mark.parametrize("size", [b"A1", b"AB12", b"XFD1048576"], ids=lambda size: size.decode())
def test_stretches_of_any_size_hold_the_same_cells(
    size: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = long_book(200)
    whole = by_column(content)
    monkeypatch.setattr(plain, "_STRETCH", 200 + len(size) * 50)
    assert by_column(content) == whole == by_calamine(content)


def test_a_row_longer_than_a_stretch_is_left_to_calamine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_STRETCH", 60)
    assert taken_out(long_book(50)) == 0


def test_far_cells_of_a_long_sheet_are_refused_before_a_grid_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long_sheets, "_LONG", 0)
    far = book(
        cells='<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD9"><v>1</v></c></row>'
    )
    with pytest.raises(TooLargeFileError, match="16384 列"):
        read_tables(far, "x.xlsx")


def test_one_long_string_in_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_sheets, "_LONG", 0)
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 9_001))
    shared = f'<sst xmlns="{NS}"><si><t>{"长" * 32_000}</t></si></sst>'
    with pytest.raises(TooLargeFileError, match="文字过长"):
        read_tables(book(cells=cells, shared=shared), "x.xlsx")


def test_a_string_that_is_not_there_is_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_sheets, "_LONG", 0)
    content = book(
        cells='<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        shared=f'<sst xmlns="{NS}"><si><t>x</t></si></sst>',
    )
    with pytest.raises(CorruptFileError):
        read_tables(content, "x.xlsx")


def test_texts_may_stand_in_their_cells() -> None:
    content = workbook([("日期", "播放量"), ("2025-05-01", 12), (" 两 端 ", 0.5)])  # by openpyxl
    assert taken_out(content) == 1
    assert by_column(content) == by_calamine(content)
