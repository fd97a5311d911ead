"""A recognised table → its plan: columns placed, file name asked for what the rows do not say."""

from __future__ import annotations

import re
from datetime import date

from yunce.engines.platforms._base import Export
from yunce.engines.platforms._headers import known_names, place
from yunce.engines.platforms._layout import Layout
from yunce.engines.platforms._parsed import ParsedPost
from yunce.engines.platforms._recognition import Recognition, header_cells
from yunce.engines.platforms._registry import export_of
from yunce.engines.platforms._rows import natural_key
from yunce.engines.platforms._tables import Table
from yunce.kit.text import tidy

# What back ends and browsers add to a post's name: 标题-数据明细表 (1).xlsx
_ENDING = re.compile(r"\.[A-Za-z]{2,5}$")
_COPY = re.compile(r"\s*[(（]\d+[)）]$")
_KIND = re.compile(
    r"[-_\s]*(?:单篇)?(?:笔记|作品|文章|视频|内容)?(?:数据)?(?:明细|详情)(?:表|数据)?$"
)


def plan(
    table: Table,
    recognition: Recognition,
    *,
    captured_on: date,
    today: date,
    post: ParsedPost | None = None,
) -> Layout:
    """Where to read what. ``post``: whom a file about one post is about, when a person said so."""
    export = export_of(recognition.platform, recognition.export)
    if export.shape not in ("post", "post_days"):
        post = None
    elif post is None:
        post = post_named(table.file)
    return Layout(
        columns=place(export, header_cells(table, recognition)),
        captured_on=captured_on,
        today=today,
        first=recognition.first_column - 1,
        end=recognition.last_column or None,
        names=known_names(export),
        segment=_file_segment(export, table.file),
        post=post,
    )


def post_named(file: str) -> ParsedPost | None:
    """The post a file was named after; None when its name tells none.

    >>> post_named("开箱：这台咖啡机-数据明细表 (1).xlsx").title
    '开箱：这台咖啡机'
    >>> post_named("数据明细表.xlsx") is None
    True
    """
    name = file.replace("\\", "/").rpartition("/")[2]
    title = tidy(_KIND.sub("", _COPY.sub("", _ENDING.sub("", name))))
    if not title:
        return None
    return ParsedPost(key=natural_key(None, title), title=title, published_at=None)


def _file_segment(export: Export, file: str) -> str:
    marks = (segment for mark, segment in export.file_marks if mark in file)
    return next(marks, export.segment)
