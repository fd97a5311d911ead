"""Charts in a Word file: native parts that 「编辑数据」 opens, one or two side by side."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length, Mm
from lxml import etree

from yunce.engines.documents.charts import Chart, Charts
from yunce.engines.documents.drawn_charts import DrawnChart, draw
from yunce.engines.documents.wording import clean

_HEIGHTS = {1: 62, 2: 56}  # millimetres, by how many stand side by side
_BAR, _AROUND = 9, 16  # of a bar lying down, and of what is around the bars
_GAP = Mm(3)
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_charts(document: Document, row: Charts, *, width: Length, first: int) -> None:
    """The row's charts, numbered from ``first`` on within the file."""
    many = len(row.charts)
    each = Length(int((width - _GAP * (many - 1)) / many))
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if many > 1 else WD_ALIGN_PARAGRAPH.CENTER
    for at, chart in enumerate(row.charts):
        if at:
            paragraph.add_run(" ")
        relation = _add_part(document, draw(chart), number=first + at)
        run = paragraph.add_run()
        run._r.append(_drawing(chart, relation, first + at, each, _height(row)))


def _height(row: Charts) -> Length:
    """Bars lying down need so much each; a few of them no whole chart."""
    most = _HEIGHTS[len(row.charts)]
    if not all(chart.is_lying for chart in row.charts):
        return Mm(most)
    bars = max(len(chart.categories) for chart in row.charts)
    return Mm(max(most // 2, min(_AROUND + _BAR * bars, 2 * most)))


def _add_part(document: Document, drawn: DrawnChart, *, number: int) -> str:
    """The chart and its workbook as parts of the package; the document's relation to the chart."""
    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        drawn.workbook,
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    part._blob = _with_workbook(drawn.xml, part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
    return str(document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))


def _with_workbook(xml: bytes, relation: str) -> bytes:
    """Says which relation holds the numbers; the schema wants it last."""
    root = etree.fromstring(xml)
    data = etree.SubElement(root, f"{{{_CHART}}}externalData")
    data.set(f"{{{_RELATED}}}id", relation)
    etree.SubElement(data, f"{{{_CHART}}}autoUpdate").set("val", "0")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _drawing(chart: Chart, relation: str, number: int, width: Length, height: Length) -> Any:
    drawing = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(width)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{1000 + number}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    drawing.find(".//{*}docPr").set("descr", clean(chart.description))
    return drawing
