"""The visible sheets of a workbook as people see them: merged cells, dates as 5/10."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from yunce.engines.plantables.errors import locked, not_readable, too_large
from yunce.engines.plantables.grids import (
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    GridCell,
    PlanFile,
    even,
)
from yunce.kit.text import tidy

MOST_UNPACKED = 128 * 1024 * 1024


def read_xlsx(content: bytes, file: str) -> PlanFile:
    _check_size(content, file)
    try:
        grids, names = _grids(content, file)
    except PasswordError as error:
        raise locked(file) from error
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise not_readable(file) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine's, which cannot be imported
            raise
        raise not_readable(file) from error
    return PlanFile(file, tuple(grids), tuple(names))


def _check_size(content: bytes, file: str) -> None:
    try:
        with ZipFile(BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
                raise too_large(file)
    except BadZipFile as error:
        raise not_readable(file) from error


def _grids(content: bytes, file: str) -> tuple[list[Grid], list[str]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    grids: list[Grid] = []
    names: list[str] = []
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.total_height > MOST_ROWS:
            raise too_large(file)
        names.append(about.name)
        grids.append(Grid(len(grids) + 1, about.name, _rows(sheet)))
    return grids, names


def _rows(sheet: CalamineSheet) -> tuple[tuple[GridCell, ...], ...]:
    values = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    rows = [[GridCell(_text(value)) for value in row[:MOST_COLUMNS]] for row in values]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for at in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[at]))):
                if (at, column) != (top, left):
                    rows[at][column] = GridCell(rows[top][left].text, reaches=True)
    return even(rows)


def _text(value: Any) -> str:
    """A share kept as 0.08 reads 0.08: how it was shown, calamine does not say."""
    if isinstance(value, datetime | date):
        return f"{value.year}-{value.month}-{value.day}"
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return "\n".join(filter(None, (tidy(line) for line in str(value).splitlines())))
