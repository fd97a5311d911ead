"""Real files of others, where the shared data is at hand: read untouched, sums counted apart."""

from __future__ import annotations

import csv
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from yunce.engines.platforms import (
    Parsed,
    parse,
    parse_mapped,
    read_tables,
    recognise,
    suggest_mapping,
)

REPOSITORY = Path(__file__).parents[5]
DATA = Path(os.environ.get("YUNCE_SHARED", REPOSITORY / ".." / "shared")) / "data"
TODAY = date(2026, 9, 13)
VIDEO_METRICS = (
    *("post_views", "post_comments", "post_danmaku", "post_likes", "post_coins"),
    *("post_saves", "post_shares"),
)

pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason=f"the shared data is not at {DATA}; set YUNCE_SHARED to check it"
)


def imported(name: str, *, platform: str, export: str) -> Parsed:
    [(table, found)] = recognise(read_tables((DATA / name).read_bytes(), Path(name).name))
    assert (found.platform, found.export, found.confidence) == (platform, export, 1)
    return parse(table, found, captured_on=TODAY, today=TODAY)


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def sums(parsed: Parsed) -> Counter[tuple[str, bool]]:
    """By metric, and whether it is of a part."""
    totals: Counter[tuple[str, bool]] = Counter()
    for fact in parsed.facts:
        totals[fact.metric, bool(fact.segment)] += fact.value  # type: ignore[assignment]
    return totals


def counted(rows: list[dict[str, str]], header: str) -> float:
    return sum(float(row[header]) for row in rows)


def test_youtube_totals_by_day() -> None:
    name = "youtube_CodingTrain/Totals.csv"
    parsed = imported(name, platform="youtube", export="totals")
    assert sums(parsed) == {("reads", False): counted(rows_of(name), "Views")}
    assert (len(parsed.facts), parsed.first_day) == (365, date(2020, 12, 31))
    assert parsed.problems == ()


def test_youtube_days_by_country_with_namibia() -> None:
    name = "youtube_CodingTrain/Chart data.csv"
    parsed, rows = imported(name, platform="youtube", export="chart"), rows_of(name)
    assert len(parsed.facts) == len(rows) == 73_365
    assert sums(parsed) == {("reads", True): counted(rows, "Views")}
    namibia = [row for row in rows if row["Geography"] == "NA"]
    ours = [fact.value for fact in parsed.facts if fact.segment == "region=NA"]
    assert (len(ours), sum(ours)) == (len(namibia), counted(namibia, "Views"))
    assert parsed.problems == ()


def test_youtube_countries_of_a_period_and_their_total() -> None:
    name = "youtube_CodingTrain/Table data.csv"
    parsed, rows = imported(name, platform="youtube", export="table"), rows_of(name)
    found = sums(parsed)
    assert rows[0]["Geography"] == "Total"
    assert found["period_reads", False] == float(rows[0]["Views"]) == 15_503_810
    assert found["period_reads", True] == counted(rows[1:], "Views")
    hours = counted(rows[1:], "Watch time (hours)")
    assert found["period_watch_time", True] == pytest.approx(hours * 3600)
    assert [problem.column for problem in parsed.problems] == ["Views", "Watch time (hours)"]


def test_youtube_subscribers_by_country() -> None:
    name = "youtube_CodingTrain/subscribers_geo.csv"
    parsed, rows = imported(name, platform="youtube", export="countries"), rows_of(name)
    assert sums(parsed) == {
        ("period_new_followers", True): counted(rows, "subscribers"),
        ("period_comments", True): counted(rows, "comments"),
        ("period_watch_time", True): counted(rows, "watch_time_minutes") * 60,
        ("period_reads", True): counted(rows, "views"),
    }


@pytest.mark.parametrize(("day", "days"), [("2025-08-25", 6), ("2025-08-26", 7)])
def test_x_account_overview(day: str, days: int) -> None:
    name = f"x_vianarafael_koe/account_overview_analytics_{day}.csv"
    parsed, rows = imported(name, platform="x", export="overview"), rows_of(name)
    found = sums(parsed)
    assert len(parsed.facts) == 13 * days
    for metric, header in {
        "impressions": "Impressions",
        "engagements": "Engagements",
        "saves": "Bookmarks",
        "new_followers": "New follows",
        "lost_followers": "Unfollows",
        "comments": "Replies",
        "pieces": "Create Post",
    }.items():
        assert found[metric, False] == counted(rows, header)


def test_x_restates_a_day_between_two_exports() -> None:
    pair = [
        imported(
            f"x_vianarafael_koe/account_overview_analytics_{day}.csv",
            platform="x",
            export="overview",
        )
        for day in ("2025-08-25", "2025-08-26")
    ]
    told = [
        [f.value for f in part.facts if (f.metric, f.day) == ("impressions", date(2025, 8, 24))]
        for part in pair
    ]
    assert told == [[5_866], [14_795]]


def test_bilibili_list_is_understood_by_the_mapper() -> None:
    name = "bilibili_100gle/bilibili.csv"
    [table] = read_tables((DATA / name).read_bytes(), "bilibili.csv")
    assert recognise([table]) == []
    mapping = suggest_mapping(table, known=dict.fromkeys(VIDEO_METRICS, ""))
    parsed = parse_mapped(
        table, mapping, captured_on=TODAY, today=TODAY, percent_metrics=frozenset()
    )
    found, rows = sums(parsed), rows_of(name)
    assert len(parsed.posts) == len(rows) == 281
    assert found["post_views", False] == counted(rows, "play")
    assert found["post_danmaku", False] == counted(rows, "video_review")
    assert found["post_comments", False] == counted(rows, "comment")
    likes = [row["like"] for row in rows if row["like"]]
    in_full = sum(float(x[:-1]) * 10_000 if x.endswith("万") else float(x) for x in likes)
    assert found["post_likes", False] == pytest.approx(in_full)
    assert parsed.problems == ()
