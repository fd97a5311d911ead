"""A second opinion: what the raw files say, read without any of the product's own readers."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from io import BytesIO, StringIO
from math import isnan
from pathlib import Path
from types import MappingProxyType

from openpyxl import load_workbook

from yunce.ground.facts.models import Batch, BatchKind, BatchState
from yunce.ground.teams.models import Team

# account, title of the post ("" = the account itself), metric, day → value (no number: emptied)
Key = tuple[int, str, str, date]
Said = dict[Key, float]
OF_NOTES = {
    "曝光": "post_impressions",
    "观看量": "post_views",
    "封面点击率": "post_click_rate",
    "点赞": "post_likes",
    "评论": "post_comments",
    "收藏": "post_saves",
    "涨粉": "post_follows",
    "分享": "post_shares",
    "人均观看时长": "post_watch_seconds",
    "弹幕": "post_danmaku",
}
OF_DAYS = {"新粉": "new_followers", "阅读数": "reads"}


def recount(team: Team, uploads: Path, typed: dict[int, Said]) -> dict[int, Said]:
    """Living batch → what it says: files from the folder of raw files, grids from ``typed``."""
    living = Batch.objects.filter(team=team, state=BatchState.COMMITTED).order_by("pk")
    return {
        batch.pk: typed[batch.pk]
        if batch.kind == BatchKind.GRID
        else said_by((uploads / batch.file_sha256[:2] / batch.file_sha256).read_bytes(), batch)
        for batch in living
    }


def newest(said: dict[int, Said]) -> Said:
    """The newest living batch that names a key has the word; an emptied cell has no value."""
    words = {key: value for batch in sorted(said) for key, value in said[batch].items()}
    return {key: value for key, value in words.items() if not isnan(value)}


def said_by(content: bytes, batch: Batch) -> Said:
    assert batch.account_id is not None
    return dict(of_file(content, batch.account_id))


@cache
def of_file(content: bytes, account: int) -> Mapping[Key, float]:
    rows = _notes(content, account) if content[:2] == b"PK" else _days(content, account)
    return MappingProxyType(dict(rows))


def _notes(content: bytes, account: int) -> Iterator[tuple[Key, float]]:
    book = load_workbook(BytesIO(content))
    _banner, header, *rows = [list(row) for row in book.worksheets[0].values]
    taken = book.properties.created.date()
    for row in rows:
        told = dict(zip(header, row, strict=True))
        title = str(told["笔记标题"])
        published = datetime.strptime(str(told["首次发布时间"]), "%Y年%m月%d日%H时%M分%S秒").date()  # noqa: DTZ007
        for metric in ("pieces", "pieces_article"):
            yield (account, title, metric, published), 1.0
        for column, metric in OF_NOTES.items():
            yield (account, title, metric, taken), float(str(told[column]))


def _days(content: bytes, account: int) -> Iterator[tuple[Key, float]]:
    for row in csv.DictReader(StringIO(content.decode("utf-8-sig"))):
        for column, metric in OF_DAYS.items():
            if row[column]:
                yield (account, "", metric, date.fromisoformat(row["统计日"])), float(row[column])


def known(value: float) -> float | None:
    return None if isnan(value) else value


def totals(
    said: Said, metric: str, group: Callable[[Key], tuple[object, ...]]
) -> dict[tuple[object, ...], float | None]:
    found: dict[tuple[object, ...], float | None] = {}
    for key, value in said.items():
        if key[2] == metric:
            found[group(key)] = (found.get(group(key)) or 0) + value
    return found


def latest(said: Said) -> Said:
    """Of each post's values the one of its last day."""
    last: dict[tuple[int, str, str], Key] = {}
    for key in said:
        last[key[:3]] = max(key, last.get(key[:3], key))
    return {key: said[key] for key in last.values()}
