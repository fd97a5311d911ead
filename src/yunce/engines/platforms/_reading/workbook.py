"""Excel workbooks (.xlsx, .xlsm, .xls) through calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from yunce.engines.platforms._reading.biff import check_old_workbook
from yunce.engines.platforms._reading.dates import dates_of
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
from yunce.engines.platforms._reading.long_sheets import original
from yunce.engines.platforms._reading.package import Package, checked_package, packed
from yunce.engines.platforms._reading.signs import NotPlainError
from yunce.engines.platforms._tables import Table
from yunce.kit.wording import gettext as _


def read_package(content: bytes, file: str, *, rows: int | None = None) -> list[Table]:
    """An .xlsx or .xlsm: a zip of XML parts. ``rows``: only so many of the first of each sheet."""
    try:
        return _read_package(checked_package(content, file, rows=rows), file)
    except NotPlainError:
        return _read_package(checked_package(content, file, rows=rows, whole=True), file)


def _read_package(package: Package, file: str) -> list[Table]:
    return _read(packed(package.parts), package, file)


def read_ole(content: bytes, file: str) -> list[Table]:
    """An .xls, or the container an encrypted .xlsx is wrapped in."""
    if len(content) > MAX_OLD_BYTES:
        limit = MAX_OLD_BYTES // MEGABYTE
        raise TooLargeFileError(file, detail=_("旧格式 .xls 超过 {limit} MB").format(limit=limit))
    check_old_workbook(content, file)
    return _read(content, Package({}, None), file)


def _read(content: bytes, package: Package, file: str) -> list[Table]:
    with _calamine_errors(file):
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        names = _sheets_to_read(workbook)
        if len(names) > MAX_SHEETS:
            detail = _("有 {count} 个工作表，最多 {limit} 个")
            raise TooLargeFileError(file, detail=detail.format(count=len(names), limit=MAX_SHEETS))
        tables = list(_tables(workbook, names, package, file=file))
    return [table for table in tables if table.rows]


def _sheets_to_read(workbook: CalamineWorkbook) -> list[str]:
    """Hidden sheets and charts are left alone: nobody looking at the file sees that data."""
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _tables(
    workbook: CalamineWorkbook, names: list[str], package: Package, *, file: str
) -> Iterator[Table]:
    cells = 0
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        taken = original(sheet, package.taken) if package.taken else None
        height, width = taken.extent if taken else (sheet.total_height, sheet.total_width)
        cells += height * width
        check_grid(file, name, rows=height, columns=width)
        if cells > MAX_CELLS:
            raise TooLargeFileError(file, detail=_("所有工作表的单元格加起来太多"))
        rows = (
            taken.grid(dates_of(package, name, sheet, taken))
            if taken
            else even_grid(sheet.to_python(skip_empty_area=False))
        )
        yield Table(file=file, sheet=name, rows=rows, created=package.created)


@contextmanager
def _calamine_errors(file: str) -> Iterator[None]:
    """Every way calamine gives up, a Rust panic included, becomes one of our errors."""
    try:
        yield
    except NotPlainError:
        raise
    except PasswordError as error:
        raise LockedWorkbookError(file) from error
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise CorruptFileError(file) from error
    except BaseException as error:
        # A panic derives from BaseException, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise CorruptFileError(file) from error
