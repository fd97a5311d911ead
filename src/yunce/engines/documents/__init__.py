"""Documents: one outline for every format."""

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

__all__ = [
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
]
