"""One file's bytes → its tables."""

from __future__ import annotations

from yunce.engines.platforms._reading import ole
from yunce.engines.platforms._reading.archive import ZIP
from yunce.engines.platforms._reading.delimited import read_delimited
from yunce.engines.platforms._reading.errors import EmptyFileError, NotATableError
from yunce.engines.platforms._reading.limits import check_bytes
from yunce.engines.platforms._reading.workbook import read_ole, read_package
from yunce.engines.platforms._tables import Table
from yunce.kit.wording import gettext as _


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
    }
    return next((kind for mark, kind in kinds.items() if content.startswith(mark)), "")


def read_tables(content: bytes, name: str) -> list[Table]:
    """Every table in a file; UnreadableFileError when there is none to be had.

    What the file is gets read from its content: back ends name CSV and HTML files ``.xls``.
    """
    if not content:
        raise EmptyFileError(name, detail=_("0 字节"))
    check_bytes(name, len(content))
    if kind := _other_kind(content):
        raise NotATableError(name, detail=kind)
    if content.startswith(ZIP):
        tables = read_package(content, name)
    elif content.startswith(ole.MAGIC):
        tables = read_ole(content, name)
    else:
        tables = read_delimited(content, name)
    if not tables:
        raise EmptyFileError(name, detail=_("工作表里没有任何内容"))
    return tables
