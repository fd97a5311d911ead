"""Documents: one outline, a writer per format (xlsx, docx). Data in, bytes out."""

from __future__ import annotations

from yunce.engines.documents.formulas import Formula, achievement
from yunce.engines.documents.outline import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Outline,
    Paragraph,
    Table,
    Tone,
)
from yunce.engines.documents.writers import CONTENT_TYPES, WRITERS, write_docx, write_xlsx

__all__ = [
    "CONTENT_TYPES",
    "WRITERS",
    "Align",
    "Block",
    "Cell",
    "Column",
    "Formula",
    "Heading",
    "Note",
    "Outline",
    "Paragraph",
    "Table",
    "Tone",
    "achievement",
    "write_docx",
    "write_xlsx",
]
