"""A file's long lists as workbooks, to be worked through beside the export they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from yunce.engines.documents import Cell, Column, Note, Outline, Table
from yunce.engines.platforms import Problem
from yunce.ground.imports.models import Upload
from yunce.ground.imports.showing import ChangedCell
from yunce.kit.numbers import format_signed, format_value

MOST = 100_000  # rows of one workbook


def problems_outline(upload: Upload, problems: Sequence[Problem], *, made: datetime) -> Outline:
    """File, sheet, row, column, value, what is wrong, what to do."""
    columns = (
        Column(_("文件"), 28),
        Column(_("工作表"), 16),
        Column(_("行"), 8, align="right"),
        Column(_("列"), 18),
        Column(_("内容"), 22),
        Column(_("程度"), 8),
        Column(_("问题"), 44),
        Column(_("怎么办"), 44),
    )
    rows = tuple(
        (
            Cell(upload.name),
            Cell(problem.sheet),
            Cell(problem.row),
            Cell(problem.column),
            Cell(problem.value),
            Cell(_("错误") if problem.severity == "error" else _("提醒")),
            Cell(problem.message),
            Cell(problem.hint),
        )
        for problem in problems[:MOST]
    )
    return _outline(_("问题清单"), upload, Table(columns, rows), len(problems), made)


def changes_outline(upload: Upload, changes: Sequence[ChangedCell], *, made: datetime) -> Outline:
    """Each value that would be replaced: before and after."""
    columns = (
        Column(_("内容"), 40),
        Column(_("日期"), 12),
        Column(_("指标"), 20),
        Column(_("原来"), 14, align="right"),
        Column(_("之后"), 14, align="right"),
        Column(_("相差"), 14, align="right"),
    )
    rows = tuple(
        (
            Cell(cell.subject or _("整个账号")),
            Cell(cell.day.isoformat()),
            Cell(cell.metric.name),
            Cell(format_value(cell.old, cell.metric.unit)),
            Cell(format_value(cell.new, cell.metric.unit)),
            Cell(format_signed(cell.difference, cell.metric.unit)),
        )
        for cell in changes[:MOST]
    )
    return _outline(_("会改变的数"), upload, Table(columns, rows), len(changes), made)


def _outline(title: str, upload: Upload, table: Table, count: int, made: datetime) -> Outline:
    words = {"count": count, "most": MOST}
    cut = _("共 %(count)d 行，这里是前 %(most)d 行。") if count > MOST else ""
    return Outline(
        title=title,
        subtitle=upload.name,
        author=_("运策"),
        created=made,
        blocks=(table, Note(cut % words)) if cut else (table,),
    )
