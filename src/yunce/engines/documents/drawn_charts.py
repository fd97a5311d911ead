"""A chart drawn by XlsxWriter: native and editable, in a workbook of its own or in another one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import xlsxwriter
from lxml import etree

from yunce.engines.documents.charts import COLUMNS, Chart, Mark, Series
from yunce.engines.documents.palette import ACCENT, FONT, INK, LINE, MUTED, PALE
from yunce.engines.documents.wording import clean

SHEET = "Sheet1"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - the same chart gives the same bytes
_SMALL, _TITLE = 9, 10  # points
_LABEL_WORDS = (
    "showLegendKey",
    "showVal",
    "showCatName",
    "showSerName",
    "showPercent",
    "showBubbleSize",
)
_PART = "xl/charts/chart1.xml"


@dataclass(frozen=True)
class DrawnChart:
    """What a Word file keeps of a chart."""

    xml: bytes  # the chart part
    workbook: bytes  # its numbers, opened by 「编辑数据」


def draw(chart: Chart) -> DrawnChart:
    """The chart with its numbers in a workbook of its own."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": _EPOCH})
        sheet = workbook.add_worksheet(SHEET)
        sheet.insert_chart(0, len(chart.series) + 2, plotted(workbook, sheet, chart, top=0))
    content = buffer.getvalue()
    with ZipFile(BytesIO(content)) as parts:
        return DrawnChart(_completed(parts.read(_PART)), content)


def plotted(workbook: Any, sheet: Any, chart: Chart, *, top: int) -> Any:
    """Writes the numbers into the sheet from row ``top`` on, and returns a chart of them."""
    _write_numbers(sheet, chart, top)
    placed = list(enumerate(chart.series, start=1))
    if chart.is_lying:
        return _finished(_plot(workbook, "bar", sheet.name, chart, placed, top), chart)
    columns = [(at, series) for at, series in placed if series.mark in COLUMNS]
    lines = [(at, series) for at, series in placed if series.mark not in COLUMNS]
    main = _plot(
        workbook, "column" if columns else "line", sheet.name, chart, columns or lines, top
    )
    if columns and lines:
        main.combine(_plot(workbook, "line", sheet.name, chart, lines, top))
    return _finished(main, chart)


def _write_numbers(sheet: Any, chart: Chart, top: int) -> None:
    for at, series in enumerate(chart.series, start=1):
        sheet.write_string(top, at, clean(series.name))
        for row, value in enumerate(series.values, start=top + 1):
            if value is not None:
                sheet.write_number(row, at, value)
    for row, category in enumerate(chart.categories, start=top + 1):
        sheet.write_string(row, 0, clean(category))


def _plot(
    workbook: Any,
    kind: str,
    sheet: str,
    chart: Chart,
    placed: list[tuple[int, Series]],
    top: int,
) -> Any:
    plot = workbook.add_chart({"type": kind})
    last = top + len(chart.categories)
    for at, series in placed:
        look = {"overlap": 100 if chart.is_disjoint else -8, **_look(series.mark)}
        plot.add_series(
            {
                "name": [sheet, top, at],
                "categories": [sheet, top + 1, 0, last, 0],
                "values": [sheet, top + 1, at, last, at],
                **look,
                **(_labels(chart, series) if series.is_labelled else {}),
            }
        )
    return plot


def _look(mark: Mark) -> dict[str, Any]:
    match mark:
        case Mark.LINE:
            marker = {"type": "circle", "size": 4, "fill": {"color": f"#{ACCENT}"}}
            marker["border"] = {"color": f"#{ACCENT}"}
            return {"line": {"color": f"#{ACCENT}", "width": 2}, "marker": marker}
        case Mark.DASHED:
            line = {"color": f"#{INK}", "width": 1.25, "dash_type": "dash"}
            return {"line": line, "marker": {"type": "none"}}
        case Mark.PALE | Mark.PALE_BAR:
            fill, border = {"color": f"#{PALE}"}, {"color": f"#{MUTED}", "width": 0.75}
            return {"fill": fill, "border": border, "gap": 60}
        case _:
            fill = {"color": f"#{ACCENT}"}
            return {"fill": fill, "border": {"none": True}, "gap": 60}


def _labels(chart: Chart, series: Series) -> dict[str, Any]:
    place = "above" if series.mark in (Mark.LINE, Mark.DASHED) else "outside_end"
    font = _font(color=INK)
    return {
        "data_labels": {
            "value": True,
            "num_format": chart.number_format,
            "font": font,
            "position": place,
        }
    }


def _finished(plot: Any, chart: Chart) -> Any:
    """Quiet axes, the sentence at the top, the names of the series under it."""
    plot.set_title(
        {
            "name": clean(chart.title),
            "name_font": _font(color=INK, size=_TITLE, bold=True),
            "overlay": False,
            "layout": {"x": 0.015, "y": 0.02},
        }
    )
    named = {
        "num_font": _font(),
        "line": {"color": f"#{LINE}"},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "reverse": chart.is_lying,
    }
    counted = {
        "num_font": _font(),
        "num_format": chart.number_format,
        "line": {"none": True},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "major_gridlines": {
            "visible": not chart.is_lying,
            "line": {"color": f"#{LINE}", "width": 0.5},
        },
        "min": 0 if _starts_at_zero(chart) else None,
        "visible": not chart.is_lying,
    }
    # Lying down, the axes change places.
    plot.set_x_axis(counted if chart.is_lying else named)
    plot.set_y_axis(named if chart.is_lying else counted)
    if len(chart.series) > 1 and not chart.is_disjoint:
        plot.set_legend({"position": "bottom", "font": _font()})
    else:
        plot.set_legend({"none": True})
    plot.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    plot.set_plotarea({"fill": {"none": True}})
    plot.show_blanks_as("gap")
    return plot


def _starts_at_zero(chart: Chart) -> bool:
    """Unless something is below it: a cut axis tells untruths."""
    return all(value is None or value >= 0 for each in chart.series for value in each.values)


def _font(*, color: str = MUTED, size: float = _SMALL, bold: bool = False) -> dict[str, Any]:
    return {"name": FONT, "size": size, "bold": bold, "color": f"#{color}"}


def _completed(xml: bytes) -> bytes:
    """What the library leaves to the reader's program, said aloud.

    Programs differ in what they take for granted: LibreOffice smooths lines, draws gaps as zeros
    and writes series names on every label unless told otherwise.
    """
    root = etree.fromstring(xml)
    _name_chinese_font(root)
    for labels in root.iter(_c("dLbls")):
        _say_labels(labels)
    for series in root.iterfind(f".//{_c('lineChart')}/{_c('ser')}"):
        etree.SubElement(series, _c("smooth")).set("val", "0")
    shown = root.find(f".//{_c('plotVisOnly')}")
    if shown is not None and root.find(f".//{_c('dispBlanksAs')}") is None:
        blanks = etree.Element(_c("dispBlanksAs"))
        blanks.set("val", "gap")
        shown.addnext(blanks)
    for settings in root.findall(_c("printSettings")):  # of a sheet, not of a chart in a text
        root.remove(settings)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _c(name: str) -> str:
    return f"{{{_CHART}}}{name}"


def _name_chinese_font(root: Any) -> None:
    """The library names the font for Latin text only; the same one is meant for Chinese."""
    for language in root.iter(_c("lang")):
        language.set("val", "zh-CN")
    for latin in root.iter(f"{{{_DRAWING}}}latin"):
        latin.addnext(etree.Element(f"{{{_DRAWING}}}ea", typeface=latin.get("typeface")))
        for name in ("pitchFamily", "charset", "panose"):
            latin.attrib.pop(name, None)
    for name in ("rPr", "defRPr", "endParaRPr"):
        for properties in root.iter(f"{{{_DRAWING}}}{name}"):
            properties.set("lang", "zh-CN")


def _say_labels(labels: Any) -> None:
    """Only the number; the schema fixes the order of these words."""
    said = {word.tag: word.get("val") for word in labels if word.tag in map(_c, _LABEL_WORDS)}
    for word in [word for word in labels if word.tag in said]:
        labels.remove(word)
    for name in _LABEL_WORDS:
        etree.SubElement(labels, _c(name)).set("val", said.get(_c(name)) or "0")
