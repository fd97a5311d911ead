"""Files made to hang the readers or to fill the memory; run as a program it reads them all.

Each line it prints is one file: name, seconds of work, what came of it.
"""

from __future__ import annotations

import json
import resource
import struct
import time
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import crc32

from yunce.engines.platforms import UnreadableFileError, peek_tables, read_tables, unpack
from yunce.engines.platforms.tests.workbooks import FREE, old_workbook, ole, record, workbook

MEGABYTE = 1024 * 1024
MEMORY = 1024 * MEGABYTE  # bytes of addresses for the whole process
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
GOOD = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


def book(*, cells: str = GOOD, before: str = "", after: str = "", shared: str = "") -> bytes:
    sheet = f'<worksheet xmlns="{NS}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'
    with ZipFile(BytesIO(workbook([("a", "b")]))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    if shared:
        parts["xl/sharedStrings.xml"] = shared.encode()
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return file.getvalue()


def lying_size(parts: dict[str, bytes]) -> bytes:
    """Says that a part is 100 bytes long, with the checksum of those 100."""
    honest = zipped(parts)
    with ZipFile(BytesIO(honest)) as package:
        part = package.getinfo("xl/worksheets/sheet1.xml")
        head = package.read(part)[:100]
    return honest.replace(
        struct.pack("<III", part.CRC, part.compress_size, part.file_size),
        struct.pack("<III", crc32(head), part.compress_size, 100),
    )


def cyclic_ole() -> bytes:
    content = bytearray(old_workbook({(0, 0): 1}))
    struct.pack_into("<I", content, 512 + 8, 2)  # the stream's first sector names itself as next
    return bytes(content)


def old_strings(*, claimed: int, rows: int) -> bytes:
    """One long shared string, used by many cells."""
    text = struct.pack("<HB", 8_000, 0) + b"x" * 8_000
    strings = record(0x00FC, struct.pack("<II", 1, claimed) + text)
    begin = record(0x0809, struct.pack("<2H12x", 0x0600, 0x0005)) + strings
    sheet = record(0x0809, struct.pack("<2H12x", 0x0600, 0x0010))
    for row in range(rows):
        for column in range(4):
            sheet += record(0x00FD, struct.pack("<3HI", row, column, 0, 0))
    place = len(begin) + 13 + 4
    entry = record(0x0085, struct.pack("<I4Bc", place, 0, 0, 1, 0, b"S"))
    return ole_of(begin + entry + record(0x000A) + sheet + record(0x000A))


def ole_of(stream: bytes) -> bytes:
    """A container with as many FAT sectors as the stream needs."""
    small = ole({"Workbook": b""})
    sectors = -(-len(stream) // 512)
    tables = -(-(sectors + 2) // 127)
    first = tables + 1
    fat = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    fat += [*range(first + 1, first + sectors), 0xFFFFFFFE]
    fat += [FREE] * (tables * 128 - len(fat))
    header = bytearray(small[:512])
    struct.pack_into("<I", header, 44, tables)
    struct.pack_into("<I", header, 48, tables)
    struct.pack_into("<109I", header, 76, *range(tables), *[FREE] * (109 - tables))
    directory = bytearray(small[1024:1536])
    struct.pack_into("<II", directory, 128 + 116, first, len(stream))
    body = stream.ljust(sectors * 512, b"\0")
    return bytes(header) + struct.pack(f"<{len(fat)}I", *fat) + bytes(directory) + body


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'
ONE = '<c r="A1"><v>1</v></c>'
FAR = '<row r="1048576"><c r = "XFD1048576"><v>1</v></c></row>'
FILES: dict[str, Callable[[], bytes]] = {
    "claimed dimension": lambda: book(before='<dimension ref="A1:XFD1048576"/>'),
    "claimed strings": lambda: book(
        shared=f'<sst xmlns="{NS}" uniqueCount="4294967295"><si><t>x</t></si></sst>'
    ),
    "claimed strings far behind": lambda: book(
        shared=f'<!--{"x" * 9_000}--><sst xmlns="{NS}" uniqueCount="4294967295"></sst>'
    ),
    "claimed old strings": lambda: old_strings(claimed=0x7FFFFFFF, rows=10),
    "everything merged": lambda: book(
        after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "painted to the last corner": lambda: book(
        cells=GOOD + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    ),
    "value in the last corner": lambda: book(cells=GOOD + FAR.replace(" = ", "=")),
    "value in the last corner, oddly written": lambda: book(cells=GOOD + FAR),
    "a million columns": lambda: book(
        cells='<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>"
    ),
    "a million times A1": lambda: book(cells=f'<row r="1">{ONE * 1_000_000}</row>'),
    "billion laughs": lambda: book(shared=LAUGHS),
    "text from outside": lambda: book(shared=OUTSIDE),
    "nested deep": lambda: book(after="<x>" * 200_000 + "</x>" * 200_000),
    "part longer than it says": lambda: lying_size(
        {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(50 * MEGABYTE)}
    ),
    "bomb in a workbook": lambda: zipped(
        {"xl/workbook.xml": b"<x/>", "xl/worksheets/a.xml": bytes(257 * MEGABYTE)}
    ),
    "bomb in an archive": lambda: zipped({"a.csv": bytes(301 * MEGABYTE)}),
    "old sheet that ends before it begins": lambda: old_workbook(
        {(0, 0): 1}, dimensions=struct.pack("<2I3H", 0x10000, 0x20, 0, 10, 0)
    ),
    "older sheet that ends before it begins": lambda: old_workbook(
        {(0, 0): 1}, dimensions=struct.pack("<5H", 9, 3, 0, 10, 0)
    ),
    "sectors in a circle": cyclic_ole,
    "old strings bomb": lambda: old_strings(claimed=1, rows=60_000),
    "old strings": lambda: old_strings(claimed=1, rows=100),
    "one line": lambda: b"a,b\n" + b"a" * (100 * MEGABYTE),
    "one line of commas": lambda: b"a," * (50 * MEGABYTE),
    "fifty million lines": lambda: b",\n" * (50 * MEGABYTE),
    "open quote": lambda: b'a,b\n"' + b"x,y\n" * (20 * MEGABYTE),
    "NULs": lambda: bytes(50 * MEGABYTE),
    "page of nested tables": lambda: b"<table><tr><td>" * 300_000,
    "page of cells": lambda: b"<table>" + b"<tr><td>1<td>2" * 200_000,
    "page of spans": lambda: b"<table>" + b"<tr><td rowspan=65000 colspan=1000>x" * 5_000,
    "page of attributes": lambda: b"<table " + b"a=1 " * (2 * MEGABYTE) + b"><tr><td>1<td>2",
}


def outcome(name: str, content: bytes) -> str:
    for file in unpack(content, name):
        tables = read_tables(file.data, file.name)
        peek_tables(file.data, file.name)
    return " ".join(f"{len(table.rows)}×{len(table.rows[0])}" for table in tables)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, made in FILES.items():
        content = made()
        started = time.process_time()
        try:
            said = outcome(name, content)
        except UnreadableFileError as error:
            said = str(error)
        except BaseException as error:
            said = f"broke: {error!r}"
        print(json.dumps([name, time.process_time() - started, said]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
