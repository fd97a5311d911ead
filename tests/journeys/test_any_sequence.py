"""Any sequence of imports, typed and emptied numbers, closings and undos: a recount agrees."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from math import nan
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.journeys.bookkeeping import MAY, Bookkeeping
from tests.journeys.recount import (
    Key,
    Said,
    known,
    latest,
    of_file,
    totals,
)
from tests.journeys.told_files import DAYS, NOTES, a_file_of_days, a_file_of_notes
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import MonthClosedError, close_month, recover, reopen_month
from yunce.ground.facts.models import Batch, BatchState, Post
from yunce.ground.facts.queries import coverage, ledger_of, newest_days_in, restatements
from yunce.ground.imports.actions import commit, import_file, receive, save_grid, undo
from yunce.ground.imports.gridding import Typed, seen_mark

EXAMPLES = int(os.environ.get("YUNCE_SEQUENCES", "10"))  # more finds more, and takes longer
TODAY = date(2025, 6, 1)
WHO = st.sampled_from(["小红书甲", "小红书乙"])


class BringingInAndTakingBack(Bookkeeping):
    files = Bundle("files")

    # What people do

    @initialize(cells=st.booleans(), closes=st.booleans())
    def begin(self, cells: bool, closes: bool) -> None:
        """Perhaps with a cell nobody knows any more, perhaps in a closed month."""
        if cells:
            self.type_numbers(who="小红书甲", metric="reads", cells={1: 7, 3: 20})
            typed = {key: nan for key in self.typed_cells() if key[3].day == 3}
            self.save(self.accounts["小红书甲"], dict.fromkeys(typed, ""), typed)
        if closes:
            self.close()

    @rule(target=files, who=WHO, told=NOTES, page=st.booleans())
    def bring_in_notes(
        self, who: str, told: tuple[date, dict[str, tuple[int, int]]], page: bool
    ) -> tuple[str, bytes]:
        return self.bring_in(who, a_file_of_notes(told), page=page)

    @rule(target=files, who=WHO, told=DAYS, page=st.booleans())
    def bring_in_days(
        self, who: str, told: dict[int, tuple[str, str]], page: bool
    ) -> tuple[str, bytes]:
        return self.bring_in(who, a_file_of_days(told), page=page)

    @rule(file=files, page=st.booleans())
    def bring_in_again(self, file: tuple[str, bytes], page: bool) -> None:
        self.bring_in(*file, page=page)

    def bring_in(self, who: str, content: bytes, *, page: bool) -> tuple[str, bytes]:
        """By the page or by the command line; the ledger's line says what a recount expects."""
        account = self.accounts[who]
        expected = self.counts(of_file(content, account.pk))
        name = "笔记.xlsx" if content[:2] == b"PK" else "每日.csv"
        known = {batch.file_sha256 for batch in self.living() if batch.account_id == account.pk}
        if page:
            upload = receive(access=self.access, file=content, name=name, account=account)
            made = commit(access=self.access, upload=upload, today=TODAY).batch
            number = made.pk if made else None
        else:
            number = import_file(
                access=self.access,
                content=content,
                name=name,
                account=account,
                dry_run=False,
                today=TODAY,
            ).batch
        changes = expected[0] or expected[1]
        assert (number is None) is (not changes and self.is_kept(content, known))
        if number:
            self.note(number, expected)
        return who, content

    @rule(
        who=WHO,
        metric=st.sampled_from(["reads", "new_followers"]),
        cells=st.dictionaries(st.integers(1, 3), st.sampled_from([0, 7, 20]), min_size=1),
    )
    def type_numbers(self, who: str, metric: str, cells: dict[int, int]) -> None:
        account, shown = self.accounts[who], self.counted()
        said = {(account.pk, "", metric, date(2025, 5, d)): float(v) for d, v in cells.items()}
        changed = {key: value for key, value in said.items() if shown.get(key) != value}
        typed = {key: f"{value:.0f}" for key, value in said.items()}
        self.save(account, typed, changed)

    @precondition(lambda self: self.typed_cells())
    @rule(data=st.data())
    def empty_cells(self, data: st.DataObject) -> None:
        """What a file told beneath comes back; else nobody knows the number any more."""
        typed = self.typed_cells()
        account = data.draw(st.sampled_from(sorted({key[0] for key in typed})))
        mine = sorted(key for key in typed if key[0] == account)
        chosen = data.draw(st.lists(st.sampled_from(mine), min_size=1, unique=True))
        owner = Account.objects.get(pk=account)
        self.save(owner, dict.fromkeys(chosen, ""), {key: typed[key] for key in chosen})

    def save(self, account: Account, typed: Mapping[Key, str], said: Said) -> None:
        """Cells as typed into the page, and what the ledger is to say of them."""
        shown, expected = self.counted(), self.counts(said)
        cells = {key[2:]: Typed(text, seen_mark(shown.get(key))) for key, text in typed.items()}

        def saved() -> Batch | None:
            done = save_grid(
                access=self.access, account=account, month=MAY, typed=cells, today=TODAY
            )
            assert not done.wrong
            return done.recorded.batch if done.recorded else None

        if said and self.closed_at is not None:
            with pytest.raises(MonthClosedError):
                saved()
            return
        batch = saved()
        assert (batch is None) is (expected[:2] == (0, 0))
        if batch:
            self.typed[batch.pk] = dict(said)
            self.note(batch.pk, expected)

    @precondition(lambda self: self.living())
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """Any batch: also an old one under newer ones. A second time it does nothing."""
        self.undo(data.draw(st.sampled_from(self.living())), times=2)

    @precondition(lambda self: self.living())
    @rule()
    def take_back_the_newest(self) -> None:
        """What it changed returns."""
        self.undo(self.living()[-1])

    def undo(self, batch: Batch, *, times: int = 1) -> None:
        """Not what a closed month counts."""
        if self.closed_at is not None and batch.pk <= self.closed_at:
            with pytest.raises(MonthClosedError):
                undo(access=self.access, batch=batch)
            return
        for _time in range(times):
            undo(access=self.access, batch=batch)
        self.states[batch.pk] = BatchState.UNDONE

    @precondition(lambda self: self.closed_at is None)
    @rule()
    def close(self) -> None:
        close_month(team=self.team, month=MAY, by=self.access.user)
        self.closed_at = max((batch.pk for batch in self.living()), default=0)

    @precondition(lambda self: self.closed_at is not None)
    @rule()
    def reopen(self) -> None:
        reopen_month(team=self.team, month=MAY, by=self.access.user)
        self.closed_at = None

    @rule()
    def start_again(self) -> None:
        assert recover() == 0

    # What must be so

    @invariant()
    def every_stored_value_is_the_recounted_one(self) -> None:
        rows = fact_store().rows(team=self.team.pk, start=MAY.first, end=MAY.last)
        titles = {0: "", **dict(Post.objects.values_list("pk", "title"))}
        stored = {(row.account, titles[row.post], row.metric, row.day): row.value for row in rows}
        assert stored == self.now()
        assert fact_store().is_sound()

    @invariant()
    def pages_answer_what_a_recount_says(self) -> None:
        now = self.counted()
        assert self.asked("reads", "account", "day") == totals(now, "reads", lambda k: (k[0], k[3]))
        assert self.asked("pieces") == totals(now, "pieces", lambda _k: ())
        last = latest({k: v for k, v in now.items() if k[2] == "post_views"})
        assert self.asked("post_views", "account") == totals(last, "post_views", lambda k: (k[0],))
        assert self.asked("post_views", "form") == totals(last, "post_views", lambda _k: ("图文",))

    @invariant()
    def days_with_numbers_are_the_recounted_ones(self) -> None:
        days: dict[int, set[date]] = defaultdict(set)
        for account, _title, _metric, day in self.counted():
            days[account].add(day)
        assert coverage(self.team, MAY) == days
        assert newest_days_in(self.team, MAY) == {who: max(told) for who, told in days.items()}

    @invariant()
    def restatements_are_the_recounted_ones(self) -> None:
        told: dict[Key, list[float | None]] = defaultdict(list)
        said = self.said()
        for batch in sorted(said):
            for key, value in said[batch].items():
                told[key].append(known(value))
        titles = {0: "", **dict(Post.objects.values_list("pk", "title"))}
        found = {
            (each.key.account, titles[each.key.post], each.key.metric, each.key.day): [
                known(row.value) for row in each.stated
            ]
            for each in restatements(self.team, MAY.first, MAY.last, limit=1000)
        }
        assert found == {key: values for key, values in told.items() if len(set(values)) > 1}

    @invariant()
    def the_ledger_agrees(self) -> None:
        lines = ledger_of(self.team)
        assert {line.pk: line.state for line in lines} == self.states
        assert {line.pk: (line.added, line.updated, line.unchanged) for line in lines} == self.lines
        assert fact_store().batches() == {batch.pk for batch in self.living()}

    @invariant()
    def posts_are_those_some_living_file_names(self) -> None:
        named = {(account, title) for account, title, *_rest in self.now() if title}
        assert set(Post.objects.values_list("account", "title")) == named
        numbers = set(Post.objects.values_list("pk", flat=True))
        assert fact_store().remembered_posts(team=self.team.pk).keys() == numbers


@pytest.mark.django_db
def test_no_sequence_leaves_what_a_recount_of_the_raw_files_does_not_say(
    tmp_path: Path,
) -> None:
    uploads = tmp_path / "data" / "uploads"

    class HereAndNow(BringingInAndTakingBack):
        def __init__(self) -> None:
            super().__init__(uploads)

    few = hypothesis_settings(max_examples=EXAMPLES, stateful_step_count=14, deadline=None)
    run_state_machine_as_test(HereAndNow, settings=few)
