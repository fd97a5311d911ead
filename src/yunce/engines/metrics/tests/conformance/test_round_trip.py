"""A page's worth of metrics is one statement."""

from __future__ import annotations

from typing import Any

import pytest

from yunce.engines.metrics import catalogue
from yunce.engines.metrics.tests.stage import ask, fact


@pytest.fixture
def sent(store: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements the store gets from now on."""
    store.write(1, [fact("reads", 1, 10), fact("likes", 1, 2)])
    ask(store, "reads")  # what a store looks up once and keeps
    fetch, sent = store._fetch, []

    def counted(sql: str, **values: object) -> Any:
        sent.append(sql)
        return fetch(sql, **values)

    monkeypatch.setattr(store, "_fetch", counted)
    return sent


@pytest.mark.parametrize("by", [(), ("day",), ("account",)])
def test_all_metrics_are_asked_in_one_round_trip(
    store: Any, sent: list[str], by: tuple[str, ...]
) -> None:
    known = catalogue()
    codes = [c for c in known if known.has_total(c) and not known.is_of_period(c)]
    answer = ask(store, *codes, by=by)
    assert len(codes) > 50
    assert {row.metric for row in answer.rows} == {*codes}
    assert len(sent) == 1


def test_a_comparison_is_one_more(store: Any, sent: list[str]) -> None:
    ask(store, "reads", "likes", "click_rate", compare="previous")
    assert len(sent) == 2
