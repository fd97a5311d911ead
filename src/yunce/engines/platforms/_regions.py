"""Where tables may begin in a sheet: rows that could be headers, and the runs of cells in them.

A sheet may hold several tables, side by side or one under the other, below titles and banners.
Nothing is split here; whoever knows the headers decides what is one table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import eq

from yunce.engines.platforms._cells import is_total_label, shown
from yunce.engines.platforms._headers import HEADER_DEPTH, header_key
from yunce.engines.platforms._tables import ByColumn, Cell, Table

Row = Sequence[Cell]
# What a file may cost to look through. Real sheets have a dozen tables of some twenty columns;
# a hostile one has a header in every row and every second column.
_MOST_ROWS = 400  # looked at as headers, in all sheets together
_MOST_RUNS = 12
_WIDEST = 120


@dataclass(frozen=True, kw_only=True)
class Span:
    """A run of header cells."""

    row: int  # 1-based, the last row of the header
    height: int  # rows the header takes: 2 where groups are named above
    first: int  # 0-based column of the first cell
    cells: tuple[Cell, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(header_key(shown(cell)) for cell in self.cells)

    @property
    def last(self) -> int:
        return self.first + len(self.cells) - 1

    def overlaps(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last


def header_rows(table: Table, *, sheets: int = 1) -> Iterator[tuple[int, bool]]:
    """The first rows, and below them each that starts afresh, after an empty row or a title.

    (0-based, whether it starts afresh). ``sheets``: among how many the effort is shared.
    """
    most = max(HEADER_DEPTH, _MOST_ROWS // sheets)
    fresh, found = True, 0
    rows = table.rows
    if isinstance(rows, ByColumn) and _are_never_lonely(rows[HEADER_DEPTH:]):
        rows = rows[: HEADER_DEPTH + 1]
    for index, row in enumerate(rows):
        lonely = is_empty(row) or is_title(row)
        if index < HEADER_DEPTH or (fresh and not lonely):
            found += 1
            yield index, fresh
        if found > most:
            return
        fresh = lonely


def _are_never_lonely(rows: ByColumn) -> bool:
    """No row is empty or a title, for two columns are filled throughout and differ everywhere."""
    full = [*islice((column for column in rows.columns() if None not in column), 2)]
    return len(full) == 2 and not any(map(eq, *full))


def is_empty(row: Row) -> bool:
    return row.count(None) == len(row)


def is_title(row: Row) -> bool:
    """One text, be it repeated over the cells it was merged over."""
    first = next((cell for cell in row if cell is not None), None)
    return isinstance(first, str) and row.count(first) + row.count(None) == len(row)


def looks_like_header(row: Row) -> bool:
    """Words only, no digit: a table's header, although none that is known."""
    filled = [cell for cell in row if cell is not None]
    if len(filled) < 2 or any(is_total_label(cell) for cell in filled):
        return False
    return all(isinstance(cell, str) and not _has_digit(cell) for cell in filled)


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def spans_of(rows: Sequence[Row], index: int) -> list[tuple[Span, ...]]:
    """Each way to take a row as headers: as one, run by run, with the groups named above it."""
    row = rows[index]
    whole = _span(row, index, 0, len(row))
    if whole is None:
        return []
    ways: list[tuple[Span, ...]] = [(whole,)] if len(whole.cells) <= _WIDEST else []
    wide_enough = (run for run in _runs(row, index) if 2 <= len(run.cells) <= _WIDEST)
    runs = tuple(islice(wide_enough, _MOST_RUNS))
    if runs and runs != (whole,):
        ways.append(runs)
    if index and len(whole.cells) <= _WIDEST and (joined := _joined(rows[index - 1], row)):
        ways.extend([(both,)] if (both := _span(joined, index, 0, len(row), height=2)) else [])
    return ways


def _runs(row: Row, index: int) -> Iterator[Span]:
    start = 0
    for place in range(len(row) + 1):
        if place == len(row) or row[place] is None:
            if span := _span(row, index, start, place):
                yield span
            start = place + 1


def _span(row: Row, index: int, start: int, end: int, *, height: int = 1) -> Span | None:
    """Without the empty cells at its edges; None when nothing is left."""
    while start < end and row[start] is None:
        start += 1
    while end > start and row[end - 1] is None:
        end -= 1
    if start == end:
        return None
    return Span(row=index + 1, height=height, first=start, cells=tuple(row[start:end]))


def _joined(upper: Row, lower: Row) -> Row | None:
    """阅读 over 次数 and 人数 → 阅读次数, 阅读人数; a header over both rows stands alone."""
    if is_empty(upper) or is_title(upper) or not all(isinstance(c, str | None) for c in lower):
        return None
    cells: list[Cell] = []
    group: Cell = None
    for above, below in zip(upper, lower, strict=True):
        group = above if above is not None or below is None else group
        cells.append(f"{group or ''}{below}" if below not in (None, above) else above)
    return tuple(cells)
