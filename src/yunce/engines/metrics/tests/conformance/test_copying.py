"""Copying facts between stores of every kind: whole, checked, and going on where it stopped."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from yunce.engines.metrics import FactKey, FactRow, FactStore, StoreError, copy_facts, open_store
from yunce.engines.metrics.copying import MonthCopy, checksums
from yunce.engines.metrics.tests.conformance.conftest import Make
from yunce.engines.metrics.tests.stage import TEAM, fact
from yunce.kit.months import Month

MAY = Month(2025, 5)
DAYS = [*MAY.days(), date(2025, 6, 2)]
IN_JUNE = FactRow(TEAM, 1, 0, "gmv", date(2025, 6, 2), "channel=扫码", 0.1 + 0.2)
OF_TWO = FactRow(2, 9, 4, "post_views", date(2025, 5, 9), "", 7)
OF_THREE = FactRow(3, 5, 0, "reads", date(2025, 4, 9), "", 8)  # nothing current is left of it


@pytest.fixture
def source(make: Make) -> FactStore:
    """Three batches, one restating and one emptying, over two months and two teams."""
    store = make("duckdb")
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 20), IN_JUNE, OF_TWO, OF_THREE])
    store.write(2, [fact("reads", 1, 12), fact("reads", 2, 20)])
    store.take_back(3, [fact("reads", 2, 0).key, OF_THREE.key])
    store.remember_posts(2, {4: {"form": "视频", "published": "2025-05-08"}})
    return store


def test_round_all_three_stores_and_back_nothing_is_lost(source: FactStore, make: Make) -> None:
    around = [source, make("postgresql"), make("clickhouse"), make("duckdb")]
    for here, there in pairwise(around):
        assert copy_facts(here, there).rows == 9
    last = around[-1]
    assert [checksums(last, *of) for of in ((1, DAYS), (2, DAYS))] == [
        checksums(source, *of) for of in ((1, DAYS), (2, DAYS))
    ]
    assert [row.value for row in last.history(FactKey(*fact("reads", 1, 0)[:6]))] == [10, 12]
    assert last.remembered_posts(team=2) == {4: {"form": "视频", "published": "2025-05-08"}}
    assert [last.erase(batch) for batch in (3, 2)] == [2, 2]
    assert last.is_sound()
    assert [row.value for row in last.rows(team=1, start=MAY.first, end=MAY.last)] == [10, 20]
    assert last.newest_days(team=3) == {5: OF_THREE.day}


def test_a_copy_can_be_asked_and_undone_like_its_source(
    source: FactStore, store: FactStore
) -> None:
    copy_facts(source, store)
    assert (store.batches(), store.is_sound()) == ({1, 2, 3}, True)
    assert [store.erase(batch) for batch in (3, 2)] == [2, 2]
    assert [row.value for row in store.rows(team=1, start=MAY.first, end=MAY.last)] == [10, 20]


def test_copying_again_only_reads(source: FactStore, store: FactStore) -> None:
    copy_facts(source, store)
    assert [month.was_there for month in copy_facts(source, store).months] == [True] * 4


def test_a_copy_that_stopped_goes_on(source: FactStore, store: FactStore) -> None:
    heard: list[MonthCopy] = []

    def stop_after_one(month: MonthCopy) -> None:
        heard.append(month)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_facts(source, store, progress=stop_after_one)
    assert heard == [MonthCopy(1, MAY, 5, was_there=False)]
    again = [month.was_there for month in copy_facts(source, store).months]
    assert again == [True, False, False, False]


def test_one_team_alone(source: FactStore, store: FactStore) -> None:
    assert copy_facts(source, store, team=2).rows == 1
    assert store.teams() == {2}


def test_what_the_target_has_too_much_is_gone(source: FactStore, store: FactStore) -> None:
    store.write(5, [fact("reads", 1, 99), fact("reads", 30, 5), fact("likes", 1, 1, account=3)])
    copy_facts(source, store)
    assert checksums(store, 1, DAYS) == checksums(source, 1, DAYS)
    assert store.batches() == {1, 2, 3}


def test_a_saved_copy_keeps_what_was_taken_back(
    source: FactStore, store: FactStore, tmp_path: Path
) -> None:
    copy_facts(source, store)
    store.save_copy(tmp_path / "kept.duckdb")
    with closing(open_store(f"duckdb://{tmp_path / 'kept.duckdb'}")) as kept:
        assert kept.teams() == {1, 2, 3}
        assert checksums(kept, 1, DAYS) == checksums(source, 1, DAYS)


def test_posts_the_source_does_not_know_are_forgotten(source: FactStore, store: FactStore) -> None:
    store.remember_posts(2, {4: {"series": "探店"}, 5: {"form": "图文"}})
    copy_facts(source, store)
    assert store.remembered_posts(team=2) == source.remembered_posts(team=2)


def test_posts_of_teams_without_facts_are_copied_and_forgotten_too(
    source: FactStore, store: FactStore
) -> None:
    source.remember_posts(8, {21: {"form": "视频"}})
    store.remember_posts(9, {22: {"form": "图文"}})
    copy_facts(source, store)
    assert store.remembered_posts(team=8) == {21: {"form": "视频"}}
    assert store.described_teams() == {2, 8}


def test_a_target_that_describes_posts_otherwise_is_named(
    source: FactStore, store: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(store), "remember_posts", lambda *_given: None)
    with pytest.raises(StoreError, match="团队 2 的内容属性复制后核对不一致"):
        copy_facts(source, store, team=2)


def test_a_target_that_keeps_something_else_is_named(
    source: FactStore, store: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = type(store).replace_log

    def forgetful(self: Any, team: int, start: date, end: date, rows: Any) -> None:
        replace(self, team, start, end, rows[1:])

    monkeypatch.setattr(type(store), "replace_log", forgetful)
    with pytest.raises(StoreError, match="2025-05 复制后核对不一致"):
        copy_facts(source, store)
