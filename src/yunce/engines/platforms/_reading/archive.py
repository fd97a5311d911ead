"""Archives: what people zip together, taken apart with care.

Nothing is ever written to disk; the names inside are only shown. What is too large, locked or
broken refuses the whole archive, for half of a drop is worse than none.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from yunce.engines.platforms._reading.errors import (
    CorruptFileError,
    EmptyFileError,
    LockedArchiveError,
    TooLargeFileError,
)
from yunce.engines.platforms._reading.limits import (
    MAX_ARCHIVE_FILES,
    MAX_ARCHIVE_UNPACKED_BYTES,
    MAX_DEPTH,
    MAX_ENTRIES,
    MEGABYTE,
    check_bytes,
)
from yunce.kit.text import tidy
from yunce.kit.wording import gettext as _

ZIP = b"PK\x03\x04"
BROKEN = (BadZipFile, EOFError, zlib.error, NotImplementedError, ValueError, OSError)
METHODS = (ZIP_STORED, ZIP_DEFLATED)  # others can demand any amount of memory
_ENTRY = b"PK\x01\x02"  # opens each line of the list of contents
_LOCKED, _UTF8 = 0x1, 0x800  # flags of an entry
_OFFICE = (
    "[Content_Types].xml",
    "mimetype",
    "xl/workbook.xml",
)  # a document is a zip as well, but one file
_CLUTTER = ("__macosx", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class ContainedFile:
    """One file out of an upload."""

    name: str  # as a person knows it, folders before it: 五月/作品列表.xlsx
    data: bytes


def unpack(data: bytes, name: str) -> tuple[ContainedFile, ...]:
    """The files in an archive; a file that is none yields itself.

    An archive inside an archive is opened too, one deeper is handed on closed.
    """
    check_bytes(name, len(data))
    files = tuple(_files(data, name, depth=0, budget=_Budget()))
    if not files:
        raise EmptyFileError(name, detail=_("压缩包里没有文件"))
    return files


def opened(data: bytes, name: str) -> ZipFile:
    """The zip, if its list of contents is of a size that may be read into memory."""
    if data.count(_ENTRY) > MAX_ENTRIES:
        raise TooLargeFileError(name, detail=_("里面的文件太多"))
    return ZipFile(BytesIO(data))


class _Budget:
    """What all levels together may still unpack."""

    def __init__(self) -> None:
        self.files, self.size = MAX_ARCHIVE_FILES, MAX_ARCHIVE_UNPACKED_BYTES

    def take(self, size: int, archive: str) -> None:
        self.files, self.size = self.files - 1, self.size - size
        if self.size < 0:
            limit = MAX_ARCHIVE_UNPACKED_BYTES // MEGABYTE
            raise TooLargeFileError(archive, detail=_("展开后超过 {limit} MB").format(limit=limit))
        if self.files < 0:
            detail = _("里面超过 {limit} 个文件").format(limit=MAX_ARCHIVE_FILES)
            raise TooLargeFileError(archive, detail=detail)


def _files(data: bytes, name: str, *, depth: int, budget: _Budget) -> Iterator[ContainedFile]:
    if not data.startswith(ZIP) or depth > MAX_DEPTH:
        yield ContainedFile(name, data)
        return
    try:
        with opened(data, name) as archive:
            parts = archive.infolist()
            if any(part.filename in _OFFICE for part in parts):
                yield ContainedFile(name, data)
                return
            wanted = [*_wanted(parts, name)]
            for part, _inner in wanted:  # all of them, before the first is unpacked
                budget.take(part.file_size, name)
            contents = [(inner, archive.read(part)) for part, inner in wanted]
    except BROKEN as error:
        raise CorruptFileError(name) from error
    for inner, content in contents:
        yield from _files(content, inner, depth=depth + 1, budget=budget)


def _wanted(parts: list[ZipInfo], archive: str) -> Iterator[tuple[ZipInfo, str]]:
    """Each file worth a look, and a name of its own."""
    taken: set[str] = set()
    for part in parts:
        written = _decoded(part)
        name = _shown(written)
        if written.endswith(("/", "\\")) or _is_clutter(name):
            continue
        if part.flag_bits & _LOCKED:
            raise LockedArchiveError(archive)
        if part.compress_type not in METHODS:
            raise CorruptFileError(archive, detail=_("用了少见的压缩方式"))
        path, count = PurePosixPath(name), 1
        while name in taken:
            count += 1
            name = f"{path.with_suffix('')} ({count}){path.suffix}"
        taken.add(name)
        yield part, name


def _decoded(part: ZipInfo) -> str:
    """Windows zips in Chinese write names in GBK and do not say so; zipfile took them for cp437."""
    if part.flag_bits & _UTF8:
        return part.orig_filename
    try:
        raw = part.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return part.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.orig_filename


def _shown(name: str) -> str:
    """Only plain folder and file names remain: no root, no drive, no way up.

    >>> _shown("..\\\\..\\\\C:/五月/./作品.csv")
    '五月/作品.csv'
    """
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    steps = [tidy(step) for step in printable.replace("\\", "/").split("/")]
    kept = [step for step in steps if step.strip(". ") and not step.endswith(":")]
    return "/".join(kept)[-255:]


def _is_clutter(name: str) -> bool:
    """What systems and open programs leave behind: resource forks, .DS_Store, ~$作品.xlsx."""
    steps = name.casefold().split("/")
    return not name or any(step in _CLUTTER or step.startswith((".", "~$", ".~")) for step in steps)
