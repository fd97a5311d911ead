"""Reading as of a batch: as if the higher ones did not exist (a closed month)."""

from __future__ import annotations

import pytest

from yunce.engines.metrics import FactStore
from yunce.engines.metrics.tests.stage import ask, fact


@pytest.fixture
def restated(store: FactStore) -> FactStore:
    store.write(1, [fact("reads", 1, 10), fact("reads", 2, 20), fact("total_followers", 1, 500)])
    store.write(3, [fact("reads", 1, 12), fact("reads", 3, 5), fact("total_followers", 2, 510)])
    return store


@pytest.mark.parametrize(
    ("batch", "reads", "followers"), [(0, None, None), (1, 30, 500), (2, 30, 500), (3, 37, 510)]
)
def test_later_batches_do_not_exist(
    restated: FactStore, batch: int, reads: float | None, followers: float | None
) -> None:
    answer = ask(restated, "reads", "total_followers", as_of_batch=batch)
    assert (answer.value("reads"), answer.value("total_followers")) == (reads, followers)


def test_the_days_are_those_known_then(restated: FactStore) -> None:
    row = ask(restated, "reads", as_of_batch=1).row("reads")
    assert row is not None
    assert row.covered_days == 2
    assert ask(restated, "reads", as_of_batch=1).as_of is not None


def test_an_undone_batch_is_gone_from_then_too(restated: FactStore) -> None:
    restated.erase(1)
    assert ask(restated, "reads", as_of_batch=1).value("reads") is None
    assert ask(restated, "reads", as_of_batch=3).value("reads") == 17


def test_a_batch_arriving_late_under_a_newer_one_counts_by_its_number(
    restated: FactStore,
) -> None:
    restated.write(2, [fact("reads", 1, 11)])
    assert ask(restated, "reads", as_of_batch=2).value("reads") == 31
    assert ask(restated, "reads").value("reads") == 37


def test_filters_and_groups_hold_then_too(restated: FactStore) -> None:
    labels = {"platform": {1: "douyin"}}
    answer = ask(
        restated,
        "reads",
        by=("platform", "week"),
        where={"account": (1,)},
        attributes=labels,
        as_of_batch=1,
    )
    assert [(row.group, row.value) for row in answer.rows] == [(("douyin", "2025-W18"), 30)]
