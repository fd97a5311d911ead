"""One file's bytes → its tables."""

from __future__ import annotations

from contextlib import suppress

from yunce.engines.platforms._reading import ole
from yunce.engines.platforms._reading.archive import ZIP
from yunce.engines.platforms._reading.delimited import read_delimited
from yunce.engines.platforms._reading.errors import EmptyFileError, NotATableError
from yunce.engines.platforms._reading.limits import MEGABYTE, check_bytes
from yunce.engines.platforms._reading.markup import is_markup, read_markup
from yunce.engines.platforms._reading.text import as_utf8
from yunce.engines.platforms._reading.workbook import read_ole, read_package
from yunce.engines.platforms._tables import Table
from yunce.kit.wording import gettext as _

_FIRST_ROWS = 100


def _other_kind(content: bytes) -> str:
    """What people upload by mistake, told by its first bytes; empty when it is none of them."""
    kinds = {
        b"\x89PNG": _("它是一张图片"),
        b"\xff\xd8\xff": _("它是一张图片"),
        b"GIF8": _("它是一张图片"),
        b"%PDF": _("它是 PDF 文档"),
        b"Rar!": _("它是压缩包，请先解压"),
        b"7z\xbc\xaf": _("它是压缩包，请先解压"),
        b"\x1f\x8b": _("它是压缩包，请先解压"),
        b"PK\x05\x06": _("它是空的压缩包"),
        b"MIME-Version:": _("它是单个文件的网页，请用 Excel 或 WPS 打开后另存为 .xlsx"),
    }
    return next((kind for mark, kind in kinds.items() if content.startswith(mark)), "")


def read_tables(content: bytes, name: str) -> list[Table]:
    """Every table in a file; UnreadableFileError when there is none to be had.

    What the file is gets read from its content: back ends name CSV and HTML files ``.xls``.
    """
    _check(content, name)
    if content.startswith(ZIP):
        return _some(read_package(content, name), name)
    if content.startswith(ole.MAGIC):
        return _some(read_ole(content, name), name)
    text = as_utf8(content, name)
    return read_markup(text, name) if is_markup(text) else _some(read_delimited(text, name), name)


def peek_tables(content: bytes, name: str, *, rows: int = _FIRST_ROWS) -> list[Table]:
    """The first rows of each table, quickly, however long the file: nothing else is looked at."""
    _check(content, name)
    if content.startswith(ZIP):
        return _some(_cut(read_package(content, name, rows=rows), rows), name)
    if content.startswith(ole.MAGIC) or len(content) <= MEGABYTE:
        return _cut(read_tables(content, name), rows)
    text = as_utf8(content[:MEGABYTE], name, whole=False)
    if is_markup(text):
        with suppress(NotATableError):
            return _cut(read_markup(text, name), rows)
        return _cut(read_tables(content, name), rows)
    whole_lines = text[: text.rfind(b"\n") + 1] or text
    return _some(read_delimited(whole_lines, name, rows=rows), name)


def _check(content: bytes, name: str) -> None:
    if not content:
        raise EmptyFileError(name, detail=_("0 字节"))
    check_bytes(name, len(content))
    if kind := _other_kind(content):
        raise NotATableError(name, detail=kind)


def _some(tables: list[Table], name: str) -> list[Table]:
    if not any(len(table.rows) for table in tables):
        raise EmptyFileError(name, detail=_("工作表里没有任何内容"))
    return tables


def _cut(tables: list[Table], rows: int) -> list[Table]:
    return [Table(t.file, t.sheet, t.rows[:rows], t.created) for t in tables]
