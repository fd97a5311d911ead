"""Charts: what may be drawn, and that Word and Excel files carry them native and editable."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree

from yunce.engines.documents import (
    Chart,
    Charts,
    Mark,
    Outline,
    Series,
    write_docx,
    write_xlsx,
)
from yunce.engines.documents.tests import samples

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WEEKS = ("第 1 周", "第 2 周", "第 3 周")
LOAD = Chart(
    "第 2 周最紧：缓冲 4%",
    WEEKS,
    (
        Series("可排工时", (100, 120, 80), Mark.PALE),
        Series("已排", (80, None, 60), Mark.COLUMN, is_labelled=True),
        Series("上限", (90, 108, 72), Mark.DASHED),
    ),
    '#,##0" 小时"',
)
PARTS = Chart("拆解与必达吻合", ("直播", "裂变"), (Series("计划", (9000, 3000), Mark.BAR),))


def outline(*rows: Charts) -> Outline:
    return replace(samples.plan(), blocks=rows)


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_series_must_have_a_value_for_every_category() -> None:
    with pytest.raises(ValueError, match="'已排' has 2 values, not 3"):
        Chart("负荷", WEEKS, (Series("已排", (1, 2)),))


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        Chart("空", (), ())


def test_bars_do_not_mix_with_lines() -> None:
    bar, line = Series("甲", (1, 2, 3), Mark.BAR), Series("乙", (1, 2, 3), Mark.LINE)
    with pytest.raises(ValueError, match="mixes bars"):
        Chart("混", WEEKS, (bar, line))


def test_three_charts_do_not_fit_side_by_side() -> None:
    with pytest.raises(ValueError, match="3 charts"):
        Charts((LOAD, LOAD, LOAD))


def test_a_word_file_carries_every_chart_with_its_numbers() -> None:
    parts = parts_of(write_docx(outline(Charts((LOAD, PARTS)), Charts((PARTS,)))))
    charts = sorted(name for name in parts if name.startswith("word/charts/chart"))
    assert charts == [f"word/charts/chart{number}.xml" for number in (1, 2, 3)]
    sheet = openpyxl.load_workbook(BytesIO(parts["word/embeddings/chart1.xlsx"])).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=4)]
    assert rows == [
        [None, "可排工时", "已排", "上限"],
        ["第 1 周", 100, 80, 90],
        ["第 2 周", 120, None, 108],
        ["第 3 周", 80, 60, 72],
    ]


def test_the_chart_says_which_part_holds_its_numbers() -> None:
    parts = parts_of(write_docx(outline(Charts((LOAD,)))))
    data = etree.fromstring(parts["word/charts/chart1.xml"]).find(f"{C}externalData")
    relations = etree.fromstring(parts["word/charts/_rels/chart1.xml.rels"])
    assert data is not None
    assert [r.get("Target") for r in relations] == ["../embeddings/chart1.xlsx"]
    assert [value for name, value in data.items() if name.endswith("}id")] == [
        relations[0].get("Id")
    ]


def test_a_missing_number_is_a_gap_and_lines_are_straight() -> None:
    parts = parts_of(write_docx(outline(Charts((LOAD,)))))
    chart = etree.fromstring(parts["word/charts/chart1.xml"])
    assert [each.get("val") for each in chart.iter(f"{C}dispBlanksAs")] == ["gap"]
    assert [each.get("val") for each in chart.iter(f"{C}smooth")] == ["0"]
    planned = list(chart.iter(f"{C}ser"))[1]
    points = planned.findall(f"{C}val//{C}pt")
    assert [point.get("idx") for point in points] == ["0", "2"]


def test_a_label_says_the_number_and_nothing_else() -> None:
    parts = parts_of(write_docx(outline(Charts((LOAD,)))))
    chart = etree.fromstring(parts["word/charts/chart1.xml"])
    [labels] = chart.iter(f"{C}dLbls")
    shown = {each.tag.removeprefix(C): each.get("val") for each in labels if "show" in each.tag}
    assert [name for name, value in shown.items() if value == "1"] == ["showVal"]
    assert len(shown) == 6


def test_the_chinese_font_is_named_for_chinese() -> None:
    xml = parts_of(write_docx(outline(Charts((LOAD,)))))["word/charts/chart1.xml"].decode()
    assert xml.count("<a:latin ") == xml.count("<a:ea ") > 0
    assert "en-US" not in xml


def test_who_cannot_see_it_is_told_what_it_says() -> None:
    parts = parts_of(write_docx(outline(Charts((replace(LOAD, summary="三周的缓冲"),)))))
    assert 'descr="三周的缓冲"' in parts["word/document.xml"].decode()


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert write_docx(outline(Charts((LOAD,)))) == write_docx(outline(Charts((LOAD,))))


def test_a_workbook_draws_them_from_a_hidden_sheet() -> None:
    content = write_xlsx(outline(Charts((LOAD, PARTS))))
    book = openpyxl.load_workbook(BytesIO(content))
    assert book["图表数据"].sheet_state == "hidden"
    assert [row[0].value for row in book["图表数据"].iter_rows(min_row=7, max_row=8)] == [
        "直播",
        "裂变",
    ]
    charts = [name for name in parts_of(content) if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
