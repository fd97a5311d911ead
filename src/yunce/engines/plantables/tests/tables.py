"""Plan tables to read back: the seven columns in Word and Excel, written with other libraries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import docx
import openpyxl

from yunce.engines.plantables import PlanTable, read_plan_file
from yunce.kit.months import Month

HEADS = ("目标维度", "具体指标（计划值）", "核心任务", "负责人", "时间节点", "完成标准", "备注")
TODAY = date(2025, 5, 3)
MAY = Month(2025, 5)
Rows = Sequence[Sequence[str]]


def word(rows: Rows, *, heads: Sequence[str] = HEADS, title: str = "2025 年 5 月计划") -> bytes:
    document = docx.Document()
    if title:
        document.add_paragraph(title)
    table = document.add_table(rows=0, cols=len(heads))
    for row in (heads, *rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    return saved(document)


def saved(document: object) -> bytes:
    buffer = BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def excel(rows: Rows, *, heads: Sequence[str] = HEADS, banner: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    if banner:
        sheet.append([banner])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def read(content: bytes, name: str = "plan.docx") -> PlanTable:
    return read_plan_file(content, name, today=TODAY)


def one_row(metric: str, task: str, *, standard: str = "", note: str = "") -> PlanTable:
    row = ("用户增长", metric, task, "运营组长", "5/10", standard, note)
    return read(word([row]))
