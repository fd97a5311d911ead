"""A recognised table → posts, facts and problems."""

from __future__ import annotations

from datetime import date

from yunce.engines.platforms._findings import Findings
from yunce.engines.platforms._parsed import Parsed, ParsedPost
from yunce.engines.platforms._planning import plan
from yunce.engines.platforms._recognition import Recognition
from yunce.engines.platforms._registry import export_of
from yunce.engines.platforms._tables import Table
from yunce.engines.platforms._wholesale import read_table
from yunce.kit.wording import gettext as _


def parse(
    table: Table,
    recognition: Recognition,
    *,
    captured_on: date,
    today: date,
    post: ParsedPost | None = None,
) -> Parsed:
    """Read a table as the export it was recognised as.

    Posts' numbers belong to ``captured_on``, the day the file was exported; days carry their own.
    A file about one post does not say which: ``post`` does, else the file's name.
    """
    platform, key = recognition.platform, recognition.export
    layout = plan(table, recognition, captured_on=captured_on, today=today, post=post)
    if layout.post is None and export_of(platform, key).shape in ("post", "post_days"):
        return _nameless(table, recognition).parsed(platform=platform, export=key)
    start, end = recognition.header_row, recognition.last_row or len(table.rows)
    findings = read_table(layout, table, start=start, end=end)
    _tell_unread(findings, recognition)
    return findings.parsed(platform=platform, export=key)


def _nameless(table: Table, recognition: Recognition) -> Findings:
    findings = Findings(table.sheet)
    message = _("文件里没有写这是哪一条内容的数据")
    hint = _("这张表没有导入。请把文件名改成这条内容的标题后重新上传。")
    findings.problem(recognition.header_row, None, table.file, message, hint)
    return findings


def _tell_unread(findings: Findings, recognition: Recognition) -> None:
    if not recognition.unread_row:
        return
    message = _("第 {row} 行起还有一张认不出的表，没有读").format(row=recognition.unread_row)
    hint = _("如果需要它的数据，请把它单独存成一个文件，再用「自己指定列」导入。")
    findings.problem(recognition.unread_row, None, "", message, hint, severity="warning")
