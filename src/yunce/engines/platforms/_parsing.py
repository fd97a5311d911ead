"""A recognised table → posts, facts and problems."""

from __future__ import annotations

from datetime import date

from yunce.engines.platforms._headers import place
from yunce.engines.platforms._layout import Layout
from yunce.engines.platforms._parsed import Parsed
from yunce.engines.platforms._recognition import Recognition
from yunce.engines.platforms._registry import export_of
from yunce.engines.platforms._rows import read_rows
from yunce.engines.platforms._tables import Table


def parse(table: Table, recognition: Recognition, *, captured_on: date, today: date) -> Parsed:
    """Read a table as the export it was recognised as.

    Posts' numbers belong to ``captured_on``, the day the file was exported; days carry their own.
    """
    export = export_of(recognition.platform, recognition.export)
    start = recognition.header_row
    columns = place(export, table.rows[start - 1])
    layout = Layout(columns=columns, captured_on=captured_on, today=today)
    rows = enumerate(table.rows[start:], start=start + 1)
    findings = read_rows(layout, rows, sheet=table.sheet)
    return findings.parsed(platform=recognition.platform, export=recognition.export)
