"""A long table read column by column; only rows with something doubtful in them one by one.

A row is clean when every cell of it can be taken as it is and nothing is to be said of it. Rows
that name one place twice, and the first row of a post that such rows name, are never clean: what
is said of them depends on what stands above. So both ways of reading find the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from yunce.engines.platforms._findings import Findings
from yunce.engines.platforms._gathering import Gathering
from yunce.engines.platforms._layout import Layout
from yunce.engines.platforms._rows import PIECES, read_rows
from yunce.engines.platforms._tables import Table
from yunce.engines.platforms._warnings import warn_of_table

_FEW = 200  # rows that are not worth the columns
_BLOCK = 8_192  # rows at once


def read_table(layout: Layout, table: Table, *, start: int, end: int) -> Findings:
    """The rows of a table between two 0-based places, below its header."""
    if end - start < _FEW or not _can_be_clean(layout):
        return one_by_one(layout, table, start=start, end=end)
    return by_column(layout, table, start=start, end=end)


def one_by_one(layout: Layout, table: Table, *, start: int, end: int) -> Findings:
    findings = Findings(table.sheet)
    rows = enumerate(table.rows[start:end], start=start + 1)
    read_rows(layout, rows, findings=findings)
    warn_of_table(layout, findings)
    return findings


def by_column(
    layout: Layout, table: Table, *, start: int, end: int, size: int = _BLOCK
) -> Findings:
    findings = Findings(table.sheet)
    gathering = Gathering(layout, is_held=table.is_held)
    for first, columns in table.blocks(start=start, end=end, size=size):
        gathering.add(first + 1, columns[layout.first : layout.end])
    doubtful: Sequence[int] = gathering.doubtful()
    rows = table.rows_at([number - 1 for number in doubtful])
    read_rows(layout, zip(doubtful, rows, strict=True), findings=findings)
    gathering.hand_over(findings)
    warn_of_table(layout, findings)
    return findings


def _can_be_clean(layout: Layout) -> bool:
    """A table of days or of dated posts, in which no metric can be told twice by one row."""
    metrics = [column.metric for column in layout.metrics]
    dated = layout.has_days or layout.column("published") is not None
    counted = {"pieces", *PIECES.values()}.isdisjoint(metrics)
    once = len({*metrics}) == len(metrics)
    return dated and counted and once and not layout.names and not layout.is_dated_header
