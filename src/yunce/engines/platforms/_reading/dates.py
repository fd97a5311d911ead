"""Numbers of long sheets that a style makes dates of: calamine is asked for each of them once."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from python_calamine import CalamineSheet, CalamineWorkbook

from yunce.engines.platforms._reading.grid import as_cell
from yunce.engines.platforms._reading.long_sheets import (
    Dates,
    LongSheet,
    dated_styles,
    sheet_of_numbers,
)
from yunce.engines.platforms._reading.package import Package, packed
from yunce.engines.platforms._reading.signs import NotPlainError


def dates_of(package: Package, name: str, sheet: CalamineSheet, original: LongSheet) -> Dates:
    """``sheet``: what stands in the original's place, called ``name``."""
    numbers = {style: original.numbers_of(style) for style in dated_styles(sheet, original)}
    asked = [(style, number) for style, some in numbers.items() for number in some.tolist()]
    if not asked:
        return {}
    if not np.isfinite([number for _style, number in asked]).all():
        raise NotPlainError("a date without end")
    shown, dates = _shown(package, name, original, asked), {}
    for style, some in numbers.items():
        own, shown = shown[: len(some)], shown[len(some) :]
        cells = np.empty(len(own), np.object_)
        cells[:] = [as_cell(value) for value in own]
        dates[style] = (some, cells)
    return dates


def _shown(
    package: Package, name: str, original: LongSheet, asked: Sequence[tuple[int, float]]
) -> list[object]:
    parts = {**package.parts, original.part: sheet_of_numbers(asked)}
    workbook = CalamineWorkbook.from_filelike(BytesIO(packed(parts)))
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    if len(rows) != len(asked):
        raise NotPlainError("a style that shows nothing")
    return [row[0] for row in rows]
