"""`yunce report`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(yunce: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    yunce("demo")


def test_the_summary_is_a_workbook(yunce: Callable[..., Result], tmp_path: Path) -> None:
    result = yunce("report", "summary", "--month", "2025-05", "--format", "xlsx", "--json")
    written = Path(json.loads(result.output)["file"])
    texts = {
        str(cell.value) for sheet in load_workbook(written) for row in sheet.rows for cell in row
    }
    assert {"目标维度", "亮点分析", "问题反思", "改进措施"} <= texts


def test_without_a_name_it_is_named_after_its_content(
    yunce: Callable[..., Result], tmp_path: Path
) -> None:
    yunce("report", "summary", "--month", "2025-05", "--format", "docx")
    assert [path.suffix for path in tmp_path.glob("2025-05*")] == [".docx"]


def test_it_goes_where_it_is_wanted(yunce: Callable[..., Result], tmp_path: Path) -> None:
    assert yunce("report", "plan", "--month", "2025-05", "-o", tmp_path / "p.xlsx").exit_code == 0
    assert (tmp_path / "p.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["summary", "--month", "2024-01"], 1, "有计划的月份：2025-05"),
        (["summary", "--month", "五月"], 2, "「五月」不是月份"),
        (["budget", "--month", "2025-05"], 2, "没有叫「budget」的报表"),
        (["plan", "--month", "2025-05", "--format", "pdf"], 2, "不能导出「pdf」"),
        (["plan", "--month", "2025-05", "-o", "no/such/folder.xlsx"], 1, "写不了文件"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    yunce: Callable[..., Result], arguments: list[str], code: int, said: str
) -> None:
    result = yunce("report", *arguments)
    assert result.exit_code == code
    assert said in result.stderr
