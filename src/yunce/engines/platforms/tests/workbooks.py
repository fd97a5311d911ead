"""Files for tests, built in memory: workbooks, and the OLE containers old Office files are."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from yunce.engines.platforms import Table, read_tables

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def workbook(
    rows: Iterable[Sequence[Any]], *, sheet: str = "Sheet1", merge: str = "", created: Any = None
) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if merge:
        page.merge_cells(merge)
    if created:
        book.properties.created = created
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def table(*rows: Sequence[Any], sheet: str = "Sheet1") -> Table:
    """The table a person gets who writes these rows into a workbook and uploads it."""
    return read_tables(workbook(rows, sheet=sheet), "测试.xlsx")[0]


def csv_table(text: str) -> Table:
    return read_tables(text.encode(), "测试.csv")[0]


def old_workbook(cells: dict[tuple[int, int], float], *, dimensions: bytes = b"") -> bytes:
    """A minimal .xls with numbers at (row, column), both 0-based."""
    begin = record(0x0809, struct.pack("<2H12x", 0x0600, 0x0005))
    place = len(begin) + 13 + 4  # behind this sheet's own entry and the end mark
    sheet = record(0x0085, struct.pack("<I4Bc", place, 0, 0, 1, 0, b"S"))
    page = record(0x0809, struct.pack("<2H12x", 0x0600, 0x0010))
    page += record(0x0200, dimensions) if dimensions else b""
    for (row, column), value in cells.items():
        page += record(0x0203, struct.pack("<3Hd", row, column, 0, value))
    return ole({"Workbook": begin + sheet + record(0x000A) + page + record(0x000A)})


def record(kind: int, data: bytes = b"") -> bytes:
    """One BIFF record, the unit .xls streams are made of."""
    return struct.pack("<2H", kind, len(data)) + data


def ole(streams: dict[str, bytes]) -> bytes:
    """A minimal OLE container: header, one FAT sector, one directory sector, the streams."""
    padded = {
        name: data.ljust(max(4096, -(-len(data) // SECTOR) * SECTOR), b"\0")
        for name, data in streams.items()
    }
    fat, entries, body = [FAT, END], [_entry("Root Entry", 5, END, 0, child=1)], b""
    for number, (name, data) in enumerate(padded.items(), start=1):
        start, count = len(fat), len(data) // SECTOR
        fat += [*range(start + 1, start + count), END]
        sibling = number + 1 if number < len(padded) else FREE
        entries.append(_entry(name, 2, start, len(data), right=sibling))
        body += data
    table_sector = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return _ole_header() + table_sector + b"".join(entries).ljust(SECTOR, b"\0") + body


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE
) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _ole_header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108)
