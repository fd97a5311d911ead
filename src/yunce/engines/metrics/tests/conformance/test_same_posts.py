"""Two posts found to be one are answered as one; what was said of each stays as it was."""

from __future__ import annotations

from typing import Any

import pytest

from yunce.engines.metrics import Answer, FactStore
from yunce.engines.metrics.tests.stage import TEAM, ask, fact

OLD, NEW, OTHER = 7, 8, 9


@pytest.fixture
def told(store: FactStore) -> FactStore:
    """Post 8 is post 7 under another title; 9 is a post of its own."""
    store.write(1, [fact("post_views", 4, 100, post=OLD), fact("pieces", 2, 1, post=OLD)])
    store.write(2, [fact("post_views", 8, 300, post=NEW), fact("pieces", 2, 1, post=NEW)])
    store.write(3, [fact("post_views", 8, 50, post=OTHER)])
    of_old = {"form": "视频", "published": "2025-05-02"}
    store.remember_posts(TEAM, {OLD: of_old, NEW: {**of_old, "same_as": str(OLD)}})
    return store


def one(store: FactStore, *metrics: str, **parts: Any) -> Answer:
    return ask(store, *metrics, merges=True, **parts)


def test_apart_they_count_twice(told: FactStore) -> None:
    answer = ask(told, "post_views", "pieces")
    assert answer.value("post_views") == 450  # 100 + 300 + 50
    assert answer.value("pieces") == 2


def test_as_one_the_newest_snapshot_counts(told: FactStore) -> None:
    assert one(told, "post_views").value("post_views") == 350  # 300 + 50


def test_as_one_it_is_one_piece(told: FactStore) -> None:
    assert one(told, "pieces").value("pieces") == 1


def test_it_goes_by_the_number_of_the_one_that_is_kept(told: FactStore) -> None:
    answer = one(told, "post_views", by=("post",))
    assert {row.group: row.value for row in answer.rows} == {(OLD,): 300, (OTHER,): 50}


def test_a_filter_by_post_finds_both(told: FactStore) -> None:
    assert one(told, "post_views", where={"post": (OLD,)}).value("post_views") == 300
    assert one(told, "post_views", where={"post": (NEW,)}).value("post_views") is None


def test_of_one_day_the_newest_batch_counts(told: FactStore) -> None:
    told.write(4, [fact("post_views", 8, 280, post=OLD)])
    assert one(told, "post_views", by=("post",)).value("post_views", OLD) == 280


def test_snapshots_keep_their_age(told: FactStore) -> None:
    answer = one(told, "post_views", by=("age",), where={"form": ("视频",)})
    assert {row.group: row.value for row in answer.rows} == {(2,): 100, (6,): 300}


def test_as_of_a_batch_they_are_one_too(told: FactStore) -> None:
    assert one(told, "post_views", as_of_batch=1).value("post_views") == 100
    assert one(told, "post_views", as_of_batch=2).value("post_views") == 300


def test_undoing_one_batch_leaves_what_the_other_said(told: FactStore) -> None:
    told.erase(2)
    assert one(told, "post_views", by=("post",)).value("post_views", OLD) == 100


def test_told_apart_again_each_has_its_own(told: FactStore) -> None:
    told.remember_posts(TEAM, {NEW: {"form": "视频", "published": "2025-05-02"}})
    answer = one(told, "post_views", by=("post",))
    assert {row.group: row.value for row in answer.rows} == {
        (OLD,): 100,
        (NEW,): 300,
        (OTHER,): 50,
    }


def test_numbers_of_the_whole_account_are_untouched(told: FactStore) -> None:
    told.write(4, [fact("reads", 3, 40)])
    assert one(told, "reads", "new_followers").value("reads") == 40
