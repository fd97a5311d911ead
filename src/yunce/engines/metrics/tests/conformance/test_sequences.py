"""Any sequence of writing and undoing leaves what a recount in plain Python says."""

from __future__ import annotations

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from yunce.engines.metrics import FactKey, FactRow, FactStore, MetricQuery

EXAMPLES = {"duckdb": 10, "postgresql": 5, "clickhouse": 3}
FIRST, LAST = date(2025, 5, 1), date(2025, 5, 3)
ROWS = st.builds(
    FactRow,
    team=st.just(1),
    account=st.integers(1, 2),
    post=st.sampled_from([0, 7]),
    metric=st.sampled_from(["reads", "total_followers"]),
    day=st.dates(FIRST, LAST),
    segment=st.sampled_from(["", "channel=扫码"]),
    value=st.sampled_from([0.0, 1.0, 2.5, 1e6]),
)


class WritingAndUndoing(RuleBasedStateMachine):
    def __init__(self, store: FactStore) -> None:
        super().__init__()
        self.store = store
        for batch in store.batches():
            store.erase(batch)
        self.batches: dict[int, dict[FactKey, float]] = {}

    @rule(batch=st.integers(1, 5), rows=st.lists(ROWS, max_size=6))
    def write(self, batch: int, rows: list[FactRow]) -> None:
        before = self.current()
        stated = {row.key: row.value for row in rows}
        comparison = self.store.write(batch, rows)
        assert comparison.added == len(stated.keys() - before.keys())
        changed = {change.row.key: change.old for change in comparison.changed}
        assert changed == {
            key: before[key]
            for key, value in stated.items()
            if key in before and before[key] != value
        }
        assert comparison.unchanged == len(stated) - comparison.added - len(changed)
        if stated:
            self.batches.setdefault(batch, {}).update(stated)

    @rule(batch=st.integers(1, 5))
    def erase(self, batch: int) -> None:
        assert self.store.erase(batch) == len(self.batches.pop(batch, {}))

    @invariant()
    def the_store_agrees(self) -> None:
        rows = self.store.rows(team=1, start=FIRST, end=LAST)
        assert {row.key: row.value for row in rows} == self.current()
        assert self.store.batches() == self.batches.keys()
        assert self.store.is_sound()

    @invariant()
    def the_sum_agrees(self) -> None:
        counted = [
            value
            for key, value in self.current().items()
            if (key.metric, key.post, key.segment) == ("reads", 0, "")
        ]
        answer = self.store.answer(MetricQuery(1, ("reads",), FIRST, LAST))
        assert answer.value("reads") == (sum(counted) if counted else None)

    def current(self) -> dict[FactKey, float]:
        return {
            key: value
            for batch in sorted(self.batches)
            for key, value in self.batches[batch].items()
        }


def test_any_sequence_leaves_what_a_recount_says(store: FactStore, kind: str) -> None:
    class OnThisStore(WritingAndUndoing):
        def __init__(self) -> None:
            super().__init__(store)

    few = settings(max_examples=EXAMPLES[kind], stateful_step_count=8, deadline=None)
    run_state_machine_as_test(OnThisStore, settings=few)
