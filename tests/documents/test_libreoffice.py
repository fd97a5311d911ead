"""Another office program opens our files, calculates the same rates and prints A4 landscape."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from yunce.engines.documents import WRITERS, Cell, Column, Outline, Table, achievement
from yunce.engines.documents.tests import samples

SECONDS = 110  # pytest stops a test at 120
# LibreOffice trusts cached results unless told to calculate on load (0 = always).
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
CASES = (
    # target, actual, lower is better, what the spreadsheet must find (worked by hand)
    (Decimal(20), Decimal(22), False, 1.1),
    (Decimal(2), Decimal(3), True, 2 / 3),
    (Decimal(12000), Decimal(0), False, 0),
    (Decimal(0), Decimal(22), False, "—"),
    (Decimal(20), None, False, "—"),
    (None, Decimal(22), False, "—"),
    (Decimal(2), Decimal(0), True, "—"),
    (Decimal(0), Decimal(3), True, "—"),
)


def tool(name: str) -> str:
    """The program's path; without it the test is skipped, except in CI, where it fails."""
    found = shutil.which(name)
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{name} is not installed, and in CI nothing is skipped for want of a tool")
    if found is None:
        pytest.skip(f"{name} is not installed: the documents were not read by LibreOffice")
    return found


def converted(source: Path, target: str, folder: Path) -> Path:
    """The document in another format, every formula calculated anew."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    result = folder / "converted"
    subprocess.run(
        [
            tool("soffice"),
            f"-env:UserInstallation={profile.parent.as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(result),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return result / f"{source.stem}.{target.split(':')[0]}"


def pdf_text(pdf: Path) -> str:
    """The text of a PDF as printed, line by line."""
    command = [tool("pdftotext"), "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, timeout=SECONDS).stdout.decode()


def pdf_facts(pdf: Path) -> dict[str, str]:
    """What pdfinfo says: Pages, Page size, …"""
    done = subprocess.run([tool("pdfinfo"), str(pdf)], check=True, capture_output=True, text=True)
    lines = (line.partition(":") for line in done.stdout.splitlines())
    return {name: value.strip() for name, _colon, value in lines}


def written(outline: Outline, file_format: str, folder: Path) -> Path:
    path = folder / f"document.{file_format}"
    path.write_bytes(WRITERS[file_format](outline))
    return path


def rates(*, cached: Decimal | None) -> Outline:
    """One achievement per case, with the same cached result in each."""
    columns = (
        Column("达成率", 12, number_format="0%"),
        Column("计划", 12, key="target", helper=True),
        Column("实际", 12, key="actual", helper=True),
    )
    rows = tuple(
        (Cell(achievement(cached, lower_is_better=lower)), Cell(target), Cell(actual))
        for target, actual, lower, _found in CASES
    )
    return replace(samples.one_cell(""), blocks=(Table(columns, rows),))


def long_summary(rows: int) -> Outline:
    columns = (Column("序号", 10), Column("问题反思", 60))
    cells = tuple((Cell(number), Cell("落地页加载慢，" * 20)) for number in range(rows))
    return Outline("长表", "", "运营组长", samples.MADE, (Table(columns, cells),))


def test_recalculated_rates_equal_the_cached_ones(tmp_path: Path) -> None:
    source = written(samples.summary(), "xlsx", tmp_path)
    ours = openpyxl.load_workbook(source, data_only=True).active
    theirs = openpyxl.load_workbook(converted(source, "xlsx", tmp_path), data_only=True).active
    assert ours is not None
    assert theirs is not None
    found = [theirs.cell(row, 3).value for row in range(6, 12)]
    assert found == pytest.approx([ours.cell(row, 3).value for row in range(6, 12)])
    assert found == pytest.approx([1.1, 13 / 12, 1.25, 1.15, 7 / 6, 1.2])


def test_formulas_are_really_calculated_and_say_when_nothing_can_be_said(tmp_path: Path) -> None:
    source = written(rates(cached=Decimal("9.99")), "xlsx", tmp_path)
    theirs = openpyxl.load_workbook(converted(source, "xlsx", tmp_path), data_only=True).active
    assert theirs is not None
    found = [theirs.cell(4 + at, 1).value for at in range(len(CASES))]
    assert found[:3] == pytest.approx([1.1, 2 / 3, 0])
    assert found[3:] == ["—"] * 5


def test_text_that_looks_like_a_formula_is_not_calculated(tmp_path: Path) -> None:
    source = written(samples.one_cell("=1+1"), "xlsx", tmp_path)
    assert converted(source, "csv", tmp_path).read_text().splitlines()[-1] == "=1+1"


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
def test_the_summary_prints_on_one_page_of_a4_landscape(file_format: str, tmp_path: Path) -> None:
    pdf = converted(written(samples.summary(), file_format, tmp_path), "pdf", tmp_path)
    facts = pdf_facts(pdf)
    assert facts["Pages"] == "1"
    assert facts["Page size"].startswith("841.89 x 595.")
    text = pdf_text(pdf)
    assert all(rate in text for rate in ("110%", "108%", "125%", "115%", "117%", "120%"))
    assert "计划（数值）" not in text


@pytest.mark.parametrize("file_format", ["xlsx", "docx"])
def test_a_long_table_repeats_its_header_on_every_page(file_format: str, tmp_path: Path) -> None:
    pdf = converted(written(long_summary(60), file_format, tmp_path), "pdf", tmp_path)
    pages = pdf_text(pdf).rstrip("\f").split("\f")
    assert len(pages) > 2
    assert all("问题反思" in page for page in pages)
    assert f"第 2 页，共 {len(pages)} 页" in pages[1]
