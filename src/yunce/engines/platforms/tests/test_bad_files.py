"""Files that cannot be read: each gets a sentence of its own, none gets an exception of another."""

from __future__ import annotations

import struct
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunce.engines.platforms import (
    CorruptFileError,
    EmptyFileError,
    LockedWorkbookError,
    NotATableError,
    TooLargeFileError,
    UnreadableFileError,
    read_tables,
)
from yunce.engines.platforms._reading import limits
from yunce.engines.platforms.tests.workbooks import old_workbook, ole, record, workbook

BOOK = workbook([("日期", "播放量"), ("2025-05-01", 12)])
OLD_BOOK = old_workbook({(0, 0): 20250501, (0, 1): 12, (1, 0): 20250502})
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
NOISE = bytes((n * 89 + 31) % 256 for n in range(2_000))


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def rezipped(changes: dict[str, bytes]) -> bytes:
    """The good workbook with some parts replaced."""
    with ZipFile(BytesIO(BOOK)) as package:
        return zipped({name: package.read(name) for name in package.namelist()} | changes)


def sheet_xml(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        pytest.param(b"", EmptyFileError, "0 字节", id="no bytes"),
        pytest.param(b" \r\n", EmptyFileError, "没有任何内容", id="only space"),
        pytest.param(workbook([]), EmptyFileError, "没有任何内容", id="workbook without a cell"),
        pytest.param(PNG, NotATableError, "图片", id="picture named xlsx"),
        pytest.param(NOISE, NotATableError, "认不出", id="noise"),
        pytest.param("一段话".encode(), NotATableError, "一列", id="prose"),
        pytest.param(b"<html><p>1,2", NotATableError, "里面没有表格", id="page without a table"),
        pytest.param(b'a,b\n"' + b"x" * 200_000, NotATableError, "引号", id="open quote"),
        pytest.param(zipped({"a.txt": b"1,2"}), NotATableError, "压缩包", id="some zip"),
        pytest.param(BOOK[: len(BOOK) // 2], CorruptFileError, "下载完整", id="cut off"),
        pytest.param(
            rezipped({"xl/workbook.xml": b"<workbook"}), CorruptFileError, "损坏", id="broken part"
        ),
        pytest.param(
            ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
            LockedWorkbookError,
            "密码",
            id="encrypted xlsx",
        ),
        pytest.param(ole({"WordDocument": b"x"}), NotATableError, "Office", id="Word document"),
        pytest.param(ole({"Workbook": NOISE}), CorruptFileError, "损坏", id="broken xls"),
    ],
)
def test_bad_file_is_refused_in_words(
    content: bytes, error: type[UnreadableFileError], said: str
) -> None:
    with pytest.raises(error, match=r"^「数据\.xlsx」.*。$") as caught:
        read_tables(content, "数据.xlsx")
    assert said in str(caught.value)


def test_encrypted_xls_asks_for_the_password_to_be_removed() -> None:
    opening = record(0x0809, struct.pack("<2H12x", 0x0600, 0x0005))
    locked = opening + record(0x002F, b"\1\0\1\0") + record(0x000A)
    with pytest.raises(LockedWorkbookError):
        read_tables(ole({"Workbook": locked}), "旧.xls")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(old_workbook({(0, 0): 1, (65_535, 65_535): 2}), id="last corner"),
        pytest.param(old_workbook({(65_535, 255): 2}), id="last cell Excel knows"),
        pytest.param(
            old_workbook({(0, 0): 1}, dimensions=struct.pack("<2I3H", 0, 2**32 - 1, 0, 65_535, 0)),
            id="claimed extent",
        ),
    ],
)
def test_old_workbook_that_reaches_too_far_is_refused(content: bytes) -> None:
    with pytest.raises(TooLargeFileError):
        read_tables(content, "旧.xls")


def test_old_workbook_whose_sheet_lies_beyond_its_end_is_corrupt() -> None:
    opening = record(0x0809, struct.pack("<2H12x", 0x0600, 0x0005))
    sheet = record(0x0085, struct.pack("<I4Bc", 329_216, 0, 0, 1, 0, b"S"))
    with pytest.raises(CorruptFileError):
        read_tables(ole({"Workbook": opening + sheet + record(0x000A)}), "旧.xls")


def test_ole_chain_that_bites_its_tail_is_corrupt() -> None:
    content = bytearray(old_workbook({(0, 0): 1}))
    struct.pack_into("<I", content, 512 + 4, 1)  # the directory's sector names itself as next
    with pytest.raises(CorruptFileError):
        read_tables(bytes(content), "旧.xls")


def test_bomb_is_not_unpacked() -> None:
    bomb = zipped({"xl/workbook.xml": b"", "xl/a.xml": bytes(limits.MAX_UNPACKED_BYTES + 1)})
    assert len(bomb) < limits.MEGABYTE
    with pytest.raises(TooLargeFileError, match="展开后超过"):
        read_tables(bomb, "数据.xlsx")


def test_part_that_lies_about_its_size_is_refused() -> None:
    honest = rezipped({"xl/pad.xml": b"a" * 5_000})
    lying = honest.replace(struct.pack("<I", 5_000), struct.pack("<I", 50))
    with pytest.raises(CorruptFileError):
        read_tables(lying, "数据.xlsx")


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="9999999"><c><v>1</v></c><c r="ALL1"><v>2</v></c></row>',
    ],
)
def test_value_in_the_far_corner_does_not_build_the_grid_between(cells: str) -> None:
    corner = rezipped({"xl/worksheets/sheet1.xml": sheet_xml(cells)})
    with pytest.raises(TooLargeFileError):
        read_tables(corner, "数据.xlsx")


def test_long_text_used_in_every_cell_is_refused() -> None:
    text = "x" * 2_000_000
    shared = f"<sst><si><t>{text}</t></si></sst>".encode()
    row = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 1_001))
    parts = {"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet_xml(row)}
    with pytest.raises(TooLargeFileError, match="文字过长"):
        read_tables(rezipped(parts), "数据.xlsx")


def test_file_beyond_the_size_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 2 * limits.MEGABYTE)
    with pytest.raises(TooLargeFileError, match="超过 2 MB"):
        read_tables(b"a," * limits.MAX_BYTES, "数据.csv")


def test_table_with_too_many_columns_is_refused() -> None:
    with pytest.raises(TooLargeFileError, match="最多 1000 列"):
        read_tables(b"a," * 1_001 + b"a\n", "数据.csv")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    with suppress(UnreadableFileError):
        read_tables(content, "x")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_workbook_breaks_the_reader(place: int, damage: bytes) -> None:
    with suppress(UnreadableFileError):
        read_tables(BOOK[:place] + damage + BOOK[place + len(damage) :], "x.xlsx")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=600))
def test_no_old_workbook_stream_breaks_the_reader(stream: bytes) -> None:
    opening = record(0x0809, struct.pack("<2H12x", 0x0600, 0x0005))
    with suppress(UnreadableFileError):
        read_tables(ole({"Workbook": opening + stream}), "x.xls")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(OLD_BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_to_an_old_workbook_breaks_the_reader(place: int, damage: bytes) -> None:
    with suppress(UnreadableFileError):
        read_tables(OLD_BOOK[:place] + damage + OLD_BOOK[place + len(damage) :], "x.xls")
