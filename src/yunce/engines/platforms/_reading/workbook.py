"""Excel workbooks (.xlsx, .xlsm, .xls) through calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from yunce.engines.platforms._reading.biff import check_old_workbook
from yunce.engines.platforms._reading.errors import (
    CorruptFileError,
    LockedWorkbookError,
    TooLargeFileError,
)
from yunce.engines.platforms._reading.grid import even_grid
from yunce.engines.platforms._reading.limits import (
    MAX_CELLS,
    MAX_OLD_BYTES,
    MAX_SHEETS,
    MEGABYTE,
    check_grid,
)
from yunce.engines.platforms._reading.package import checked_package
from yunce.engines.platforms._tables import Table
from yunce.kit.wording import gettext as _


def read_package(content: bytes, file: str, *, rows: int | None = None) -> list[Table]:
    """An .xlsx or .xlsm: a zip of XML parts. ``rows``: only so many of the first of each sheet."""
    package = checked_package(content, file, rows=rows)
    return _read(package.content, file, package.created)


def read_ole(content: bytes, file: str) -> list[Table]:
    """An .xls, or the container an encrypted .xlsx is wrapped in."""
    if len(content) > MAX_OLD_BYTES:
        limit = MAX_OLD_BYTES // MEGABYTE
        raise TooLargeFileError(file, detail=_("旧格式 .xls 超过 {limit} MB").format(limit=limit))
    check_old_workbook(content, file)
    return _read(content, file, None)


def _read(content: bytes, file: str, created: date | None) -> list[Table]:
    with _calamine_errors(file):
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        names = _sheets_to_read(workbook)
        if len(names) > MAX_SHEETS:
            detail = _("有 {count} 个工作表，最多 {limit} 个")
            raise TooLargeFileError(file, detail=detail.format(count=len(names), limit=MAX_SHEETS))
        tables = list(_tables(workbook, names, file=file, created=created))
    return [table for table in tables if table.rows]


def _sheets_to_read(workbook: CalamineWorkbook) -> list[str]:
    """Hidden sheets and charts are left alone: nobody looking at the file sees that data."""
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _tables(
    workbook: CalamineWorkbook, names: list[str], *, file: str, created: date | None
) -> Iterator[Table]:
    cells = 0
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        cells += sheet.total_height * sheet.total_width
        check_grid(file, name, rows=sheet.total_height, columns=sheet.total_width)
        if cells > MAX_CELLS:
            raise TooLargeFileError(file, detail=_("所有工作表的单元格加起来太多"))
        rows = even_grid(sheet.to_python(skip_empty_area=False))
        yield Table(file=file, sheet=name, rows=rows, created=created)


@contextmanager
def _calamine_errors(file: str) -> Iterator[None]:
    """Every way calamine gives up, a Rust panic included, becomes one of our errors."""
    try:
        yield
    except PasswordError as error:
        raise LockedWorkbookError(file) from error
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise CorruptFileError(file) from error
    except BaseException as error:
        # A panic derives from BaseException, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise CorruptFileError(file) from error
