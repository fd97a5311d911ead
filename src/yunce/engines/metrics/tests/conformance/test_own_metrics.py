"""A catalogue with a team's own metrics answers by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from yunce.engines.metrics import FactStore, MetricQuery, catalogue, proposed
from yunce.engines.metrics.tests.stage import TEAM, fact
from yunce.engines.metrics.tests.test_proposing import PER_READ


def test_an_extended_catalogue_answers_for_its_own(store: FactStore) -> None:
    store.write(1, [fact("likes", 1, 5), fact("reads", 1, 100)])
    known = catalogue().extended([proposed(PER_READ, catalogue())])
    query = MetricQuery(TEAM, ("likes_per_read",), date(2025, 5, 1), date(2025, 5, 31))
    assert store.answer(query, known).value("likes_per_read") == 0.05


@pytest.mark.parametrize(
    "formula", ["reads" + " * 1000000000000000" * 22, "square(" * 10 + "reads" + ")" * 10]
)
def test_what_is_too_big_to_be_worked_out_is_unknown(store: FactStore, formula: str) -> None:
    store.write(1, [fact("likes", 1, 5), fact("reads", 1, 100)])
    known = catalogue().extended([proposed(replace(PER_READ, formula=formula), catalogue())])
    metrics = ("likes_per_read", "likes")
    query = MetricQuery(TEAM, metrics, date(2025, 5, 1), date(2025, 5, 31))
    answer = store.answer(query, known)
    assert answer.value("likes") == 5
    row = answer.row("likes_per_read")
    assert row is not None
    assert row.value is None
    assert "大到算不出" in row.reason


def test_as_much_as_may_stand_in_a_function_of_posts_is_worked_out(store: FactStore) -> None:
    store.remember_posts(TEAM, {7: {"published": "2025-05-01"}})
    store.write(1, [fact("post_views", 1, 5, post=7)])
    formula = f"posts_sum(post_views{' * 1' * 15}){' * 1' * 24}"
    known = catalogue().extended([proposed(replace(PER_READ, formula=formula), catalogue())])
    query = MetricQuery(TEAM, ("likes_per_read",), date(2025, 5, 1), date(2025, 5, 31))
    assert store.answer(query, known).value("likes_per_read") == 5


@pytest.mark.parametrize(
    ("inside", "value"),
    [("post_views * (-1000000000000000 * 1000000000000000)", -5e30), ("post_views * (1 / 2)", 2.5)],
)
def test_numbers_in_a_function_of_posts_are_as_big_as_elsewhere(
    store: FactStore, inside: str, value: float
) -> None:
    store.remember_posts(TEAM, {7: {"published": "2025-05-01"}})
    store.write(1, [fact("post_views", 1, 5, post=7)])
    known = catalogue().extended(
        [proposed(replace(PER_READ, formula=f"posts_sum({inside})"), catalogue())]
    )
    query = MetricQuery(TEAM, ("likes_per_read",), date(2025, 5, 1), date(2025, 5, 31))
    assert store.answer(query, known).value("likes_per_read") == pytest.approx(value)
