"""Documents: one outline, a writer per format (xlsx, docx). Data in, bytes out."""

from __future__ import annotations

from yunce.engines.documents.charts import Chart, Charts, Mark, Series
from yunce.engines.documents.formulas import Formula, achievement
from yunce.engines.documents.outline import (
    Align,
    Block,
    Cell,
    Column,
    Cover,
    Heading,
    Note,
    Outline,
    Paragraph,
    Prompt,
    Table,
    Tone,
    Turn,
)
from yunce.engines.documents.writers import CONTENT_TYPES, WRITERS, write_docx, write_xlsx

__all__ = [
    "CONTENT_TYPES",
    "WRITERS",
    "Align",
    "Block",
    "Cell",
    "Chart",
    "Charts",
    "Column",
    "Cover",
    "Formula",
    "Heading",
    "Mark",
    "Note",
    "Outline",
    "Paragraph",
    "Prompt",
    "Series",
    "Table",
    "Tone",
    "Turn",
    "achievement",
    "write_docx",
    "write_xlsx",
]
