"""One sheet of a workbook, written from top to bottom."""

from __future__ import annotations

from typing import Any

from yunce.engines.documents.charts import Charts
from yunce.engines.documents.measuring import line_count, stretched
from yunce.engines.documents.outline import Block, Heading, Note, Outline, Prompt, Table, Turn
from yunce.engines.documents.sheets import Sheet
from yunce.engines.documents.wording import prompt_lines, text_for_cell
from yunce.engines.documents.xlsx_charts import HEIGHT, ChartSheet
from yunce.engines.documents.xlsx_styles import BODY_SIZE, Styles
from yunce.engines.documents.xlsx_table import TableWriter, parts_of

_PAGE_WIDTH = {True: 142.0, False: 96.0}  # characters across A4: landscape, portrait
_FROZEN_AT_MOST = 200.0  # points that may stay on screen above the rows
_HEADING_SIZES = {1: 14, 2: 12, 3: 11}


class SheetWriter:
    """Keeps the row it has come to; each block moves it on."""

    def __init__(
        self,
        worksheet: Any,
        styles: Styles,
        outline: Outline,
        sheet: Sheet,
        *,
        charts: ChartSheet,
        is_first: bool,
    ) -> None:
        self._worksheet = worksheet
        self._charts = charts
        self._styles = styles
        self._outline = outline
        self._sheet = sheet
        self._is_first = is_first
        self._row = 0
        self._height = 0.0  # of all rows so far, in points
        shown = [column.width for _at, column in sheet.table.visible()] if sheet.table else [1.0]
        self._widths = stretched(shown, _PAGE_WIDTH[outline.landscape])

    def write(self) -> None:
        """Everything on this sheet, and what part of it is printed."""
        for at, width in enumerate(self._widths):
            self._worksheet.set_column(at, at, width)
        if self._is_first:
            self._write_line(self._outline.title, size=18, bold=True)
            self._write_line(self._outline.subtitle, muted=True)
        for block in self._sheet.blocks:
            self._write_block(block)
        self._worksheet.print_area(0, 0, max(self._row - 1, 0), len(self._widths) - 1)
        self._worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _write_block(self, block: Block) -> None:
        match block:
            case Table():
                self._leave_space()
                self._write_table(block)
            case Heading():
                self._leave_space()
                self._write_line(block.text, size=_HEADING_SIZES[block.level], bold=True)
            case Note():
                self._write_line(block.text, size=9, muted=True)
            case Prompt():
                for label, text in prompt_lines(block.what, block.who, block.example):
                    self._write_line(f"{label}：{text}", size=9, muted=True)
            case Charts():
                self._leave_space()
                self._charts.insert(self._worksheet, block, row=self._row, widths=self._widths)
                self._end_row(HEIGHT)
            case Turn():
                pass  # every sheet is printed the same way
            case _:
                self._write_line(block.text)

    def _write_line(
        self, text: str, *, size: float = BODY_SIZE, bold: bool = False, muted: bool = False
    ) -> None:
        """Text across the width of the page; nothing for empty text."""
        if not text:
            return
        style = self._styles.text(size=size, bold=bold, muted=muted)
        shown = text_for_cell(text)
        lines = line_count(shown, sum(self._widths) * BODY_SIZE / size)
        heights = parts_of(lines * size * 1.6 + size * 0.4)
        last_row, last_column = self._row + len(heights) - 1, len(self._widths) - 1
        if (last_row, last_column) != (self._row, 0):
            self._worksheet.merge_range(self._row, 0, last_row, last_column, "", style)
        self._worksheet.write_string(self._row, 0, shown, style)
        for height in heights:
            self._end_row(height)

    def _write_table(self, table: Table) -> None:
        self._write_line(table.caption, size=11, bold=True)
        writer = TableWriter(self._worksheet, self._styles, table, self._widths)
        heights = writer.write(top=self._row)
        if self._height + heights[0] <= _FROZEN_AT_MOST:
            self._worksheet.freeze_panes(self._row + 1, 0)
        if table.repeat_header:
            self._worksheet.repeat_rows(self._row)
        for height in heights:
            self._end_row(height)

    def _leave_space(self) -> None:
        if self._row:
            self._end_row(8)

    def _end_row(self, height: float) -> None:
        self._worksheet.set_row(self._row, height)
        self._height += height
        self._row += 1
