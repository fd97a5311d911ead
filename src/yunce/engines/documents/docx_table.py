"""A table in a Word file: fixed widths, repeated header, merged cells, shading and tones."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, RGBColor
from docx.table import _Cell

from yunce.engines.documents.docx_styles import CELL_STYLE
from yunce.engines.documents.measuring import stretched
from yunce.engines.documents.number_formats import plain_text
from yunce.engines.documents.outline import Align, Cell, Column, Table
from yunce.engines.documents.palette import HEADER_FILL, LINE, TONES
from yunce.engines.documents.wording import clean

_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_CELL_MARGINS = {"top": 60, "left": 90, "bottom": 60, "right": 90}  # twentieths of a point


def write_table(document: Document, table: Table, *, width: Length) -> None:
    """The visible columns over the given width."""
    visible = table.visible()
    drawn = document.add_table(rows=1 + len(table.rows), cols=len(visible))
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    drawn.autofit = False
    _set_frame(drawn._tbl.tblPr)
    widths = [Length(int(w)) for w in stretched([column.width for _at, column in visible], width)]
    for column, column_width in zip(drawn.columns, widths, strict=True):
        column.width = column_width
    rows = iter(drawn.rows)
    _write_header(next(rows), [column for _at, column in visible], widths, table)
    spans = _Spans()
    for row, cells in zip(rows, table.rows, strict=True):
        _flag(row, "w:cantSplit")
        for place, (at, column) in enumerate(visible):
            drawn_cell = _Cell(row._tr.tc_lst[place], drawn)
            drawn_cell.width = widths[place]
            spans.apply(place, cells[at], drawn_cell)
            _write_cell(drawn_cell, column, cells[at], document)


class _Spans:
    """Remembers, per column, how many rows below still belong to a spanning cell."""

    def __init__(self) -> None:
        self._left: dict[int, int] = {}

    def apply(self, place: int, cell: Cell, drawn: _Cell) -> None:
        if self._left.get(place):
            drawn._tc.vMerge = "continue"
            self._left[place] -= 1
        elif cell.row_span > 1:
            drawn._tc.vMerge = "restart"
            self._left[place] = cell.row_span - 1


def _write_header(row: Any, columns: list[Column], widths: list[Length], table: Table) -> None:
    _flag(row, "w:cantSplit")
    if table.repeat_header:
        _flag(row, "w:tblHeader")
    for cell, column, width in zip(row.cells, columns, widths, strict=True):
        cell.width = width
        _shade(cell, HEADER_FILL)
        _write_text(cell, column.title, align="center", bold=True)


def _write_cell(drawn: _Cell, column: Column, cell: Cell, document: Document) -> None:
    text = plain_text(cell.value, cell.number_format or column.number_format)
    _write_text(drawn, text, align=cell.align or column.align, bold=cell.bold)
    if cell.tone:
        for run in drawn.paragraphs[0].runs:
            run.font.color.rgb = RGBColor.from_string(TONES[cell.tone])


def _write_text(drawn: _Cell, text: str, *, align: Align, bold: bool) -> None:
    drawn.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = drawn.paragraphs[0]
    paragraph.style = CELL_STYLE
    paragraph.alignment = _ALIGNMENTS[align]
    if text:
        paragraph.add_run(clean(text)).bold = bold or None


def _set_frame(properties: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in _SIDES:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side, room in _CELL_MARGINS.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(room))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # The schema fixes the order: borders before the layout, margins after it.
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(margins)


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
