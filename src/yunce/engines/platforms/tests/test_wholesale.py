"""A table read by column says exactly what it says read row by row."""

from __future__ import annotations

from collections import UserList
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunce.engines.platforms import Cell, Parsed, ParsedPost, Table
from yunce.engines.platforms._headers import PlacedColumn
from yunce.engines.platforms._layout import Layout
from yunce.engines.platforms._wholesale import by_column, one_by_one

TODAY = date(2026, 11, 1)
COLUMNS = {
    "title": PlacedColumn(index=0, header="作品名称", role="title"),
    "published": PlacedColumn(index=1, header="发布时间", role="published"),
    "date": PlacedColumn(index=2, header="日期", role="date", segment="hour"),
    "form": PlacedColumn(index=3, header="体裁", role="form"),
    "id": PlacedColumn(index=4, header="编号", role="id"),
    "part": PlacedColumn(index=5, header="渠道", role="segment", segment="channel"),
    "views": PlacedColumn(index=6, header="播放量", role="metric", metric="post_views"),
    "likes": PlacedColumn(index=7, header="点赞量", role="metric", metric="post_likes"),
    "rate": PlacedColumn(
        index=8,
        header="完播率",
        role="metric",
        metric="post_finish_rate",
        scale="fraction",
        adds=False,
        instead=(("星", "post_score"),),
    ),
    "shown": PlacedColumn(
        index=9, header="曝光", role="metric", metric="post_impressions", factor=100.0
    ),
    "time": PlacedColumn(
        index=10, header="时长", role="metric", metric="post_watch_seconds", scale="seconds"
    ),
    "net": PlacedColumn(
        index=11, header="涨粉", role="metric", metric="net", scale="percent", signed=True
    ),
}
KINDS = {
    "posts": "title published form id views likes rate shown time net",
    "posts of channels": "title published part views likes",
    "posts without a time": "title date id views likes",
    "posts by day": "title published date form views likes rate",
    "days": "date views likes shown time net",
    "hours of channels": "date part views shown",
    "days of one post": "date views likes",
}
MOMENTS = (
    *("2025-05-01 08:30:00", "2025-05-01 08:30:07", "2025/05/01 08:30", "2025-05-02", "20250502"),
    *(
        "2025-02-30",
        "2031-01-01",
        "May 3, 2025",
        "2025年5月1日8时",
        "合计",
        "-",
        "发布时间",
        "日期",
    ),
    *(None, datetime.fromisoformat("2025-05-01 08:30"), date(2025, 5, 2), 45778, 45778.5),
)
TITLES = (
    *(
        "早安",
        "晚安",
        "早安#2",
        "早安#2#2",
        "Ａ１ 新品",
        "a1 新品",
        " 两 端 ",
        "零\u200b宽",
        "全部",
        "x\0y",
    ),
    *("作品名称", "", None, 12, 12.0, True, "ﬁ", "e\u0301", "\u0301起", "说明：以上仅供参考"),
)
NUMBERS = (
    *("12", "3", "0", "-4", "3,456", "1.2万", "10万+", "12%", "0.5", "-", "--", "计算中", " 7 "),
    *("00:01:05", "1分20秒", "3.5星", "坏", "1.", ".5", "+5", "1_0", "1e3", "inf", "nan", "１２"),
    *(None, 5, 0, 7.5, float("nan"), float("inf"), True, -3, "9" * 400, "5\n", "−2"),
)
PARTS = ("全部", "朋友圈", "搜一搜", "-", None, 1, 1.0, "NA")
CELLS = {
    "title": st.sampled_from(TITLES),
    "published": st.sampled_from(MOMENTS),
    "date": st.sampled_from(MOMENTS),
    "form": st.sampled_from(("视频", "1min-视频", "图文", "文章", None, "长文")),
    "id": st.sampled_from((None, "x1", "x2", 7)),
    "part": st.sampled_from(PARTS),
}
PLAIN: dict[str, tuple[Cell, ...]] = {
    "title": ("早安", "晚安", "新品", "开箱"),
    "published": ("2025-05-01 08:30:00", "2025-05-01 08:30:07", "2025-06-11 23:59:59"),
    "date": ("2025-05-01", "2025-05-02", "2025-05-03"),
    "form": ("视频", "图文"),
    "id": (None,),
    "part": ("朋友圈", "全部"),
}


@st.composite
def rows(draw: st.DrawFn, kind: str) -> tuple[tuple[Cell, ...], ...]:
    """Mostly plain rows, some with one strange cell, some strange throughout."""
    names = KINDS[kind].split()
    made: list[tuple[Cell, ...]] = []
    for _row in range(draw(st.integers(1, 14))):
        strange = draw(st.sampled_from(("", "", "", "all", "none", *names)))
        cells: list[Cell] = [None] * len(COLUMNS)
        for name in names if strange != "none" else ():
            if strange in (name, "all"):
                cells[COLUMNS[name].index] = draw(CELLS.get(name, st.sampled_from(NUMBERS)))
            else:
                plain = PLAIN.get(name, ("12", "40", "0.5", "0", None))
                cells[COLUMNS[name].index] = draw(st.sampled_from(plain))
        made.append(tuple(cells))
    return tuple(made)


def layout_of(kind: str) -> Layout:
    post = ParsedPost(key="|早安", title="早安", published_at=None)
    return Layout(
        columns=tuple(COLUMNS[name] for name in KINDS[kind].split()),
        captured_on=date(2025, 5, 2),
        today=TODAY,
        segment="from=推荐" if "channels" in kind else "",
        post=post if "one post" in kind else None,
    )


class ReadAsAskedFor(UserList[tuple[Cell, ...]]):
    """Rows of a text: nothing holds their cells, so what is needed of them later is kept."""


def both(
    kind: str, body: tuple[tuple[Cell, ...], ...], size: int, *, is_held: bool = True
) -> tuple[Parsed, Parsed]:
    layout, table = layout_of(kind), Table("表.xlsx", "Sheet1", body)
    slow = one_by_one(layout, table, start=0, end=len(body))
    rows = body if is_held else ReadAsAskedFor(body)
    assert Table("", "", rows).is_held == is_held
    quick = by_column(layout, replace(table, rows=rows), start=0, end=len(body), size=size)
    return (
        slow.parsed(platform=None, export=""),
        quick.parsed(platform=None, export=""),
    )


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)  # a busy machine is no error
@given(data=st.data())
def test_both_ways_of_reading_find_the_same(kind: str, data: st.DataObject) -> None:
    body = data.draw(rows(kind))
    size, is_held = data.draw(st.sampled_from((3, 100))), data.draw(st.booleans())
    slow, quick = both(kind, body, size, is_held=is_held)
    assert list(quick.posts.keys) == [quick.posts.keys[n] for n in range(len(quick.posts))]
    assert list(quick.posts) == [quick.posts[n] for n in range(len(quick.posts))]
    assert list(quick.posts) == list(slow.posts)
    assert list(quick.facts) == list(slow.facts)
    assert quick.problems == slow.problems
    assert quick == slow


def test_a_post_of_which_nothing_is_kept_takes_nothing_from_the_next() -> None:
    def row(title: str, views: str) -> tuple[Cell, ...]:
        return (title, None, "2025-05-01", None, None, None, views, None, *(None,) * 4)

    body = (row("早安", "12"), row("晚安", "7"), row("早安", "40"))
    _slow, quick = both("posts without a time", body, 100)
    assert [(fact.post, fact.value) for fact in quick.facts] == [("|晚安", 7.0)]


def test_plain_rows_are_read_by_column_only() -> None:
    layout = layout_of("posts")
    body: tuple[tuple[Cell, ...], ...] = tuple(
        (
            f"第{n}条",
            "2025-05-01 08:30:00",
            None,
            "视频",
            None,
            None,
            "40",
            "3",
            "0.5",
            *(None,) * 3,
        )
        for n in range(9)
    )
    findings = by_column(layout, Table("表.xlsx", "", body), start=0, end=9)
    assert (len(findings.facts), len(findings.clean.keys)) == (0, 9)
    parsed = findings.parsed(platform=None, export="")
    assert [(f.metric, f.value) for f in parsed.facts[:5]] == [
        ("pieces", 1),
        ("pieces_video", 1),
        ("post_views", 40),
        ("post_likes", 3),
        ("post_finish_rate", 0.5),
    ]
    assert (len(parsed.facts), parsed.facts[44].post) == (45, "2025-05-01T08:30:00|第8条")
