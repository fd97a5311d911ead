"""A document before it has a format: headings, text, tables and charts as plain, frozen data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

from yunce.engines.documents.charts import Charts
from yunce.engines.documents.formulas import Formula
from yunce.engines.documents.number_formats import is_date_format, is_number_format

Align = Literal["left", "center", "right"]
Tone = Literal["", "good", "warn", "bad", "muted"]
Value = str | Decimal | float | int | date | Formula | None


@dataclass(frozen=True)
class Column:
    """One column of a table; widths are relative, the writers fill the page with them."""

    title: str
    width: float  # in characters of a number; a Chinese character takes two
    align: Align = "left"
    number_format: str = ""  # as Excel writes it: 0% · #,##0 · #,##0" 篇"
    key: str = ""  # what a formula calls this column: {key}
    helper: bool = False  # numbers for formulas: folded away at the right in xlsx, not in docx


@dataclass(frozen=True)
class Cell:
    """One cell; None is left blank, so a writer of reports says 「—」 where a value is missing."""

    value: Value = None
    bold: bool = False
    number_format: str = ""  # empty: the column's
    row_span: int = 1  # how many rows it covers; the cells below it are left blank
    tone: Tone = ""
    align: Align | None = None  # None: the column's
    is_shaded: bool = False  # on the header's ground: a rest day, a sum


@dataclass(frozen=True)
class Table:
    """Rows under columns; every row has one cell per column, blank ones under a spanning cell."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""  # stands above the table; names the sheet from the second table on
    repeat_header: bool = True  # on every printed page

    def __post_init__(self) -> None:
        self._check_shape()
        self._check_spans()
        self._check_formulas()
        self._check_values()

    def visible(self) -> tuple[tuple[int, Column], ...]:
        """The columns a reader sees, each with its place in a row."""
        return tuple((at, column) for at, column in enumerate(self.columns) if not column.helper)

    def helpers(self) -> tuple[tuple[int, Column], ...]:
        """The columns only formulas need, each with its place in a row."""
        return tuple((at, column) for at, column in enumerate(self.columns) if column.helper)

    def _cells(self) -> Iterator[tuple[int, int, Cell]]:
        for row_at, row in enumerate(self.rows):
            for column_at, cell in enumerate(row):
                yield row_at, column_at, cell

    def _check_shape(self) -> None:
        if not self.visible():
            raise ValueError("a table needs at least one column that is not a helper")
        for at, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                message = f"row {at} has {len(row)} cells, the table {len(self.columns)} columns"
                raise ValueError(message)

    def _check_spans(self) -> None:
        for row_at, column_at, cell in self._cells():
            if not 1 <= cell.row_span <= len(self.rows) - row_at:
                raise ValueError(f"row {row_at}: row_span {cell.row_span} leaves the table")
            below = self.rows[row_at + 1 : row_at + cell.row_span]
            if any(row[column_at] != Cell() for row in below):
                title = self.columns[column_at].title
                raise ValueError(f"row {row_at}: cells spanned in column {title!r} are not blank")

    def _check_formulas(self) -> None:
        keys = {column.key for column in self.columns if column.key}
        for row_at, _column_at, cell in self._cells():
            if isinstance(cell.value, Formula) and (unknown := cell.value.keys() - keys):
                raise ValueError(
                    f"row {row_at}: no column has the key {', '.join(sorted(unknown))}"
                )

    def _check_values(self) -> None:
        for row_at, column_at, cell in self._cells():
            if isinstance(cell.value, datetime | bool):
                raise ValueError(f"row {row_at}: {cell.value!r} is neither a number nor a day")
            wanted = cell.number_format or self.columns[column_at].number_format
            if not _may_show(cell.value, wanted):
                raise ValueError(f"row {row_at}: {cell.value!r} cannot be shown as {wanted!r}")


def _may_show(value: Value, number_format: str) -> bool:
    if not number_format or value is None or isinstance(value, str):
        return True
    is_known = is_date_format if isinstance(value, date) else is_number_format
    return is_known(number_format)


@dataclass(frozen=True)
class Heading:
    """A heading inside the document; the title itself is the outline's."""

    text: str
    level: Literal[1, 2, 3] = 1
    on_new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Running text; line breaks are kept."""

    text: str


@dataclass(frozen=True)
class Note:
    """Small print: a definition, a source, an explanation under a table."""

    text: str


@dataclass(frozen=True)
class Prompt:
    """What people should write here, where nothing is known; looks like no finished text."""

    what: str
    who: str
    example: str


@dataclass(frozen=True)
class Turn:
    """From here on the pages lie the other way; starts a new one."""

    landscape: bool


Block = Heading | Paragraph | Note | Table | Charts | Prompt | Turn


@dataclass(frozen=True)
class Cover:
    """The first page of a long document: whose it is, what it wants, and its particulars."""

    owner: str  # the team
    statement: str  # in one sentence; may be empty
    facts: tuple[tuple[str, str], ...]  # label, value


@dataclass(frozen=True)
class Outline:
    """A whole document, ready for any writer; the same outline gives the same bytes."""

    title: str
    subtitle: str
    author: str
    created: datetime  # stamped into the file's properties
    blocks: tuple[Block, ...]
    landscape: bool = True
    cover: Cover | None = None  # with one, a list of chapters follows it

    def created_utc(self) -> datetime:
        """When it was made, as office files keep it: UTC without saying so."""
        made = self.created
        return made.astimezone(UTC).replace(tzinfo=None) if made.tzinfo else made
