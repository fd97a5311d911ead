"""Any sequence of stating, taking back, undoing and closing: every reader agrees with a recount."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from yunce.engines.metrics import (
    Closed,
    FactKey,
    FactRow,
    FactStore,
    MetricQuery,
    Revised,
    RowsQuery,
    catalogue,
    copy_facts,
)
from yunce.engines.metrics.copying import checksums
from yunce.engines.metrics.tests.conformance.conftest import EMPTIED, Make
from yunce.engines.metrics.tests.conformance.recount import Stated, Statements, stated
from yunce.engines.metrics.tests.stage import Span

# Of a server's store few are tried: every question costs a journey.
EXAMPLES = {"duckdb": 20, "postgresql": 15, "clickhouse": 6}
MORE = os.environ.get("YUNCE_SEQUENCES")  # for every store
TEAMS, POSTS, METRICS = (1, 2), (7, 8), ("reads", "total_followers", "post_views", "pieces_article")
APRIL_30, MAY_1 = date(2025, 4, 30), date(2025, 5, 1)
FIRST, LAST = date(2025, 4, 1), date(2025, 5, 31)
MONTHS = ((FIRST, APRIL_30), (MAY_1, LAST))
# Few keys and batches, or hardly any statement would meet another.
KEYS = (
    *(FactKey(1, 1, 0, "reads", day, "") for day in (APRIL_30, MAY_1)),
    FactKey(1, 1, 0, "reads", MAY_1, "channel=扫码"),
    FactKey(1, 2, 0, "reads", MAY_1, ""),
    *(FactKey(1, 1, 0, "total_followers", day, "") for day in (APRIL_30, MAY_1)),
    *(FactKey(1, 1, 7, "post_views", day, "") for day in (APRIL_30, MAY_1)),
    *(FactKey(1, 1, post, "pieces_article", MAY_1, "") for post in (0, 8)),
    FactKey(2, 3, 0, "reads", APRIL_30, ""),
)
BATCHES = st.integers(1, 3)
VALUES = st.sampled_from([0.0, 2.5, 1e6])


class Stating(RuleBasedStateMachine):
    def __init__(self, store: FactStore, copy: FactStore) -> None:
        super().__init__()
        self.store, self.copy = store, copy
        self.said = Statements()
        self.closings: dict[date, Closed] = {}
        self.described: dict[int, dict[str, str]] = {}

    @rule(batch=BATCHES, values=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
    def write(self, batch: int, values: dict[FactKey, float]) -> None:
        before = {key: said.value for key, said in self.said.current().items()}
        comparison = self.store.write(batch, [FactRow(*key, v) for key, v in values.items()])
        assert comparison.added == len(values.keys() - before.keys())
        changed = {change.row.key: change.old for change in comparison.changed}
        assert changed == {
            key: before[key]
            for key, value in values.items()
            if key in before and before[key] != value
        }
        assert comparison.unchanged == len(values) - comparison.added - len(changed)
        self.said.state(batch, values)

    @rule(batch=BATCHES, keys=st.lists(st.sampled_from(KEYS), max_size=6))
    def take_back(self, batch: int, keys: list[FactKey]) -> None:
        assert self.store.take_back(batch, keys) == len({*keys} & self.said.current().keys())
        self.said.state(batch, dict.fromkeys(keys))

    @rule(batch=BATCHES)
    def erase(self, batch: int) -> None:
        assert self.store.erase(batch) == self.said.erase(batch)

    @rule(month=st.sampled_from(MONTHS), batch=st.integers(0, 3))
    def close(self, month: tuple[date, date], batch: int) -> None:
        """Also anew, as of another batch."""
        self.closings[month[0]] = Closed(*month, batch)

    @rule(month=st.sampled_from(MONTHS))
    def reopen(self, month: tuple[date, date]) -> None:
        self.closings.pop(month[0], None)

    @rule(post=st.sampled_from(POSTS), form=st.sampled_from(["", "图文", "视频"]))
    def describe(self, post: int, form: str) -> None:
        self.store.remember_posts(1, {post: {"form": form}})
        self.described[post] = {"form": form}

    @rule()
    def rebuild(self) -> None:
        self.store.rebuild()

    @invariant()
    def what_is_current_agrees(self) -> None:
        for team in TEAMS:
            rows = self.store.rows(**span(team))
            assert {row.key: stated(row) for row in rows} == self.said.told(team)
        assert self.store.is_sound()

    def teardown(self) -> None:
        self.every_reader_agrees_on_the_log()
        for team in TEAMS:
            for closed in ((), tuple(self.closings.values())):
                self.told_agrees(team, closed)
                self.answers_agree(team, closed)
            self.changes_agree(team)
        self.a_copy_says_the_same()

    def every_reader_agrees_on_the_log(self) -> None:
        said, store = self.said, self.store
        assert store.batches() == said.batches.keys()
        assert store.teams() == said.teams()
        for batch, values in said.batches.items():
            assert store.days(batch) == {key.day for key in values}
        for key, history in said.history.items():
            assert [stated(row) for row in store.history(key)] == history
        for team in TEAMS:
            assert store.stated_days(team=team) == said.days(team)
            assert store.newest_days(team=team) == said.newest_days(team)
            assert store.posts(team=team, among=POSTS) == said.posts(team)
            assert store.posts(team=team, among=[]) == set()
            days = set().union(*(said.post_days(team, post) for post in POSTS))
            assert store.post_days(team=team, among=POSTS) == days
            for post in POSTS:
                assert store.post_days(team=team, among=[post]) == said.post_days(team, post)
            log = Counter((row.key, stated(row)) for row in store.log(**span(team)))
            mine = {key: each for key, each in said.history.items() if key.team == team}
            assert log == Counter((key, one) for key, each in mine.items() for one in each)

    def told_agrees(self, team: int, closed: tuple[Closed, ...]) -> None:
        rows = self.store.rows(closed=closed, **span(team))
        assert {row.key: stated(row) for row in rows} == self.said.told(team, closed)
        covered = self.store.coverage(closed=closed, **span(team))
        assert covered == self.said.coverage(team, closed)

    def answers_agree(self, team: int, closed: tuple[Closed, ...]) -> None:
        asked = MetricQuery(team, METRICS, FIRST, LAST, closed=closed)
        answer = self.store.answer(asked)
        for code in METRICS:
            metric = catalogue()[code]
            page = self.said.page(team, metric, closed)
            query = RowsQuery(metric=metric, closed=closed, shows_all=True, **span(team))
            assert self.store.page(query) == page
            counting = [row.value for row, apart in page.rows if apart is None]
            assert answer.value(code) == (sum(counting) if counting else None)

    def changes_agree(self, team: int) -> None:
        found = self.store.restatements(limit=1000, **span(team))
        told = {each.key: [stated(row) for row in each.stated] for each in found}
        assert told == self.said.restatements(team)
        for closed in self.closings.values():
            wanted = self.said.revised(team, closed)
            revised = self.store.revised(team=team, closed=closed, limit=1000)
            assert {each.row.key: (stated(each.row), old_of(each)) for each in revised} == wanted
            assert self.store.revised_count(team=team, closed=closed) == len(wanted)
            some = self.store.revised_count(team=team, closed=closed, metrics=METRICS[:2])
            assert some == sum(key.metric in METRICS[:2] for key in wanted)

    def a_copy_says_the_same(self) -> None:
        copy_facts(self.store, self.copy)
        assert self.copy.teams() == self.said.teams()
        assert self.copy.is_sound()
        for team in TEAMS:
            days = self.said.days(team)
            assert checksums(self.copy, team, days) == checksums(self.store, team, days)
        known = {post: told for post, told in self.described.items() if told["form"]}
        assert self.store.remembered_posts(team=1) == known
        if 1 in self.said.teams():
            assert self.copy.remembered_posts(team=1) == known


def span(team: int) -> Span:
    return Span(team=team, start=FIRST, end=LAST)


def old_of(revised: Revised) -> Stated | None:
    if revised.old is None or revised.old_batch is None:
        return None
    return Stated(revised.old_batch, revised.old)


def test_any_sequence_leaves_what_a_recount_says(store: FactStore, kind: str, make: Make) -> None:
    copy = make("duckdb")

    class OnThisStore(Stating):
        def __init__(self) -> None:
            EMPTIED[kind](store)
            EMPTIED["duckdb"](copy)
            super().__init__(store, copy)

    examples = int(MORE or EXAMPLES[kind])
    few = settings(max_examples=examples, stateful_step_count=10, deadline=None)
    run_state_machine_as_test(OnThisStore, settings=few)
