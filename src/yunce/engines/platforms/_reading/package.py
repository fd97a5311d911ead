"""A workbook's zip, looked through part by part: is it one, is it whole, is it a bomb.

What passes is packed anew, uncompressed, for the reader: it sees exactly the bytes looked at here,
whatever two readers of one zip might disagree about.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from struct import unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from yunce.engines.platforms._reading.archive import BROKEN, METHODS, opened
from yunce.engines.platforms._reading.errors import (
    CorruptFileError,
    LockedWorkbookError,
    NotATableError,
    TooLargeFileError,
)
from yunce.engines.platforms._reading.extent import (
    BrokenSheetError,
    has_longer_string,
    sheet_extent,
    text_size,
)
from yunce.engines.platforms._reading.heads import first_strings, head_of_sheet, strings_used
from yunce.engines.platforms._reading.limits import (
    MAX_PARTS,
    MAX_TEXT,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    check_grid,
)
from yunce.engines.platforms._reading.long_sheets import (
    LongSheet,
    is_shared,
    is_sheet,
    without_long_sheets,
)
from yunce.kit.wording import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30  # bytes before the name
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]{10,40})<")
_SHARED_START = re.compile(rb"<((?:[\w.-]+:)?)sst\b[^>]*?(/?)>")
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")  # where no ! is at all, the look is quick
_READ = (".xml", ".rels")
# Nothing of this says what stands in a cell: macros, pictures, charts, the order of computing.
_UNREAD = re.compile(
    r"xl/(?:media|drawings|charts|embeddings|theme|printerSettings|pivot\w*|externalLinks|ctrlProps"
    r"|activeX|comments|threadedComments|persons|calcChain|metadata|vba)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Package:
    """A workbook that may be opened."""

    parts: Mapping[str, bytes]
    created: date | None  # the day it says it was written, Asia/Shanghai
    taken: Mapping[str, LongSheet] = field(default_factory=dict)  # out of it, by what stands there


def checked_package(
    content: bytes, file: str, *, rows: int | None = None, whole: bool = False
) -> Package:
    """``rows``: only so many of each sheet. ``whole``: no long sheet is taken out."""
    try:
        with opened(content, file) as package:
            parts = package.infolist()
            _check_kind(parts, file)
            wanted = [part for part in parts if _is_read(part)]
            _check_size(wanted, file)
            bodies = {part.filename: _unpacked(content, part) for part in wanted}
    except BROKEN as error:
        raise CorruptFileError(file) from error
    if len(bodies) < len(wanted):
        raise CorruptFileError(file)  # two parts of one name: which of them counts, nobody knows
    if rows is not None:
        bodies = _heads(bodies, rows)
    bodies, taken = (bodies, {}) if whole else without_long_sheets(bodies, file)
    bodies = {name: _uncounted(body) for name, body in bodies.items()}
    _check_bodies(bodies, file)
    return Package(bodies, _creation_day(bodies.get("docProps/core.xml", b"")), taken)


def _check_kind(parts: list[ZipInfo], file: str) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise LockedWorkbookError(file)
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise NotATableError(file, detail=_("它是压缩包或别的文档，请先解压，或另存为 .xlsx"))


def _is_read(part: ZipInfo) -> bool:
    return part.filename.lower().endswith(_READ) and not _UNREAD.match(part.filename)


def _check_size(parts: list[ZipInfo], file: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        limit = MAX_UNPACKED_BYTES // MEGABYTE
        raise TooLargeFileError(file, detail=_("展开后超过 {limit} MB").format(limit=limit))


def _unpacked(content: bytes, part: ZipInfo) -> bytes:
    """ValueError unless it is exactly what the list of contents says."""
    if part.compress_type not in METHODS:
        raise ValueError(f"compression {part.compress_type}")
    if content[part.header_offset : part.header_offset + 4] != b"PK\x03\x04":
        raise ValueError("no entry where the list of contents says")
    if part.header_offset + _LOCAL_HEADER > len(content):
        raise EOFError(part.filename)
    name, extra = unpack_from("<2H", content, part.header_offset + 26)
    start = part.header_offset + _LOCAL_HEADER + name + extra
    body = content[start : start + part.compress_size]
    if part.compress_type == ZIP_DEFLATED:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        body = stream.decompress(body, part.file_size + 1)
    if len(body) != part.file_size or zlib.crc32(body) != part.CRC:
        raise ValueError(f"{part.filename} is not of the size or content it claims")
    return body


def _heads(bodies: dict[str, bytes], rows: int) -> dict[str, bytes]:
    sheets = {n: head_of_sheet(b, rows) for n, b in bodies.items() if is_sheet(b)}
    used = max(map(strings_used, sheets.values()), default=0)
    return {
        name: sheets.get(name) or (first_strings(body, used) if is_shared(body) else body)
        for name, body in bodies.items()
    }


def _uncounted(shared: bytes) -> bytes:
    """Without the number of strings it claims: calamine makes room for as many, be it 4 billion."""
    tags = shared.count(b"sst")
    once = tags <= 2  # it opens and closes: no need to look further than the first
    return _SHARED_START.sub(rb"<\1sst\2>", shared, count=int(once)) if tags else shared


def _check_bodies(bodies: dict[str, bytes], file: str) -> None:
    sheets = [body for body in bodies.values() if is_sheet(body)]
    shared = max((b for b in bodies.values() if is_shared(b)), key=len, default=b"")
    for body in bodies.values():
        # Entities have no business here; UTF-16 would pass every look below unseen.
        if b"\0" in body[:200] or (b"!" in body and _DECLARED.search(body)):
            raise CorruptFileError(file)
        if b"sst" in body and is_sheet(body) and _SHARED_START.search(body):
            raise CorruptFileError(file)  # a sheet and a table of strings in one
    try:
        extents = [sheet_extent(body) for body in sheets]
        for extent in extents:
            check_grid(file, "", rows=extent.rows, columns=extent.columns)
        cells = sum(extent.cells for extent in extents)
        suspect = cells > 0 and has_longer_string(shared, MAX_TEXT // cells)
        if suspect and text_size(sheets, shared) > MAX_TEXT:
            raise TooLargeFileError(file, detail=_("单元格里的文字过长"))
    except BrokenSheetError as error:
        raise CorruptFileError(file) from error


def packed(bodies: Mapping[str, bytes]) -> bytes:
    """A workbook for calamine, uncompressed."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as package:
        for name, body in bodies.items():
            package.writestr(ZipInfo(name), body)
    return file.getvalue()


def _creation_day(core: bytes) -> date | None:
    found = _CREATED.search(core)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found[1].decode("ascii").strip())
        return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None
