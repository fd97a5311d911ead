"""What must hold of every file, whatever is in it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from yunce.engines.platforms import (
    Table,
    UnreadableFileError,
    parse,
    parse_mapped,
    peek_tables,
    read_tables,
    recognise,
    suggest_mapping,
    unpack,
)
from yunce.engines.platforms._reading.archive import ZIP
from yunce.engines.platforms.tests.both_ways import by_calamine, by_column

TODAY = date(2026, 11, 22)
KNOWN = {"reads": "阅读量", "post_views": "播放量", "new_followers": "新增粉丝", "likes": "点赞"}
RATES = frozenset({"post_completion_rate", "completion_rate"})


def holds(name: str, content: bytes) -> int:
    """Read it all the way; the number of tables. Only UnreadableFileError may be met on the way.

    What calamine reads of a workbook is what is read by column.
    """
    found = 0
    with suppress(UnreadableFileError):
        for file in unpack(content, name):
            with suppress(UnreadableFileError):
                peek_tables(file.data, file.name, rows=5)
            with suppress(UnreadableFileError):
                tables = read_tables(file.data, file.name)
                found += len(tables)
                for table in tables:
                    _use(table)
                if file.data.startswith(ZIP):
                    assert by_column(file.data) == by_calamine(file.data)
    return found


def _use(table: Table) -> None:
    widths = {len(row) for row in table.rows[:1_000]}
    assert len(widths) == 1, f"rows of several widths: {widths}"
    for known, recognition in recognise([table]):
        parse(known, recognition, captured_on=TODAY, today=TODAY)
    mapping = suggest_mapping(table, known=KNOWN)
    parse_mapped(table, mapping, captured_on=TODAY, today=TODAY, percent_metrics=RATES)
