"""A table as rows of text, whatever file it came from: merged cells say whose text they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_ROWS = 5_000
MOST_COLUMNS = 64


@dataclass(frozen=True)
class GridCell:
    """One square of a table. A square a merged cell reaches into shows that cell's text."""

    text: str  # lines parted by \n
    reaches: bool = False  # True: the text stands in a merged cell that began elsewhere


BLANK = GridCell("")


@dataclass(frozen=True)
class Grid:
    """One table of a document or one sheet of a workbook."""

    number: int  # 1 for the first of the file
    name: str  # the sheet's name; of a Word table the text before it
    rows: tuple[tuple[GridCell, ...], ...]
    first_row: int = 1  # what the file calls the first row


@dataclass(frozen=True)
class PlanFile:
    """A file's tables and the words around them."""

    name: str
    grids: tuple[Grid, ...]
    texts: tuple[str, ...]  # titles and paragraphs, for the month


def even(rows: Sequence[Sequence[GridCell]]) -> tuple[tuple[GridCell, ...], ...]:
    """Rows of one width."""
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *([BLANK] * (width - len(row)))) for row in rows)
