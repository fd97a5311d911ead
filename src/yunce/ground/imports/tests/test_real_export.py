"""A real 小红书 export: in, the same again, out; its sums by another hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import undo
from yunce.ground.facts.models import Batch, Post
from yunce.ground.facts.queries import answer, newest_days
from yunce.ground.imports.actions import ImportResult, import_file
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import Access

TODAY = date(2026, 11, 22)
COLUMNS = {
    "post_impressions": "曝光",
    "post_views": "观看量",
    "post_likes": "点赞",
    "post_comments": "评论",
    "post_saves": "收藏",
    "post_follows": "涨粉",
    "post_shares": "分享",
    "post_danmaku": "弹幕",
}


@pytest.fixture
def content(shared_folder: Path) -> bytes:
    return (shared_folder / "data" / "xiaohongshu_wanjeans33" / "笔记列表明细表.xlsx").read_bytes()


@pytest.fixture
def sums(shared_folder: Path) -> dict[str, float]:
    """Straight from the sheet, without any of our code."""
    path = shared_folder / "data" / "xiaohongshu_wanjeans33" / "笔记列表明细表.xlsx"
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    _banner, header, *rows = sheet.iter_rows(values_only=True)
    return {
        metric: sum(float(str(row[header.index(name)])) for row in rows)
        for metric, name in COLUMNS.items()
    }


def made(result: ImportResult) -> Batch:
    assert result.batch is not None
    return Batch.objects.get(pk=result.batch)


def bring(team: Team, bob: Member, content: bytes) -> ImportResult:
    return import_file(
        access=Access(team=team, member=bob, user=bob.user),
        content=content,
        name="笔记列表明细表.xlsx",
        account=None,
        dry_run=False,
        today=TODAY,
    )


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_its_totals_are_the_sheets(
    team: Team, bob: Member, account: Account, content: bytes, sums: dict[str, float]
) -> None:
    result = bring(team, bob, content)
    assert (result.errors, result.conflicts, result.updated) == (0, 0, 0)
    stored = answer(team, [*COLUMNS], start=date(2020, 1, 1), end=TODAY)
    assert {metric: stored.value(metric) for metric in COLUMNS} == pytest.approx(sums)


def test_a_second_time_changes_nothing_and_undo_leaves_nothing(
    team: Team, bob: Member, account: Account, content: bytes
) -> None:
    first = bring(team, bob, content)
    second = bring(team, bob, content)
    assert second.batch is None
    assert (second.added, second.updated, second.unchanged) == (0, 0, first.added)
    undo(batch=made(first), by=bob.user)
    assert newest_days(team) == {}
    assert not Post.objects.exists()
