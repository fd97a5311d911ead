"""A table in a Word file: fixed widths, repeated header, merged cells, shading and tones.

Written as one piece of XML and read in once: cell by cell the library takes seconds for a plan of
three hundred tasks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length

from yunce.engines.documents.docx_styles import CELL_STYLE, style_id
from yunce.engines.documents.measuring import stretched
from yunce.engines.documents.number_formats import plain_text
from yunce.engines.documents.outline import Align, Cell, Column, Table
from yunce.engines.documents.palette import HEADER_FILL, LINE, TONES
from yunce.engines.documents.wording import clean

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_CELL_MARGINS = {"top": 60, "left": 90, "bottom": 60, "right": 90}  # twentieths of a point
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def write_table(document: Document, table: Table, *, width: Length) -> None:
    """The visible columns over the given width."""
    visible = table.visible()
    shares = stretched([column.width for _at, column in visible], width.twips)
    widths = [round(share) for share in shares]
    style = style_id(CELL_STYLE)
    parts = (
        f"<w:tbl {nsdecls('w')}>",
        _frame(widths),
        _header([column for _at, column in visible], widths, table, style),
        *_rows(table, widths, style),
        "</w:tbl>",
    )
    document.element.body.sectPr.addprevious(parse_xml("".join(parts)))


@dataclass(frozen=True)
class _Drawn:
    """A cell as it is written."""

    text: str
    width: int  # twentieths of a point
    align: Align
    is_bold: bool = False
    colour: str = ""
    fill: str = ""
    merge: str = ""  # restart or continue, of cells over several rows


class _Spans:
    """Remembers, per column, how many rows below still belong to a spanning cell."""

    def __init__(self) -> None:
        self._left: dict[int, int] = {}

    def merge(self, place: int, cell: Cell) -> str:
        if self._left.get(place):
            self._left[place] -= 1
            return "continue"
        if cell.row_span > 1:
            self._left[place] = cell.row_span - 1
            return "restart"
        return ""


def _header(columns: Sequence[Column], widths: Sequence[int], table: Table, style: str) -> str:
    cells = (
        _Drawn(column.title, width, "center", is_bold=True, fill=HEADER_FILL)
        for column, width in zip(columns, widths, strict=True)
    )
    repeats = "<w:tblHeader/>" if table.repeat_header else ""
    return _row((_cell(cell, style) for cell in cells), repeats)


def _rows(table: Table, widths: Sequence[int], style: str) -> Iterator[str]:
    spans, visible = _Spans(), table.visible()
    for row in table.rows:
        cells = (
            _drawn(row[at], column, widths[place], spans.merge(place, row[at]))
            for place, (at, column) in enumerate(visible)
        )
        yield _row(_cell(cell, style) for cell in cells)


def _drawn(cell: Cell, column: Column, width: int, merge: str) -> _Drawn:
    return _Drawn(
        text=plain_text(cell.value, cell.number_format or column.number_format),
        width=width,
        align=cell.align or column.align,
        is_bold=cell.bold,
        colour=TONES[cell.tone] if cell.tone else "",
        fill=HEADER_FILL if cell.is_shaded else "",
        merge=merge,
    )


def _row(cells: Iterator[str], flags: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{flags}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: _Drawn, style: str) -> str:
    """The schema fixes the order of a cell's properties."""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{cell.width}" w:type="dxa"/>{merge}{fill}'
        f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>'
        f'<w:jc w:val="{cell.align}"/></w:pPr>{_run(cell)}</w:p></w:tc>'
    )


def _run(cell: _Drawn) -> str:
    if not cell.text:
        return ""
    bold = "<w:b/>" if cell.is_bold else ""
    colour = f'<w:color w:val="{cell.colour}"/>' if cell.colour else ""
    look = f"<w:rPr>{bold}{colour}</w:rPr>" if bold or colour else ""
    return f"<w:r>{look}{''.join(_pieces(clean(cell.text)))}</w:r>"


def _pieces(text: str) -> Iterator[str]:
    """Text with its breaks and tabs as elements."""
    held = ""
    for letter in text:
        if letter in _BREAKS:
            yield _text(held)
            yield _BREAKS[letter]
            held = ""
        else:
            held += letter
    yield _text(held)


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def _frame(widths: Sequence[int]) -> str:
    """The table's properties and its columns; the schema fixes the order."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>' for side in _SIDES
    )
    margins = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in _CELL_MARGINS.items()
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
