"""The watched folder of a running server: a file dropped there is in, or says why it is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.process.conftest import Place, Server, wait_until

Serve = Callable[..., Server]
MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")
DAILY = (
    "日期,播放量,总粉丝量,净增粉丝,取关粉丝\n"
    "2026-03-01,1200,5000,30,{lost}\n"
    "2026-03-02,900,5010,10,5\n"
)


@pytest.fixture
def inbox(place: Place, demo_data: Path) -> Path:
    """Of a server that looks into it, with the demo month's team and its accounts."""
    place.fill(demo_data)
    folder = place.folder / "inbox"
    (folder / "demo").mkdir(parents=True)
    place.environment["YUNCE_INBOX"] = str(folder)
    place.environment["YUNCE_INBOX_SETTLE"] = "1"
    return folder


def lost_followers(place: Place) -> float | None:
    done = place.yunce("query", "lost_followers", *MARCH, "--json")
    value: float | None = json.loads(done.stdout)["rows"][0]["value"]
    return value


def found(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_dropped_files_are_brought_in_or_told_why_not(
    inbox: Path, serve: Serve, place: Place
) -> None:
    serve()
    before = lost_followers(place)
    unfinished = inbox / "demo" / "账号数据.csv.part"
    unfinished.write_text(DAILY.format(lost=7))
    (inbox / "demo" / "会议纪要.xlsx").write_bytes(b"PK\x03\x04 nothing of the kind")
    failed, done = inbox / "demo" / "failed", inbox / "demo" / "done"
    wait_until(lambda: len(found(failed)) == 2)
    assert "会议纪要.xlsx" in found(failed)[1].read_text()
    assert (before, found(done)) == (None, [])

    unfinished.rename(inbox / "demo" / "账号数据.csv")
    wait_until(lambda: len(found(done)) == 1)
    assert lost_followers(place) == 12
    assert found(done)[0].name.endswith(" 账号数据.csv")

    (inbox / "demo" / "账号数据.csv").write_text(DAILY.format(lost=9))  # the day told anew
    wait_until(lambda: len(found(done)) == 2)
    assert lost_followers(place) == 14


def test_what_came_while_no_server_ran_is_brought_in_at_start(
    inbox: Path, serve: Serve, place: Place
) -> None:
    (inbox / "demo" / "账号数据.csv").write_text(DAILY.format(lost=7))
    serve()
    wait_until(lambda: len(found(inbox / "demo" / "done")) == 1)
    assert lost_followers(place) == 12
