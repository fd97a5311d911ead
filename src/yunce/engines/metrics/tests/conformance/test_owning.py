"""A store remembers whose it is; a copy of its facts elsewhere is not told."""

from __future__ import annotations

from yunce.engines.metrics import FactStore, copy_facts
from yunce.engines.metrics.tests.conformance.conftest import Make
from yunce.engines.metrics.tests.stage import fact


def test_the_last_owner_counts(store: FactStore) -> None:
    assert store.owner() == ""
    for owner in ("甲", "乙"):
        store.belong_to(owner)
        assert store.owner() == owner
    store.belong_to("")
    assert store.owner() == ""


def test_copied_facts_do_not_bring_their_owner(store: FactStore, make: Make) -> None:
    source = make("duckdb")
    source.write(1, [fact("reads", 1, 10)])
    source.belong_to("甲")
    copy_facts(source, store)
    assert store.owner() == ""
