"""`kill -9` at any moment of an import, an undo or a backup: every batch is whole or absent.

`YUNCE_FAULT_KILLS` says how many kills there are in all; a third goes to each of the three.
"""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import duckdb
import pytest

from tests.process.conftest import YUNCE, Place, make_place, wait_until

NOTES = 900  # a 小红书 export holds at most 1000
KILLS = int(os.environ.get("YUNCE_FAULT_KILLS", "3"))
KINDS = ("import", "undo", "backup")
HEADER = (
    "笔记标题,首次发布时间,体裁,曝光,观看量,封面点击率,点赞,评论,收藏,涨粉,分享,人均观看时长,弹幕"
)
DEMO = 1

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stores:
    """What both stores hold once the next command has mended them."""

    committed: dict[int, int]  # batch → how many facts the ledger says it stated
    facts: dict[int, int]  # batch → how many facts carry its number
    unfinished: int
    posts: int  # of files, in the ledger
    remembered: int  # of files, in the fact store
    sound: bool  # what is current is the latest of what was stated


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


def is_begun(place: Place, kind: str) -> bool:
    """The moment from which a kill may leave something half-done."""
    if kind == "backup":
        return any(place.data.glob("backups/.*"))
    state = {"import": "writing", "undo": "undoing"}[kind]
    with closing(sqlite3.connect(place.data / "yunce.sqlite3", timeout=20)) as ledger:
        found = ledger.execute("SELECT count(*) FROM facts_batch WHERE state = ?", [state])
        return bool(found.fetchone()[0])


def command(place: Place, kind: str, number: int) -> tuple[str, ...]:
    """What is going to be killed; an undo gets a batch of its own to undo."""
    if kind == "backup":
        return ("backup",)
    file = str(export(place, number + 1000 * KINDS.index(kind)))
    if kind == "import":
        return ("import", file, "--team", "demo")
    done = place.yunce("import", file, "--team", "demo", "--json")
    assert done.returncode == 0, done.stderr
    return ("undo", str(json.loads(done.stdout)[0]["batch"]), "--team", "demo")


def begin(place: Place, arguments: tuple[str, ...], kind: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [*YUNCE, *arguments],
        env=place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: is_begun(place, kind) or process.poll() is not None)
    return process


def mended(place: Place) -> Stores:
    """The next command mends; then look into the files themselves."""
    done = place.yunce("query", "reads", "--from", "2025-05-01", "--to", "2025-05-31", "--json")
    assert done.returncode == 0, done.stderr
    return inside(place.data / "yunce.sqlite3", place.data / "facts.duckdb")


def inside(ledger_file: Path, facts_file: Path) -> Stores:
    with closing(sqlite3.connect(ledger_file)) as ledger:
        rows = ledger.execute(
            "SELECT id, added + updated + unchanged, state FROM facts_batch WHERE kind = 'file'"
        ).fetchall()
        (posts,) = ledger.execute("SELECT count(*) FROM facts_post").fetchone()
    with duckdb.connect(str(facts_file), read_only=True) as store:
        counted = store.execute("SELECT batch, count(*) FROM fact_log GROUP BY batch").fetchall()
        told = store.execute("SELECT count(DISTINCT post) FROM posts").fetchone()
        wrong = store.execute(
            "SELECT count(*) FROM (SELECT team, account, post, metric, day, segment, "
            "arg_max(value, batch) AS value, max(batch) AS batch FROM fact_log GROUP BY ALL) AS l "
            "FULL JOIN facts AS f USING (team, account, post, metric, day, segment) "
            "WHERE l.value IS DISTINCT FROM f.value OR l.batch IS DISTINCT FROM f.batch"
        ).fetchone()
    return Stores(
        committed={number: stated for number, stated, state in rows if state == "committed"},
        facts={number: count for number, count in counted if number != DEMO},
        unfinished=sum(state in ("writing", "undoing") for _id, _stated, state in rows),
        posts=posts,
        remembered=told[0] if told else 0,
        sound=wrong == (0,),
    )


def check(stores: Stores) -> None:
    assert stores.unfinished == 0
    assert stores.facts == stores.committed
    assert len(set(stores.committed.values())) <= 1, "a part of a file was kept"
    assert stores.remembered == stores.posts
    assert stores.sound


def window_of(place: Place, kind: str) -> float:
    """How long it takes from the moment it is begun when nobody kills it."""
    process = begin(place, command(place, kind, 0), kind)
    since = time.monotonic()
    assert process.wait(100) == 0
    return time.monotonic() - since


@pytest.mark.timeout(300 + 60 * KILLS)
@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_whole_or_absent(place: Place, kind: str) -> None:
    window = window_of(place, kind)
    for number in range(1, ceil(KILLS / len(KINDS)) + 1):
        process = begin(place, command(place, kind, number), kind)
        moment = random.uniform(0, window)  # noqa: S311  any moment will do
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        check_backups(place)
        stores = mended(place)
        check(stores)
        logger.info("%s %s after %.3f s of %.3f s: %s", kind, number, moment, window, stores)
        # What a killed backup leaves is hidden, and tidied a day later.
        shutil.rmtree(place.data / "backups", ignore_errors=True)


def check_backups(place: Place) -> None:
    """A backup is there under its name and can be read to its end, or it is not there."""
    for file in place.data.glob("backups/*.zip"):
        assert is_zipfile(file)
        with ZipFile(file) as archive:
            assert archive.testzip() is None


def test_a_killed_file_can_be_brought_in_again(place: Place) -> None:
    process = begin(place, command(place, "import", 99), "import")
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    done = place.yunce("import", place.folder / "notes-99.csv", "--team", "demo", "--json")
    answer = json.loads(done.stdout)[0]
    assert answer["added"] + answer["unchanged"] > NOTES
    check(mended(place))
