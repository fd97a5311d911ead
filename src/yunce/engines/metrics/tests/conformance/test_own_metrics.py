"""A catalogue with a team's own metrics answers by them."""

from __future__ import annotations

from datetime import date

from yunce.engines.metrics import FactStore, MetricQuery, catalogue, proposed
from yunce.engines.metrics.tests.stage import TEAM, fact
from yunce.engines.metrics.tests.test_proposing import PER_READ


def test_an_extended_catalogue_answers_for_its_own(store: FactStore) -> None:
    store.write(1, [fact("likes", 1, 5), fact("reads", 1, 100), fact("likes", 2, 1)])
    known = catalogue().extended([proposed(PER_READ, catalogue())])
    query = MetricQuery(TEAM, ("likes_per_read",), date(2025, 5, 1), date(2025, 5, 31))
    assert store.answer(query, known).value("likes_per_read") == 0.06
