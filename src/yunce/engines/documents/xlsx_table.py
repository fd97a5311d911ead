"""A table on a sheet: header, cells, spans, formulas, helper columns folded away at the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import accumulate, chain
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from yunce.engines.documents.formulas import Formula
from yunce.engines.documents.measuring import line_count, text_width
from yunce.engines.documents.number_formats import (
    DEFAULT_DATE,
    default_number_format,
    known_number,
    plain_text,
)
from yunce.engines.documents.outline import Cell, Column, Table, Value
from yunce.engines.documents.wording import clean, looks_like_formula, text_for_cell
from yunce.engines.documents.xlsx_styles import HIGHEST, Styles
from yunce.kit.numbers import MISSING

_GAP_WIDTH = 2  # characters between the table and the helper columns
_FOLDED = {"level": 1, "hidden": True}
_LINE = 16.5  # points; multiples of 0.75 are whole pixels
_PADDING = 9.0
_PART = 8 * _LINE
_PIXEL = 0.75
_INDENT = 1.5  # characters the indent of a cell takes


class TableWriter:
    """Writes one table; rows keep their height to be set by the sheet."""

    def __init__(
        self, worksheet: Any, styles: Styles, table: Table, widths: Sequence[float]
    ) -> None:
        self._worksheet = worksheet
        self._styles = styles
        self._table = table
        self._places = _places(table)
        self._widths = widths  # of the visible columns
        self._covered_until: dict[int, int] = {}  # per place, the last row of a merged cell

    def write(self, *, top: int) -> list[float]:
        """Header at row ``top``, the rows below it; the heights they need, header first."""
        self._fold_helpers()
        for at, column in enumerate(self._table.columns):
            style = self._styles.header(helper=column.helper)
            self._worksheet.write_string(top, self._places[at], text_for_cell(column.title), style)
        parts = [parts_of(height) for height in row_heights(self._table, self._widths)]
        starts = list(accumulate(map(len, parts), initial=top + 1))
        for row_at, cells in enumerate(self._table.rows):
            for at, cell in enumerate(cells):
                self._write_cell(starts[row_at], starts[row_at + cell.row_span] - 1, at, cell)
        return [self._header_height(), *chain.from_iterable(parts)]

    def _fold_helpers(self) -> None:
        helpers = self._table.helpers()
        if not helpers:
            return
        gap = len(self._widths)
        self._worksheet.set_column(gap, gap, _GAP_WIDTH)
        for at, column in helpers:
            width = max(column.width, text_width(column.title) + 2)
            self._worksheet.set_column(self._places[at], self._places[at], width, None, _FOLDED)
        after = gap + len(helpers) + 1
        self._worksheet.set_column(after, after, None, None, {"collapsed": True})

    def _header_height(self) -> float:
        titles = [clean(column.title) for _at, column in self._table.visible()]
        lines = max(line_count(t, w) for t, w in zip(titles, self._widths, strict=True))
        return lines * _LINE + _PADDING

    def _write_cell(self, row: int, last: int, at: int, cell: Cell) -> None:
        column, place = self._table.columns[at], self._places[at]
        if row <= self._covered_until.get(place, -1):
            return
        style = self._styles.cell(
            bold=cell.bold,
            tone="muted" if column.helper and not cell.tone else cell.tone,
            align=cell.align or column.align,
            number_format=_number_format(column, cell),
            quoted=isinstance(cell.value, str) and looks_like_formula(cell.value),
            top=last - row >= cell.row_span,  # in a row of several parts the middle is far away
        )
        if last > row:
            self._worksheet.merge_range(row, place, last, place, "", style)
            self._covered_until[place] = last
        self._put(row, place, cell.value, style)

    def _put(self, row: int, place: int, value: Value, style: Any) -> None:
        """Each kind by its own method: the general one would guess formulas and links."""
        sheet = self._worksheet
        if value is None:
            sheet.write_blank(row, place, None, style)
        elif isinstance(value, Formula):
            text = value.placed(lambda key: self._address(row, key))
            sheet.write_formula(row, place, text, style, _result(value))
        elif isinstance(value, str):
            sheet.write_string(row, place, text_for_cell(value), style)
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, style)
        elif (number := known_number(value)) is not None:
            sheet.write_number(row, place, float(number), style)
        else:
            sheet.write_string(row, place, MISSING, style)

    def _address(self, row: int, key: str) -> str:
        at = next(at for at, column in enumerate(self._table.columns) if column.key == key)
        return str(xl_rowcol_to_cell(row, self._places[at]))


def _places(table: Table) -> dict[int, int]:
    """Where each column stands on the sheet: the visible ones, a gap, the helpers."""
    visible = [at for at, _column in table.visible()]
    helpers = [at for at, _column in table.helpers()]
    shown = {at: place for place, at in enumerate(visible)}
    return shown | {at: place for place, at in enumerate(helpers, start=len(visible) + 1)}


def _result(formula: Formula) -> float | str:
    number = known_number(formula.value)
    return MISSING if number is None else float(number)


def _number_format(column: Column, cell: Cell) -> str:
    value = cell.value.value if isinstance(cell.value, Formula) else cell.value
    if cell.number_format or value is None or isinstance(value, str):
        return cell.number_format or column.number_format
    if isinstance(value, date):
        return column.number_format or DEFAULT_DATE
    number = known_number(value)
    return column.number_format or ("" if number is None else default_number_format(number))


def row_heights(table: Table, widths: Sequence[float]) -> list[float]:
    """Points each row needs for its wrapped text; a spanning cell stretches its rows evenly."""
    lines = [1.0] * len(table.rows)
    spanning = []
    for place, (at, column) in enumerate(table.visible()):
        for row_at, row in enumerate(table.rows):
            text = clean(plain_text(row[at].value, row[at].number_format or column.number_format))
            needed = line_count(text, widths[place] - _INDENT)
            if row[at].row_span > 1:
                spanning.append((row_at, row[at].row_span, needed))
            else:
                lines[row_at] = max(lines[row_at], needed)
    heights = [count * _LINE + _PADDING for count in lines]
    for start, span, needed in spanning:
        rows = range(start, start + span)
        short = needed * _LINE + _PADDING - sum(heights[at] for at in rows)
        for at in rows:
            heights[at] += max(short, 0) / span
    return heights


def parts_of(height: float) -> list[float]:
    """Excel draws no row above 409 points: a higher one becomes several, merged.

    The parts are low, so that a page is filled before the next one starts.

    >>> parts_of(25.5), parts_of(500.0)
    ([25.5], [125.25, 125.25, 125.25, 125.25])
    """
    if height <= HIGHEST:
        return [height]
    count = math.ceil(height / _PART)
    return [math.ceil(height / count / _PIXEL) * _PIXEL] * count
