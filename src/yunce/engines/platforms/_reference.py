"""docs/platforms.md, written from the platforms themselves."""

from __future__ import annotations

from collections.abc import Iterator

from yunce.engines.platforms._base import Column, Export, Platform
from yunce.engines.platforms._registry import platforms

_SHAPES = {
    "posts": "每行一条内容，数值是导出那一刻的累计",
    "days": "每行一天",
    "period": "所选时段的合计，存成导出那天的读数",
    "post": "一条内容的累计（整个文件只讲一条，文件名就是标题）",
    "post_days": "一条内容每天的增量（整个文件只讲一条，文件名就是标题）",
}
_EVIDENCE = {
    "file": "见过原始文件",
    "description": "没有见过原始文件，按几处互相独立的描述写成",
    "single": "没有见过原始文件，只有一处描述",
    "memory": "没有核对过，是推测",
}
_ROLES = {
    "date": "日期",
    "title": "标题",
    "published": "发布时间",
    "form": "体裁",
    "id": "平台编号",
    "url": "链接",
    "segment": "细分",
    "name": "指标名",
    "value": "数值",
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

上传平台后台导出的文件，运策按表头认出它是哪个平台的哪种导出，逐列读成指标。一个工作表里并排或上下放着
几张表时，各自认出、各自读取；「合计」「总计」「Total」这样的行只用来核对，「全部」是整体，不和各渠道相加。
没有列出的文件用「选列导入」：自己指定每一列的含义。

每种导出都写着我们凭什么知道它：见过原始文件的最可靠，按描述写成的以后可能要改。
"""


def as_markdown() -> str:
    """One page: every platform, its exports, the columns read and what they become."""
    every = platforms().values()
    sections = (line for platform in every for line in _platform(platform))
    return "\n".join((_OPENING, *_overview(), *sections)).rstrip() + "\n"


def _overview() -> Iterator[str]:
    yield "| 平台 | 内置的导出 | 见过原始文件 | 后台留存 |\n|---|---|---|---|"
    for platform in platforms().values():
        known = sum(export.evidence == "file" for export in platform.exports)
        kept = f"{platform.window_days} 天" if platform.window_days else "不清楚"
        count = f"{len(platform.exports)} 种" if platform.exports else "没有，选列导入"
        yield f"| {platform.label} | {count} | {f'{known} 种' if known else '—'} | {kept} |"
    yield ""


def _platform(platform: Platform) -> Iterator[str]:
    yield f"## {platform.label}（`{platform.key}`）\n"
    if platform.backend_url:
        yield f"后台：<{platform.backend_url}>\n"
    if platform.window_days:
        yield f"后台留存：{platform.window_days} 天，更早的补不回来。\n"
    yield f"{platform.limits}\n"
    for export in platform.exports:
        yield from _export(platform, export)
    if platform.preset:
        yield "### 选列导入时的建议\n"
        yield from _columns(platform.preset)


def _export(platform: Platform, export: Export) -> Iterator[str]:
    yield f"### {export.label}（`{export.key}`）\n"
    yield f"- 在哪里导出：{export.where}"
    if export.file_names:
        yield f"- 常见文件名：{'、'.join(f'`{name}`' for name in export.file_names)}"
    if export.sheet:
        yield f"- 工作表：`{export.sheet}`"
    yield f"- 内容：{_SHAPES[export.shape]}"
    if export.span_days:
        yield f"- 一次最多导出 {export.span_days} 天"
    if export.segment:
        yield f"- 细分：全部存成 `{export.segment}`"
    for mark, segment in export.file_marks:
        yield f"- 文件名里有「{mark}」：存成细分 `{segment}`"
    if export.note:
        yield f"- 注意：{export.note}"
    yield f"- 依据：{_EVIDENCE[export.evidence]}"
    yield f"- 样例：`samples/{platform.key}/{export.sample}`\n"
    yield from _columns(export.stating)


def _columns(columns: tuple[Column, ...]) -> Iterator[str]:
    yield "| 表头 | 读成 | 写法 |\n|---|---|---|"
    yield from map(_column, columns)
    yield ""


def _column(column: Column) -> str:
    headers = " / ".join((column.header, *column.aliases))
    meaning = f"`{column.metric}`" if column.role == "metric" else _ROLES[column.role]
    if column.segment:
        meaning += f" `{column.segment}`"
    scale = _SCALES[column.scale] if column.role == "metric" else ""
    if column.factor != 1:
        scale += f"，乘以 {column.factor:g}"
    scale += "".join(f"；带「{ending}」的读成 `{code}`" for ending, code in column.instead)
    return f"| {headers}{'（必有）' if column.required else ''} | {meaning} | {scale} |"


if __name__ == "__main__":
    print(as_markdown(), end="")  # noqa: T201 - this is the command's whole purpose
