"""Small real files for the tests of this app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import Workbook

NOTES_HEADER = (
    "笔记标题",
    "首次发布时间",
    "体裁",
    "曝光",
    "观看量",
    "封面点击率",
    "点赞",
    "评论",
    "收藏",
    "涨粉",
    "分享",
    "人均观看时长",
    "弹幕",
)
WRITTEN = date(2025, 5, 20)


def workbook(*rows: Sequence[object], written: date = WRITTEN) -> bytes:
    """An xlsx of one sheet that says when it was written."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.properties.created = datetime.combine(written, time(1, 30))  # UTC, as xlsx has it
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def note(title: str, day: int, views: object = 1000, likes: object = 50) -> tuple[object, ...]:
    """A 小红书 note published at 09:00 on a day of May 2025."""
    published = f"2025年05月{day:02}日09时00分00秒"
    return (title, published, "图文", 9000, views, 0.1, likes, 8, 20, 3, 5, 12.5, 0)


def notes(*rows: tuple[object, ...]) -> bytes:
    return workbook(("最多导出排序后前1000条笔记",), NOTES_HEADER, *rows)


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("utf-8-sig")
