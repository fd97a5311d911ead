"""Building a report: its name, what it refuses, what it says of thin data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx import Document

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind
from yunce.ground.teams.models import Member, Team
from yunce.loop.goals.models import Goal, MonthPlan
from yunce.loop.plans.models import Task
from yunce.loop.reviews.models import Improvement, Reflection
from yunce.outputs.reports.catalogue import reports
from yunce.outputs.reports.queries import BuiltReport, UnknownReportError, build

JUNE = datetime(2025, 6, 2, 1, 30, tzinfo=UTC)


@pytest.fixture
def plan(team: Team) -> MonthPlan:
    return MonthPlan.objects.create(team=team, month_start=date(2025, 5, 1))


@pytest.fixture
def loading_time(plan: MonthPlan) -> Goal:
    return Goal.objects.create(
        plan=plan, dimension="conversion", metric="landing_seconds", must=Decimal(2)
    )


def built(plan: MonthPlan, kind: str, file_format: str, made_at: datetime = JUNE) -> BuiltReport:
    return build(kind=kind, plan=plan, format=file_format, made_at=made_at, author="李组长")


def sheet_of(report: BuiltReport) -> Any:
    return openpyxl.load_workbook(BytesIO(report.content), data_only=True).active


def words_of(report: BuiltReport) -> str:
    document = Document(BytesIO(report.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_catalogue_has_plan_proposal_and_summary() -> None:
    assert [*reports()] == ["plan", "proposal", "summary"]


def test_a_file_name_is_fit_for_any_file_system(plan: MonthPlan) -> None:
    plan.team.name = 'A/B:组 "一"'
    assert built(plan, "plan", "docx").file_name == "2025-05 月度计划表 A B 组 一.docx"


def test_the_same_report_made_at_the_same_time_is_the_same_file(plan: MonthPlan) -> None:
    assert built(plan, "plan", "xlsx").content == built(plan, "plan", "xlsx").content


def test_an_unknown_report_says_which_there_are(plan: MonthPlan) -> None:
    with pytest.raises(UnknownReportError, match="可选：plan、proposal、summary"):
        built(plan, "budget", "xlsx")
    with pytest.raises(UnknownReportError, match="可选：xlsx、docx"):
        built(plan, "plan", "pdf")
    with pytest.raises(UnknownReportError, match="「月度规划方案」不能导出「xlsx」格式"):
        built(plan, "proposal", "xlsx")


def test_an_empty_month_gives_a_table_with_its_header_only(plan: MonthPlan) -> None:
    assert "目标维度" in words_of(built(plan, "plan", "docx"))
    assert "5 月复盘：还没有目标。" in words_of(built(plan, "summary", "docx"))


def test_lower_is_better_turns_the_rate_round(
    plan: MonthPlan, loading_time: Goal, account: Account
) -> None:
    row = FactRow(
        team=account.team_id,
        account=account.pk,
        post=0,
        metric="landing_seconds",
        day=date(2025, 5, 31),
        segment="",
        value=3.0,
    )
    record(team=account.team, by=None, source=Source(kind=BatchKind.GRID), rows=[row])
    report = words_of(built(plan, "summary", "docx"))
    assert "3 秒" in report
    assert "67%" in report
    assert "数据不全：落地页加载时长缺 30 天。缺的日子没有按 0 计算。" in report


def test_a_goal_without_numbers_shows_a_dash(plan: MonthPlan, loading_time: Goal) -> None:
    sheet = sheet_of(built(plan, "summary", "xlsx"))
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [line] = [row for row in values if row[0] == "转化优化"]
    assert line[1:3] == ["落地页加载时长 —", "—"]


def test_a_running_month_says_up_to_which_day(plan: MonthPlan, loading_time: Goal) -> None:
    may_13 = datetime(2025, 5, 13, 4, tzinfo=UTC)
    assert "本月未结束，数据到 5 月 12 日" in words_of(built(plan, "summary", "docx", may_13))
    april = datetime(2025, 4, 12, 4, tzinfo=UTC)
    assert "本月还没有开始" in words_of(built(plan, "summary", "docx", april))


def test_words_and_measures_stand_beside_their_dimension(plan: MonthPlan, bob: Member) -> None:
    Reflection.objects.create(plan=plan, dimension="user", highlights="直播好", problems="=1+1")
    Improvement.objects.create(plan=plan, dimension="user", measure="改海报", owner=bob)
    Improvement.objects.create(
        plan=plan, dimension="user", measure="换奖品", due_on=date(2025, 6, 5)
    )
    sheet = sheet_of(built(plan, "summary", "xlsx"))
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [line] = [row for row in values if row[0] == "用户增长"]
    assert line[1:6] == [
        "—",
        "—",
        "直播好",
        "=1+1",
        "1. 改海报（文案专员）\n2. 换奖品（6/5 前）",
    ]


def test_a_task_without_a_goal_and_a_removed_one(plan: MonthPlan) -> None:
    Task.objects.create(plan=plan, dimension="content", title="写选题库")
    Task.objects.create(
        plan=plan, dimension="content", title="删掉的", deleted_at=datetime(2025, 5, 2, tzinfo=UTC)
    )
    report = words_of(built(plan, "plan", "docx"))
    assert "写选题库" in report
    assert "删掉的" not in report
