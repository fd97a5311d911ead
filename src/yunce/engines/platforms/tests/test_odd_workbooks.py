"""Workbooks as other programs leave them: WPS styles, macros, another epoch, half a download."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from yunce.engines.platforms import CorruptFileError, NotATableError, read_tables
from yunce.engines.platforms.tests.hostile import zipped
from yunce.engines.platforms.tests.workbooks import old_workbook, workbook

ROWS = (("日期", "播放量"), ("2025-05-01", 12))


def rezipped(**changes: bytes) -> bytes:
    with ZipFile(BytesIO(workbook(ROWS))) as package:
        return zipped({name: package.read(name) for name in package.namelist()} | changes)


def test_styles_that_openpyxl_chokes_on_do_no_harm() -> None:
    with ZipFile(BytesIO(workbook(ROWS))) as package:
        styles = package.read("xl/styles.xml").replace(b"<patternFill/>", b"")
    content = rezipped(**{"xl/styles.xml": styles})
    with pytest.raises(TypeError):
        load_workbook(BytesIO(content))
    assert read_tables(content, "微头条.xlsx")[0].rows == ROWS


def test_macros_are_not_even_unpacked() -> None:
    content = rezipped(**{"xl/vbaProject.bin": b"\0" * 1_000, "xl/vbaData.xml": b"<!DOCTYPE x>"})
    assert read_tables(content, "作品.xlsm")[0].rows == ROWS


def test_days_counted_from_1904_are_the_days_they_show() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append(["日期", datetime(2025, 5, 1)])  # noqa: DTZ001 - as the sheet shows it
    file = BytesIO()
    book.save(file)
    [(_label, day)] = read_tables(file.getvalue(), "x.xlsx")[0].rows
    assert day in (datetime(2025, 5, 1), date(2025, 5, 1))  # noqa: DTZ001


@pytest.mark.parametrize("content", [workbook(ROWS), old_workbook({(0, 0): 1, (1, 1): 2})])
def test_half_a_download_is_refused_or_whole(content: bytes) -> None:
    for length in range(8, len(content), 17):
        try:
            [table] = read_tables(content[:length], "x")
        except (CorruptFileError, NotATableError):
            continue
        assert len(table.rows) == 2  # an .xls may lack its padding
