"""Killing commands at any moment, and looking into both stores afterwards."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from math import ceil
from pathlib import Path
from typing import Any, cast

import duckdb

from tests.faults.nursery import Child, WarmPlace
from tests.process.conftest import Place
from yunce.engines.metrics import open_store

NOTES = 900  # a 小红书 export holds at most 1000
FEW_NOTES = 90
FACTS_OF_A_NOTE = 12
SELDOM = 25  # of so many looks one asks whether the command has ended
KILLS = int(os.environ.get("YUNCE_FAULT_KILLS", "100"))  # of imports, undos and backups
HEADER = (
    "笔记标题,首次发布时间,体裁,曝光,观看量,封面点击率,点赞,评论,收藏,涨粉,分享,人均观看时长,弹幕"
)
MAY = ("--from", "2025-05-01", "--to", "2025-05-31")
_KEY = "team, account, post, metric, day, segment"
UNSOUND = (  # facts that are not the latest of the log, as both stores speak
    f"SELECT count(*) FROM (SELECT DISTINCT ON ({_KEY}) {_KEY}, value, batch FROM fact_log "  # noqa: S608
    f"ORDER BY {_KEY}, batch DESC) AS l FULL JOIN facts AS f USING ({_KEY}) "
    "WHERE (l.value IS DISTINCT FROM f.value OR l.batch IS DISTINCT FROM f.batch) "
    "AND NOT (f.batch IS NULL AND l.value = CAST('NaN' AS DOUBLE PRECISION))"
)
_PASSING = ("django_session", "journal_clockrun")


@dataclass(frozen=True)
class Stores:
    """What both stores hold once the next command has mended them."""

    committed: dict[int, int]  # batch → how many facts the ledger says it stated
    facts: dict[int, int]  # batch → how many facts carry its number
    unfinished: int
    posts: int  # of files, in the ledger
    remembered: int  # of files, in the fact store
    sound: bool  # what is current is the latest of what was stated

    def check(self, *notes: int) -> None:
        """Whole files only, of so many notes."""
        assert self.unfinished == 0
        assert self.facts == self.committed
        whole = {many * FACTS_OF_A_NOTE for many in notes or (NOTES, FEW_NOTES)}
        assert whole.issuperset(self.committed.values()), "a part of a file was kept"
        assert self.remembered == self.posts
        assert self.sound


def export(place: Place, number: int, *, notes: int = NOTES) -> Path:
    """A file of its own for every try: nothing in it was there before, or looks like what was."""
    month = f"{2015 + number // 12 % 10}年{number % 12 + 1:02}月"
    lines = [
        f"第 {number} 次第 {note} 篇,{month}{note % 28 + 1:02}日18时30分00秒,视频,"
        f"{2400 + note},{600 + note},0.22,{48 + note},12,20,6,9,21,3"
        for note in range(notes)
    ]
    path = place.folder / f"notes-{number}.csv"
    path.write_text("\n".join([",".join(["最多导出排序后前1000条笔记"] * 13), HEADER, *lines]))
    return path


def bring_in(place: Place, number: int, *, notes: int = NOTES) -> int:
    """The number of the batch a file became."""
    done = place.yunce("import", export(place, number, notes=notes), "--team", "demo", "--json")
    assert done.returncode == 0, done.stderr
    return int(json.loads(done.stdout)[0]["batch"])


def share(part: float) -> int:
    """So much of all kills, one at least."""
    return ceil(KILLS * part)


def begin(place: WarmPlace, arguments: tuple[str, ...], is_begun: Callable[[], bool]) -> Child:
    """A command that has come to where a kill may leave something half-done."""
    child = place.start(*arguments)
    try:
        for look in count():
            if is_begun() or (look % SELDOM == 0 and child.code() is not None):
                break
            time.sleep(0.004)
    except BaseException:  # a test out of time must not leave its command holding the folder
        child.kill()
        child.wait()
        raise
    return child


def window_of(child: Child) -> float:
    """How long it takes from the moment it is begun when nobody kills it."""
    since = time.monotonic()
    assert child.wait() == 0
    return time.monotonic() - since


def kill(child: Child, *, within: float) -> float:
    """At any moment of so many seconds; the moment it was."""
    moment = random.uniform(0, within)  # noqa: S311  any moment will do
    time.sleep(moment)
    child.kill()
    child.wait()
    return moment


Ask = Callable[[str], Sequence[Sequence[Any]]]  # a fact store's answer to a statement


def mended(place: Place) -> Stores:
    """The next command mends; then look into the stores themselves."""
    done = place.yunce("query", "reads", *MAY, "--json")
    assert done.returncode == 0, done.stderr
    ledger = place.data / "yunce.sqlite3"
    url = place.environment.get("YUNCE_FACTS_URL")
    if not url:
        return inside(ledger, place.data / "facts.duckdb")
    with closing(cast(Any, open_store(url))) as store:
        return _stores(ledger, store._fetch)


def inside(ledger_file: Path, facts_file: Path) -> Stores:
    with duckdb.connect(str(facts_file), read_only=True) as store:
        return _stores(ledger_file, lambda sql: store.execute(sql).fetchall())


def _stores(ledger_file: Path, ask: Ask) -> Stores:
    with closing(sqlite3.connect(ledger_file)) as ledger:
        rows = ledger.execute(
            "SELECT id, added + updated + unchanged, state FROM facts_batch WHERE kind = 'file'"
        ).fetchall()
        demo = {row[0] for row in ledger.execute("SELECT id FROM facts_batch WHERE kind = 'demo'")}
        (posts,) = ledger.execute("SELECT count(*) FROM facts_post").fetchone()
    counted = ask("SELECT batch, count(*) FROM fact_log GROUP BY batch")
    return Stores(
        committed={number: stated for number, stated, state in rows if state == "committed"},
        facts={number: many for number, many in counted if number not in demo},
        unfinished=sum(state in ("writing", "undoing") for _id, _stated, state in rows),
        posts=posts,
        remembered=ask("SELECT count(DISTINCT post) FROM posts")[0][0],
        sound=ask(UNSOUND)[0][0] == 0,
    )


Rows = dict[str, list[str]]  # table → its rows as text, in order


def every_row(data: Path) -> Rows:
    """Both stores of a data folder, and the raw files, row for row."""
    return {
        **relational_rows(data / "yunce.sqlite3"),
        **fact_rows(data / "facts.duckdb"),
        "uploads": sorted(path.name for path in data.glob("uploads/*/*")),
    }


def relational_rows(file: Path) -> Rows:
    with closing(sqlite3.connect(file)) as ledger:
        found = ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = [name for (name,) in found if name not in _PASSING]
        return {name: _said(ledger.execute(f"SELECT * FROM {name}").fetchall()) for name in names}  # noqa: S608


def fact_rows(file: Path) -> Rows:
    with duckdb.connect(str(file), read_only=True) as store:
        names = ("facts", "fact_log", "posts")
        return {name: _said(store.execute(f"SELECT * FROM {name}").fetchall()) for name in names}  # noqa: S608


def _said(rows: list[tuple[object, ...]]) -> list[str]:
    return sorted(map(repr, rows))
