"""How much a file may hold. Exports have some thousand rows; these leave room, yet end a bomb."""

from __future__ import annotations

from yunce.engines.platforms._reading.errors import TooLargeFileError
from yunce.kit.wording import gettext as _

MEGABYTE = 1024 * 1024
MAX_BYTES = 256 * MEGABYTE  # of the file as uploaded: a million rows of 16 columns fit
MAX_ENTRIES = 20_000  # lines in a zip's list of contents, those of zips inside included
MAX_ARCHIVE_FILES = 200
MAX_ARCHIVE_UNPACKED_BYTES = 300 * MEGABYTE  # of all files in an archive together
MAX_DEPTH = 1  # an archive in an archive; whoever needs more unpacks it first
MAX_UNPACKED_BYTES = 256 * MEGABYTE  # of all parts of a workbook together
MAX_PARTS = 2_000  # entries in a workbook's zip
MAX_MARKUP_BYTES = 12 * MEGABYTE  # a page's tree takes many times its size
MAX_OLD_BYTES = 64 * MEGABYTE  # of an .xls
MAX_SHEETS = 100
MAX_COLUMNS = 1_000
MAX_CELLS = 4_000_000  # rows × columns of a workbook's sheets together: 100,000 × 16 and more
MAX_TEXT_CELLS = 40_000_000  # of a text, which is never held as cells: 1,000,000 × 16 and more
MAX_LINES = 5_000_000  # of a text, those inside quotes included
MAX_LINE = 1 * MEGABYTE  # of one line of a text
MAX_TEXT = 256 * MEGABYTE  # bytes of text in all cells of a workbook together


def check_bytes(file: str, size: int) -> None:
    if size > MAX_BYTES:
        limit = MAX_BYTES // MEGABYTE
        raise TooLargeFileError(file, detail=_("超过 {limit} MB").format(limit=limit))


def check_grid(file: str, sheet: str, *, rows: int, columns: int, limit: int = MAX_CELLS) -> None:
    """Refuse a sheet whose extent no export has, before anything that large is built."""
    where = _("工作表「{sheet}」").format(sheet=sheet) if sheet else ""
    if columns > MAX_COLUMNS:
        detail = _("{where}有 {count} 列，最多 {limit} 列")
        raise TooLargeFileError(
            file, detail=detail.format(where=where, count=columns, limit=MAX_COLUMNS)
        )
    if rows * columns > limit:
        detail = _("{where}有 {rows} 行 × {columns} 列，最多 {limit} 万个单元格")
        raise TooLargeFileError(
            file,
            detail=detail.format(where=where, rows=rows, columns=columns, limit=limit // 10_000),
        )
