"""Archives: every file inside by a plain name, nothing that was not meant, no bombs."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from yunce.engines.platforms import (
    ContainedFile,
    CorruptFileError,
    EmptyFileError,
    LockedArchiveError,
    NotATableError,
    TooLargeFileError,
    read_tables,
    unpack,
)
from yunce.engines.platforms._reading import archive as opening
from yunce.engines.platforms._reading import limits
from yunce.engines.platforms.tests.workbooks import workbook

CSV = "日期,播放量\n2025-05-01,12\n".encode()


def zipped(parts: dict[str, bytes], *, method: int = ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(ZipInfo(name), data, method)
    return file.getvalue()


def names(data: bytes) -> list[str]:
    return [file.name for file in unpack(data, "归档.zip")]


@pytest.mark.parametrize("data", [CSV, workbook([("日期", "播放量")]), b"", b"PK\x03"])
def test_a_file_that_is_no_archive_yields_itself(data: bytes) -> None:
    assert unpack(data, "作品.xlsx") == (ContainedFile("作品.xlsx", data),)


def test_files_keep_the_folders_before_their_names() -> None:
    data = zipped({"抖音/": b"", "抖音/作品.csv": CSV, "作品.csv": CSV})
    assert unpack(data, "归档.zip") == (
        ContainedFile("抖音/作品.csv", CSV),
        ContainedFile("作品.csv", CSV),
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/作品.csv", "etc/作品.csv"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\导出\\作品.csv", "导出/作品.csv"),
        ("a/./b//作品.csv", "a/b/作品.csv"),
        ("作\u202e品\n.csv", "作 品 .csv"),  # turns the rest around; a line break
    ],
)
def test_names_cannot_point_anywhere(name: str, shown: str) -> None:
    assert names(zipped({name: CSV})) == [shown]


def test_two_files_that_end_up_with_one_name_stay_two() -> None:
    assert names(zipped({"a/x.csv": CSV, "a//x.csv": CSV})) == ["a/x.csv", "a/x (2).csv"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_whose_encoding_is_not_told_are_read(encoding: str) -> None:
    raw = "作品列表.csv".encode(encoding)
    data = zipped({"x" * len(raw): CSV}).replace(b"x" * len(raw), raw)
    assert names(data) == ["作品列表.csv"]


def test_what_systems_leave_behind_is_passed_over() -> None:
    clutter = ("__MACOSX/._作品.csv", "~$作品.xlsx", ".DS_Store", "a/Thumbs.db", ".git/x.csv")
    assert names(zipped(dict.fromkeys(clutter, b"x") | {"作品.csv": CSV})) == ["作品.csv"]


def test_entry_without_a_name_is_passed_over() -> None:
    assert names(zipped({"": CSV, "/": CSV, "作品.csv": CSV})) == ["作品.csv"]


def test_an_archive_in_an_archive_is_opened() -> None:
    inner = zipped({"作品.csv": CSV, "一.xlsx": workbook([("日期",)])})
    assert names(zipped({"五月.zip": inner})) == ["作品.csv", "一.xlsx"]


def test_one_deeper_is_handed_on_closed_and_refused_by_name() -> None:
    deep = zipped({"二.zip": zipped({"三.zip": zipped({"作品.csv": CSV})})})
    [file] = unpack(deep, "一.zip")
    with pytest.raises(NotATableError, match=r"「三\.zip」.*压缩包"):
        read_tables(file.data, file.name)


def test_archive_without_a_file_says_so() -> None:
    with pytest.raises(EmptyFileError, match="没有文件"):
        unpack(zipped({"五月/": b""}), "归档.zip")


def test_locked_archive_asks_for_it_to_be_unpacked_first() -> None:
    data = bytearray(zipped({"作品.csv": CSV}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(LockedArchiveError, match=r"「归档\.zip」设置了解压密码.*请先解压"):
        unpack(bytes(data), "归档.zip")


def test_other_compressions_are_refused() -> None:
    with pytest.raises(CorruptFileError, match="少见的压缩方式"):
        unpack(zipped({"作品.csv": CSV}, method=ZIP_BZIP2), "归档.zip")


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_ARCHIVE_UNPACKED_BYTES", 3 * limits.MEGABYTE)
    two = zipped({"a.csv": bytes(2 * limits.MEGABYTE)})
    with pytest.raises(TooLargeFileError, match="展开后超过 3 MB"):
        unpack(zipped({"a.zip": two, "b.zip": two}), "归档.zip")


def test_size_that_lies_is_refused() -> None:
    honest = zipped({"作品.csv": b"a" * 5_000})
    lying = honest.replace(struct.pack("<I", 5_000), struct.pack("<I", 50))
    with pytest.raises(CorruptFileError):
        unpack(lying, "归档.zip")


def test_too_many_files_are_refused() -> None:
    with pytest.raises(TooLargeFileError, match="超过 200 个文件"):
        unpack(zipped({f"{n}.csv": b"" for n in range(201)}), "归档.zip")


def test_list_of_contents_that_would_fill_the_memory_is_not_read() -> None:
    with pytest.raises(TooLargeFileError, match="文件太多"):
        unpack(b"PK\x03\x04" + b"PK\x01\x02" * 20_001, "归档.zip")


def test_archive_cut_anywhere_is_refused() -> None:
    data = zipped({"五月/作品.csv": CSV, "六月.csv": CSV})
    for length in range(4, len(data)):
        with pytest.raises(CorruptFileError):
            unpack(data[:length], "归档.zip")
