"""Back ends' files all the way into facts: several tables, parts of a whole, a day restated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from yunce.engines import platforms as engine
from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import answer
from yunce.ground.imports.actions import ImportResult, import_file
from yunce.ground.teams.models import Team
from yunce.ground.teams.queries import Access

SAMPLES = Path(engine.__file__).parent / "samples"
TODAY = date(2026, 9, 13)
DAY = date(2026, 9, 9)


def bring(access: Access, platform: str, name: str, content: bytes = b"") -> ImportResult:
    account, _new = Account.objects.get_or_create(
        team=access.team, platform=platform, name="第一个号"
    )
    content = content or (SAMPLES / platform / name).read_bytes()
    return import_file(
        access=access, content=content, name=name, account=account, dry_run=False, today=TODAY
    )


def value(
    team: Team, metric: str, start: date = DAY, end: date = DAY, segment: str = ""
) -> float | None:
    """Of the team's one account, so that people may be counted."""
    account = Account.objects.get(team=team).id
    where: dict[str, tuple[str | int, ...]] = {"segment": (segment,), "account": (account,)}
    return answer(team, [metric], start=start, end=end, where=where).value(metric)


def test_three_tables_side_by_side_are_one_batch(access: Access) -> None:
    result = bring(access, "wechat_mp", "tendency.xls")
    assert (result.errors, result.conflicts) == (0, 0)
    assert value(access.team, "readers") == 300
    assert value(access.team, "readers", segment="channel=朋友圈") == 150
    assert value(access.team, "sharers") == 20
    assert value(access.team, "pieces") == 2


def test_parts_of_a_period_stand_beside_its_total(access: Access) -> None:
    result = bring(access, "youtube", "Table data.csv")
    assert result.errors == 0
    told = {
        segment: value(access.team, "period_reads", TODAY, TODAY, segment)
        for segment in ("", "region=US", "region=NA")
    }
    assert told == {"": 61_685, "region=US": 40_000, "region=NA": 21_503}


def test_articles_alone_are_not_the_whole(access: Access) -> None:
    bring(access, "toutiao", "数据趋势_1234567890_2026-09-10-2026-09-12.xlsx")
    bring(access, "toutiao", "数据趋势_1234567890_2026-09-10-2026-09-11（文章).xlsx")
    day = date(2026, 9, 10)
    assert value(access.team, "reads", day, day) == 100
    assert value(access.team, "reads", day, day, "form=文章") == 25


def test_a_day_restated_in_the_next_export_is_updated(access: Access) -> None:
    header = "Date,Impressions,New follows,Unfollows,Reposts,Create Post\n"
    bring(access, "x", "a.csv", f'{header}"Wed, Sep 9, 2026",5866,0,2,0,1\n'.encode())
    again = bring(access, "x", "b.csv", f'{header}"Wed, Sep 9, 2026",14795,1,2,0,1\n'.encode())
    assert (again.added, again.updated, again.unchanged) == (0, 2, 3)
    assert value(access.team, "impressions") == 14_795


@pytest.mark.parametrize("name", ["数据明细表.xlsx", "数据明细表 (1).xlsx"])
def test_details_of_a_post_nobody_named_are_refused_whole(access: Access, name: str) -> None:
    content = (SAMPLES / "xiaohongshu" / "春日露营清单-数据明细表.xlsx").read_bytes()
    result = bring(access, "xiaohongshu", name, content)
    assert result.batch is None
    assert result.errors > 0
