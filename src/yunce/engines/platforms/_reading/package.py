"""Guards before a workbook's zip is opened for good: is it one, is it whole, is it a bomb."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from zipfile import ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from yunce.engines.platforms._reading.archive import BROKEN, METHODS, opened
from yunce.engines.platforms._reading.errors import (
    CorruptFileError,
    LockedWorkbookError,
    NotATableError,
    TooLargeFileError,
)
from yunce.engines.platforms._reading.limits import (
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_TEXT,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    check_grid,
)
from yunce.kit.wording import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
_ENCRYPTED = 0x1
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]{10,40})<")
# A cell that holds something: where it stands. Namespace prefixes and single quotes are legal.
_PLACED = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r=[\"']([A-Za-z]{1,9})([0-9]{1,9})[\"'][^>]*(?<!/)>"
)
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?![^>]*\sr=)")
_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r=[\"']([0-9]{1,9})[\"']")
_SHARED = re.compile(rb"<(?:\w+:)?si[\s>].*?</(?:\w+:)?si>", re.DOTALL)
_USES_SHARED = re.compile(rb"\st=[\"']s[\"']")


def checked_creation_day(content: bytes, file: str) -> date | None:
    """Walk through a workbook's parts, refuse what must not be opened; the day it was written."""
    try:
        with opened(content, file) as package:
            parts = package.infolist()
            _check_kind(parts, file)
            _check_size(parts, file)
            return _walk(package, parts, file)
    except BROKEN as error:
        raise CorruptFileError(file) from error
    except RuntimeError as error:  # what zipfile raises for an encrypted entry
        raise LockedWorkbookError(file) from error


def _check_kind(parts: list[ZipInfo], file: str) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise LockedWorkbookError(file)
    if any(part.compress_type not in METHODS for part in parts):
        raise CorruptFileError(file)
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise NotATableError(file, detail=_("它是压缩包或别的文档，请先解压，或另存为 .xlsx"))


def _check_size(parts: list[ZipInfo], file: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        limit = MAX_UNPACKED_BYTES // MEGABYTE
        raise TooLargeFileError(file, detail=_("展开后超过 {limit} MB").format(limit=limit))


def _walk(package: ZipFile, parts: list[ZipInfo], file: str) -> date | None:
    """Reading each part also proves its declared size and checksum."""
    created, longest, uses = None, 0, 0
    for part in parts:
        data = package.read(part)
        if part.filename == "docProps/core.xml":
            created = _creation_day(data)
        if b"\0" in data[:200] and part.filename.endswith((".xml", ".rels")):
            raise CorruptFileError(file)  # UTF-16 parts would pass the checks below unseen
        _check_extent(data, file)
        uses += len(_USES_SHARED.findall(data))
        longest = max((len(found[0]) for found in _SHARED.finditer(data)), default=longest)
    if longest * uses > MAX_TEXT and longest > MAX_TEXT // 1_000:
        raise TooLargeFileError(file, detail=_("单元格里的文字过长"))
    return created


def _check_extent(data: bytes, file: str) -> None:
    """One value in the last corner of a sheet would make a reader build the whole grid."""
    rows = columns = 0
    for cell in _PLACED.finditer(data):  # one by one: a list of a million places is too much
        rows = max(rows, int(cell[2]))
        columns = max(columns, _column_number(cell[1]))
    if _UNPLACED.search(data):
        rows = max(rows, max((int(row[1]) for row in _ROW.finditer(data)), default=0))
    check_grid(file, "", rows=rows, columns=max(columns, 1))


@lru_cache(maxsize=MAX_COLUMNS)
def _column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _creation_day(core: bytes) -> date | None:
    found = _CREATED.search(core)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found[1].decode("ascii").strip())
        return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None
