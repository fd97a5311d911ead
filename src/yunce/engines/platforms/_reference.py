"""docs/platforms.md, written from the platforms themselves."""

from __future__ import annotations

from collections.abc import Iterator

from yunce.engines.platforms._base import Column, Export, Platform
from yunce.engines.platforms._registry import platforms

_SHAPES = {"posts": "每行一条内容", "days": "每行一天"}
_ROLES = {
    "date": "日期",
    "title": "标题",
    "published": "发布时间",
    "form": "体裁",
    "id": "平台编号",
    "url": "链接",
    "ignore": "不导入",
}
_SCALES = {
    "number": "数量",
    "percent": "百分数（6.5 或 6.5%）",
    "fraction": "小数（0.065）或 6.5%",
    "seconds": "秒、9.2秒 或 00:04:34",
}
_OPENING = """\
# 平台与导出文件

<!-- Written by yunce.engines.platforms; do not edit. `python -m yunce.engines.platforms._reference`
prints it anew, and a test keeps it equal. -->

上传平台后台导出的文件，运策按表头认出它是哪个平台的哪种导出，逐列读成指标。没有列出的文件用「选列导入」：自己指定每一列的含义。
"""


def as_markdown() -> str:
    """One page: every platform, its exports, the columns read and what they become."""
    sections = (line for platform in platforms().values() for line in _platform(platform))
    return "\n".join((_OPENING, *sections)).rstrip() + "\n"


def _platform(platform: Platform) -> Iterator[str]:
    yield f"## {platform.label}（`{platform.key}`）\n"
    yield f"后台：<{platform.backend_url}>\n"
    yield f"{platform.limits}\n"
    for export in platform.exports:
        yield from _export(platform, export)


def _export(platform: Platform, export: Export) -> Iterator[str]:
    yield f"### {export.label}（`{export.key}`）\n"
    yield f"- 在哪里导出：{export.where}"
    if export.file_names:
        yield f"- 常见文件名：{'、'.join(f'`{name}`' for name in export.file_names)}"
    if export.sheet:
        yield f"- 工作表：`{export.sheet}`"
    yield f"- 内容：{_SHAPES[export.shape]}"
    yield f"- 样例：`samples/{platform.key}/{export.sample}`\n"
    yield "| 表头 | 读成 | 写法 |\n|---|---|---|"
    yield from map(_column, export.columns)
    yield ""


def _column(column: Column) -> str:
    headers = " / ".join((column.header, *column.aliases))
    meaning = f"`{column.metric}`" if column.role == "metric" else _ROLES[column.role]
    scale = _SCALES[column.scale] if column.role == "metric" else ""
    return f"| {headers}{'（必有）' if column.required else ''} | {meaning} | {scale} |"


if __name__ == "__main__":
    print(as_markdown(), end="")  # noqa: T201 - this is the command's whole purpose
