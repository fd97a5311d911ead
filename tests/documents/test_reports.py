"""The demo month's reports, read back by another office program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.documents.test_libreoffice import converted, pdf_facts, pdf_text
from yunce.config.demo import load_demo
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.models import Task
from yunce.outputs.reports.queries import build

pytestmark = pytest.mark.django_db

MADE = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
SUMMARY_TITLES = [
    "目标维度",
    "完成情况（实际值）",
    "计划vs实际（达成率）",
    "亮点分析",
    "问题反思",
    "改进措施",
]
PLAN_TITLES = [
    "目标维度",
    "具体指标（计划值）",
    "核心任务",
    "负责人",
    "时间节点",
    "完成标准",
    "备注",
]
RATES = ["110%", "108%", "125%", "115%", "117%", "120%"]
ACTUALS = [
    "图文 22 篇",
    "原创占比 65%",
    "新增粉丝 15,000 人",
    "平均互动率 9.2%",
    "商品点击率 3.5%",
    "转化率 1.8%",
]


@pytest.fixture
def plan() -> MonthPlan:
    team, _made = load_demo()
    return MonthPlan.objects.get(team=team)


def written(plan: MonthPlan, kind: str, file_format: str, folder: Path) -> Path:
    built = build(kind=kind, plan=plan, format=file_format, made_at=MADE, author="林悦")
    path = folder / f"{kind}.{file_format}"
    path.write_bytes(built.content)
    return path


def sheet_rows(path: Path) -> list[list[object]]:
    """The table as a person sees it: header first, folded columns left out."""
    sheet: Any = openpyxl.load_workbook(path, data_only=True).active
    folded = {
        column
        for found in sheet.column_dimensions.values()
        if found.hidden
        for column in range(found.min, found.max + 1)
    }
    rows = [[cell.value for cell in row if cell.column not in folded] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[0] == "目标维度")
    width = len([title for title in rows[start] if title])
    return [row[:width] for row in rows[start:]]


def docx_rows(path: Path) -> list[list[str]]:
    table = Document(str(path)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_summary_workbook_has_six_columns_and_the_six_rates(
    plan: MonthPlan, tmp_path: Path
) -> None:
    source = written(plan, "summary", "xlsx", tmp_path)
    header, *rows = sheet_rows(converted(source, "xlsx", tmp_path))
    assert header == SUMMARY_TITLES
    assert [row[1] for row in rows[:6]] == ACTUALS
    rates = [row[2] for row in rows[:6]]
    assert rates == pytest.approx([1.1, 13 / 12, 1.25, 1.15, 7 / 6, 1.2])


def test_summary_rates_are_formulas_over_exact_numbers(plan: MonthPlan, tmp_path: Path) -> None:
    sheet: Any = openpyxl.load_workbook(written(plan, "summary", "xlsx", tmp_path)).active
    top = next(row for row in sheet.iter_rows() if row[0].value == "目标维度")[0].row
    formula = str(sheet.cell(top + 2, 3).value)
    assert formula.startswith("=IF(")
    helpers = [sheet.cell(top + 2, column).value for column in (8, 9)]
    assert helpers == [0.6, 0.65]


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
def test_summary_prints_on_one_page_with_the_six_rates(
    plan: MonthPlan, file_format: str, tmp_path: Path
) -> None:
    pdf = converted(written(plan, "summary", file_format, tmp_path), "pdf", tmp_path)
    text = pdf_text(pdf)
    assert pdf_facts(pdf)["Pages"] == "1"
    assert all(rate in text for rate in RATES)
    assert "（数值）" not in text


def test_summary_document_has_six_columns_and_spanning_words(
    plan: MonthPlan, tmp_path: Path
) -> None:
    source = written(plan, "summary", "docx", tmp_path)
    header, *rows = docx_rows(converted(source, "docx", tmp_path))
    assert header == SUMMARY_TITLES
    assert [row[1] for row in rows] == ACTUALS
    assert [row[2] for row in rows] == RATES
    assert rows[0][3] == rows[1][3]
    assert "（UI 设计，6/15 前，加载 ≤ 2 秒，转化率 +15%）" in rows[5][5]


def test_plan_workbook_has_exactly_seven_columns(plan: MonthPlan, tmp_path: Path) -> None:
    source = written(plan, "plan", "xlsx", tmp_path)
    header, first, *_rest = sheet_rows(converted(source, "xlsx", tmp_path))
    assert header == PLAN_TITLES
    assert first == [
        "内容运营",
        "图文 20 篇（挑战 24 篇）",
        "10 篇产品测评、5 篇行业干货、5 篇用户案例",
        "文案专员",
        "5/1–5/30",
        "单篇阅读 ≥ 500；标题点击率 ≥ 5%",
        "每周 5 篇",
    ]


def test_plan_document_has_exactly_seven_columns(plan: MonthPlan, tmp_path: Path) -> None:
    source = written(plan, "plan", "docx", tmp_path)
    header, *rows = docx_rows(converted(source, "docx", tmp_path))
    assert header == PLAN_TITLES
    assert len(rows) == 8
    assert [row[0] for row in rows[:2]] == ["内容运营", "内容运营"]
    assert rows[2][4] == "5/10、5/20、5/30"


def test_proposal_opens_in_another_program_with_its_chapters_charts_and_pages(
    plan: MonthPlan, tmp_path: Path
) -> None:
    pdf = converted(written(plan, "proposal", "docx", tmp_path), "pdf", tmp_path)
    pages = pdf_text(pdf).rstrip("\f").split("\f")
    contents = [line.split() for line in pages[1].splitlines() if line.strip()]
    listed = {line[0]: int(line[-1]) for line in contents if "、" in line[0]}
    assert len(listed) == 10
    for name, page in listed.items():
        assert name in pages[page - 1]
    text = "".join(pages)
    # The charts are drawn: their titles stand in the text of the pages.
    assert "新增粉丝：拆解对必达吻合" in text
    assert "缓冲" in text
    assert f"第 {len(pages)} 页，共 {len(pages)} 页" in pages[-1]
    assert "新增粉丝 12,000 人" in pages[-1]


def test_task_titles_never_become_formulas(plan: MonthPlan, tmp_path: Path) -> None:
    titles = ['=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(1)"]
    tasks = Task.objects.filter(plan=plan).order_by("position")
    for task, title in zip(tasks, titles, strict=False):
        task.title = title
        task.save()
    source = written(plan, "plan", "xlsx", tmp_path)
    sheet: Any = openpyxl.load_workbook(source).active
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert [kinds[title] for title in titles] == ["s"] * 4
    rows = sheet_rows(converted(source, "xlsx", tmp_path))[1:5]
    assert [row[2] for row in rows] == titles
