"""Which formats a document can take, and how each is written; libraries load on first use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from yunce.engines.documents.outline import Outline

_OFFICE = "application/vnd.openxmlformats-officedocument"


def write_xlsx(outline: Outline) -> bytes:
    """The document as an Excel workbook, with live formulas."""
    from yunce.engines.documents.xlsx_writer import workbook_bytes

    return workbook_bytes(outline)


def write_docx(outline: Outline) -> bytes:
    """The document as a Word file."""
    from yunce.engines.documents.docx_writer import document_bytes

    return document_bytes(outline)


WRITERS: Mapping[str, Callable[[Outline], bytes]] = MappingProxyType(
    {"xlsx": write_xlsx, "docx": write_docx}
)
CONTENT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
        "docx": f"{_OFFICE}.wordprocessingml.document",
    }
)
