"""`kill -9` at any moment of an import leaves all of the file or nothing of it."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.process.conftest import YUNCE, Place, make_place, wait_until

NOTES = 900  # a 小红书 export holds at most 1000
KILLS = 3
HEADER = (
    "笔记标题,首次发布时间,体裁,曝光,观看量,封面点击率,点赞,评论,收藏,涨粉,分享,人均观看时长,弹幕"
)


@dataclass(frozen=True)
class Stores:
    """What both stores hold once the next command has mended them."""

    committed: dict[int, int]  # batch → how many values the ledger says it brought
    facts: dict[int, int]  # batch → how many facts carry its number
    unfinished: int


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = make_place(tmp_path_factory.mktemp("killed"))
    assert place.yunce("demo").returncode == 0
    return place


def export(place: Place, number: int) -> Path:
    """A file of its own for every try: nothing in it was there before."""
    lines = [
        f"第 {number} 次第 {note} 篇,2025年05月{note % 28 + 1:02}日18时30分00秒,视频,"
        f"{2400 + note},{600 + note},0.22,{48 + note},12,20,6,9,21,3"
        for note in range(NOTES)
    ]
    path = place.folder / f"notes-{number}.csv"
    path.write_text("\n".join([",".join(["最多导出排序后前1000条笔记"] * 13), HEADER, *lines]))
    return path


def is_writing(place: Place) -> bool:
    with closing(sqlite3.connect(place.data / "yunce.sqlite3", timeout=20)) as ledger:
        found = ledger.execute("SELECT count(*) FROM facts_batch WHERE state = 'writing'")
        return bool(found.fetchone()[0])


def start_import(place: Place, number: int) -> subprocess.Popen[bytes]:
    """The import, just when its line in the ledger says «writing»."""
    process = subprocess.Popen(
        [*YUNCE, "import", str(export(place, number)), "--team", "demo"],
        env=place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: is_writing(place) or process.poll() is not None)
    return process


def mended(place: Place) -> Stores:
    """The next command mends; then look into the files themselves."""
    done = place.yunce("query", "reads", "--from", "2025-05-01", "--to", "2025-05-31", "--json")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(place.data / "yunce.sqlite3")) as ledger:
        rows = ledger.execute(
            "SELECT id, added, state FROM facts_batch WHERE kind = 'file'"
        ).fetchall()
    with duckdb.connect(str(place.data / "facts.duckdb"), read_only=True) as store:
        counted = store.execute("SELECT batch, count(*) FROM fact_log GROUP BY batch").fetchall()
    demo = 1
    return Stores(
        committed={number: added for number, added, state in rows if state == "committed"},
        facts={number: count for number, count in counted if number != demo},
        unfinished=sum(state in ("writing", "undoing") for _id, _added, state in rows),
    )


def test_all_of_a_file_or_nothing_of_it(place: Place) -> None:
    whole = start_import(place, 0)
    writing_since = time.monotonic()
    assert whole.wait(60) == 0
    window = time.monotonic() - writing_since
    for number in range(1, KILLS + 1):
        process = start_import(place, number)
        time.sleep(random.uniform(0, window))  # noqa: S311  any moment will do
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        stores = mended(place)
        assert stores.unfinished == 0
        assert stores.facts == stores.committed
        assert len(set(stores.committed.values())) == 1, "a part of a file was kept"


def test_a_killed_file_can_be_brought_in_again(place: Place) -> None:
    process = start_import(place, 99)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    done = place.yunce("import", place.folder / "notes-99.csv", "--team", "demo", "--json")
    answer = json.loads(done.stdout)[0]
    assert answer["added"] + answer["unchanged"] > NOTES
    assert mended(place).unfinished == 0
