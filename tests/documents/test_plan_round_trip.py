"""A plan written by the program, edited in another office program, brings back only the edits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document

from tests.documents.test_libreoffice import converted
from tests.documents.test_reports import written
from yunce.config.demo import load_demo
from yunce.engines.plantables import read_plan_file
from yunce.ground.teams.models import Team
from yunce.kit.months import Month
from yunce.loop.goals.models import MonthPlan
from yunce.loop.plans.intake import draft_from
from yunce.loop.plans.intake.preview import Preview, look_at

pytestmark = pytest.mark.django_db
MAY = Month(2025, 5)


@pytest.fixture
def demo() -> MonthPlan:
    team, _made = load_demo()
    return MonthPlan.objects.get(team=team)


def looked_at(plan: MonthPlan, file: Path) -> Preview:
    read = read_plan_file(file.read_bytes(), file.name, month=MAY, today=date(2025, 6, 2))
    assert read.unread == ()
    team: Team = plan.team
    return look_at(team, MAY, plan, draft_from(read))


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_an_unchanged_table_changes_nothing(
    demo: MonthPlan, file_format: str, tmp_path: Path
) -> None:
    source = written(demo, "plan", file_format, tmp_path)
    look = looked_at(demo, converted(source, file_format, tmp_path))
    assert [line.told.words for line in look.goals if line.standing != "same"] == []
    assert [line.changes for line in look.tasks if line.standing != "same"] == []
    assert (len(look.goals), len(look.tasks)) == (6, 8)


def test_only_what_was_edited_in_the_document_comes_back(demo: MonthPlan, tmp_path: Path) -> None:
    source = written(demo, "plan", "docx", tmp_path)
    document = Document(str(source))
    rows = document.tables[0].rows
    rows[3].cells[1].text = "新增粉丝 12,500 人（挑战 13,000 人）"
    rows[4].cells[4].text = "5/16、5/26"
    rows[6].cells[5].text = "话题阅读 ≥ 120,000"
    document.save(str(source))
    look = looked_at(demo, converted(source, "docx", tmp_path))
    assert [line.told.words for line in look.goals if line.standing == "changed"] == ["新增粉丝"]
    changes = [line.changes for line in look.tasks if line.standing != "same"]
    assert changes == [
        ("时间节点：5/15、5/25 → 5/16、5/26",),
        ("完成标准：话题阅读 ≥ 100,000 → 话题阅读 ≥ 120,000",),
    ]
