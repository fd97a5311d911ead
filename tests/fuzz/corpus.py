"""Good files of every format, small, all of our own making: what the fuzzers damage."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yunce.engines.platforms as engine
from yunce.engines.platforms.tests.workbooks import old_workbook, workbook

SAMPLES = Path(engine.__file__).parent / "samples"
SUFFIXES = (".csv", ".tsv", ".xls", ".xlsx", ".zip")
WORKS = (
    ("作品名称", "发布时间", "体裁", "审核状态", "播放量", "完播率", "平均播放时长", "点赞量"),
    ("五月，第一条 #运营", "2025-05-01 19:30:00", "1min-视频", "公开", 1_234, "0.074", "8.2", "-"),
    ("=1+1", "2025/5/2", "图文", "公开", "1.2万", "12%", "00:04:34", "10万+"),
)
PAGE = (
    "<html><meta charset=gb2312><table><tr><td colspan=3>用户增长<tr><th>时间<th>新关注人数"
    "<th>取消关注人数<tr><td rowspan=2>2026-08-30<td>1,234<td>--<tr><td>5<td>&nbsp;</table>"
)


@cache
def corpus() -> dict[str, bytes]:
    """Name → content."""
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in WORKS)
    files = {
        "works.xlsx": workbook(WORKS, merge="A1:C1"),
        "days.xls": old_workbook({(0, 0): 20250501, (0, 1): 12, (1, 0): 20250502, (2, 3): 0.5}),
        "works.csv": text.encode(),
        "works-gbk.csv": text.encode("gb18030"),
        "works-utf16.csv": text.encode("utf-16"),
        "works.tsv": text.replace(",", "\t").encode("utf-8-sig"),
        "user_analysis.xls": PAGE.encode("gb18030"),
    }
    samples = (path for path in sorted(SAMPLES.rglob("*.*")) if path.suffix in SUFFIXES)
    files |= {path.name: path.read_bytes() for path in samples}
    inner = zipped({name: files[name] for name in ("works.csv", "works.xlsx")})
    return files | {"五月.zip": zipped({"里面.zip": inner, "user_analysis.xls": PAGE.encode()})}


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(ZipInfo(name), body, ZIP_DEFLATED)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
