"""Long sheets are taken out of a workbook before calamine opens it, and read by column.

What the sheets are called, which of them are shown and which styles make dates of numbers stays
calamine's to say: in the place of each sheet stands a small one with a word that names it, and a
number in each style that its numbers have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from secrets import token_hex

import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineSheet

from yunce.engines.platforms._reading.errors import TooLargeFileError
from yunce.engines.platforms._reading.extent import has_longer_string
from yunce.engines.platforms._reading.grid import trimmed
from yunce.engines.platforms._reading.limits import MAX_TEXT, MEGABYTE, check_grid
from yunce.engines.platforms._reading.plain import (
    NO_STYLE,
    NUMBER,
    OWN,
    SHARED,
    PlainCells,
    read_cells,
)
from yunce.engines.platforms._reading.signs import NotPlainError, Places
from yunce.engines.platforms._reading.strings import plain_strings
from yunce.engines.platforms._tables import Row
from yunce.kit.wording import gettext as _

_LONG = MEGABYTE // 2  # bytes of XML; calamine is quick enough with less
_SHARED_STRINGS = "xl/sharedStrings.xml"  # where calamine looks for them
_SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)
_NAMED = '<row r="1"><c r="A1" t="inlineStr"><is><t>{word}</t></is></c></row>'
_STYLED = '<row r="{row}"><c r="A{row}"{style}><v>{number!r}</v></c></row>'
Dates = Mapping[int, tuple[NDArray[np.float64], NDArray[np.object_]]]
"""By style: numbers in their order, and what each is shown as."""


def is_sheet(body: bytes) -> bool:
    return body.find(b"sheetData") >= 0


def is_shared(body: bytes) -> bool:
    return b"sst" in body and not is_sheet(body)


@dataclass(frozen=True)
class LongSheet:
    """A sheet that was taken out."""

    part: str  # of the workbook
    cells: PlainCells
    strings: NDArray[np.object_]  # None where nothing but spaces stands

    @property
    def extent(self) -> tuple[int, int]:
        """Rows and columns."""
        return int(self.cells.rows[-1]) + 1, int(self.cells.columns.max()) + 1

    def grid(self, dates: Dates) -> Sequence[Row]:
        """As ``even_grid`` would make of what calamine reads."""
        cells, (height, width) = self.cells, self.extent
        order = np.argsort(cells.columns, kind="stable")
        ends = np.searchsorted(cells.columns[order], np.arange(width + 1))
        columns: list[Row] = []
        for first, last in pairwise(ends.tolist()):
            column = np.full(height, None, np.object_)
            which = order[first:last]
            column[cells.rows[which]] = self._held(which, dates)
            columns.append(tuple(column.tolist()))
        return trimmed(columns, height)

    def numbers_of(self, style: int) -> NDArray[np.float64]:
        """Those written in it, each once, in their order."""
        cells = self.cells
        return np.unique(cells.values[(cells.kinds == NUMBER) & (cells.looks == style)])

    def _held(self, which: Places, dates: Dates) -> NDArray[np.object_]:
        kinds, values = self.cells.kinds[which], self.cells.values[which]
        if (kinds == SHARED).all():
            return self.strings[values.astype(np.int64)]
        held = values.astype(np.object_)
        for kind, texts in ((SHARED, self.strings), (OWN, self.texts)):
            here = kinds == kind
            held[here] = texts[values[here].astype(np.int64)]
        for style, (numbers, shown) in dates.items():
            here = (kinds == NUMBER) & (self.cells.looks[which] == style)
            held[here] = shown[np.searchsorted(numbers, values[here])]
        return held

    @cached_property
    def texts(self) -> NDArray[np.object_]:
        return np.array(self.cells.texts, np.object_)


def without_long_sheets(
    bodies: dict[str, bytes], file: str
) -> tuple[dict[str, bytes], dict[str, LongSheet]]:
    """The parts left to calamine, and what was taken out by the word that stands in its place."""
    long = [name for name, body in bodies.items() if len(body) > _LONG and is_sheet(body)]
    if not long:
        return bodies, {}
    try:
        strings = _strings(bodies)
    except NotPlainError:
        return bodies, {}
    left, taken = dict(bodies), {}
    for name in long:
        try:
            sheet = LongSheet(name, read_cells(bodies[name]), strings)
            _check(sheet, bodies.get(_SHARED_STRINGS, b""), file)
        except NotPlainError:
            continue
        word = token_hex(16)
        taken[word], left[name] = sheet, _stand_in(word, sheet.cells.styles)
    if len(taken) == sum(map(is_sheet, left.values())):
        left.pop(_SHARED_STRINGS, None)
    return left, taken


def _strings(bodies: dict[str, bytes]) -> NDArray[np.object_]:
    tables = [name for name, body in bodies.items() if is_shared(body)]
    if tables not in ([], [_SHARED_STRINGS]):
        raise NotPlainError("strings in an unusual place")
    return np.array(plain_strings(bodies[_SHARED_STRINGS]) if tables else [], np.object_)


def _check(sheet: LongSheet, shared: bytes, file: str) -> None:
    """NotPlainError when it names strings there are not."""
    rows, columns = sheet.extent
    check_grid(file, "", rows=rows, columns=columns)
    used = sheet.cells.values[sheet.cells.kinds == SHARED].astype(np.int64)
    if not len(used):
        return
    if used.max() >= len(sheet.strings):
        raise NotPlainError("a string that is not there")
    if not has_longer_string(shared, MAX_TEXT // len(used)):
        return
    lengths = np.array([len(text or "") for text in sheet.strings], np.int64)
    if lengths[used].sum() > MAX_TEXT:
        raise TooLargeFileError(file, detail=_("单元格里的文字过长"))


def _stand_in(word: str, styles: Sequence[int]) -> bytes:
    numbers = [(style, 40_000.5) for style in styles]
    return sheet_of_numbers(numbers, first=_NAMED.format(word=word), start=2)


def sheet_of_numbers(
    numbers: Iterable[tuple[int, float]], *, first: str = "", start: int = 1
) -> bytes:
    """A sheet of one column: numbers in their styles."""
    rows = (
        _STYLED.format(row=row, style="" if style == NO_STYLE else f' s="{style}"', number=number)
        for row, (style, number) in enumerate(numbers, start=start)
    )
    return _SHEET.format(rows=first + "".join(rows)).encode()


def original(sheet: CalamineSheet, taken: Mapping[str, LongSheet]) -> LongSheet | None:
    """What a sheet stands for, if it was put in the place of another."""
    if sheet.width != 1:
        return None
    [[word]] = sheet.to_python(nrows=1)
    return taken.get(word) if isinstance(word, str) else None


def dated_styles(sheet: CalamineSheet, original: LongSheet) -> list[int]:
    """Those that make something else of its numbers, as calamine shows in the sheet's place."""
    shown = [row[0] for row in sheet.to_python()[1:]]
    styles = zip(original.cells.styles, shown, strict=True)
    return [style for style, value in styles if type(value) is not float]
