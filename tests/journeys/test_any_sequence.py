"""Any sequence of imports, typed numbers, undos and restarts leaves what a recount says."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.journeys.recount import Key, Said, newest, of_file, recount
from yunce.engines.platforms import ColumnMapping, ColumnUse
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import close_store, fact_store
from yunce.ground.facts.actions import recover
from yunce.ground.facts.models import Batch, BatchState, Post
from yunce.ground.facts.queries import answer, coverage, ledger_of, restatements
from yunce.ground.imports.actions import commit, import_file, receive, save_grid, teach, undo
from yunce.ground.imports.gridding import Typed, seen_mark
from yunce.ground.imports.rules import SheetMapping
from yunce.ground.imports.tests.files import NOTES_HEADER, csv, note, workbook
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import Access
from yunce.ground.teams.rules import Role
from yunce.kit.months import Month

EXAMPLES = int(os.environ.get("YUNCE_SEQUENCES", "10"))  # more finds more, and takes longer
MAY = Month(2025, 5)
TODAY = date(2025, 6, 1)
TITLES = ("一", "二", "三")
DAILY = "统计日,新粉,阅读数"
TAUGHT = SheetMapping(
    "",
    ColumnMapping(
        header_row=1,
        columns=(
            ColumnUse(0, "date", header="统计日"),
            ColumnUse(1, "metric", "new_followers", header="新粉"),
            ColumnUse(2, "metric", "reads", header="阅读数"),
        ),
    ),
)
WHO = st.sampled_from(["小红书甲", "小红书乙"])
NOTES = st.tuples(
    st.sampled_from([date(2025, 5, 20), date(2025, 5, 21)]),
    st.dictionaries(
        st.sampled_from(TITLES),
        st.tuples(st.sampled_from([0, 100, 250]), st.sampled_from([5, 50])),
        min_size=1,
    ),
)
DAYS = st.dictionaries(
    st.integers(1, 3),
    st.tuples(st.sampled_from(["", "0", "7"]), st.sampled_from(["10", "20"])),
    min_size=1,
)
_made: dict[object, bytes] = {}


def a_file_of_notes(told: tuple[date, dict[str, tuple[int, int]]]) -> bytes:
    """The same notes are the same bytes: a workbook holds the second it was made at."""
    written, rows = told
    name = (written, tuple(sorted(rows.items())))
    if name not in _made:
        lines = [
            note(title, TITLES.index(title) + 3, views, likes)
            for title, (views, likes) in sorted(rows.items())
        ]
        _made[name] = workbook(
            ("最多导出排序后前1000条笔记",), NOTES_HEADER, *lines, written=written
        )
    return _made[name]


def a_file_of_days(told: dict[int, tuple[str, str]]) -> bytes:
    return csv(
        DAILY, *(f"2025-05-{day:02},{new},{reads}" for day, (new, reads) in sorted(told.items()))
    )


class BringingInAndTakingBack(RuleBasedStateMachine):
    files = Bundle("files")

    def __init__(self, uploads: Path) -> None:
        super().__init__()
        close_store()
        self.uploads = uploads
        user = User.objects.create_user(username="bob", name="王文案")
        self.team = Team.objects.create(name="内容电商组", slug="content")
        member = Member.objects.create(team=self.team, user=user, role=Role.MEMBER)
        self.access = Access(team=self.team, member=member, user=user)
        self.accounts = {
            name: Account.objects.create(team=self.team, platform="xiaohongshu", name=name)
            for name in ("小红书甲", "小红书乙")
        }
        first = receive(access=self.access, file=csv(DAILY, "2025-05-01,,1"), name="教.csv")
        teach(access=self.access, upload=first, mapping=TAUGHT)
        self.typed: dict[int, Said] = {}
        self.lines: dict[int, tuple[int, int, int]] = {}
        self.states: dict[int, BatchState] = {}

    def teardown(self) -> None:
        self.team.delete()
        self.access.user.delete()

    # What people do

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
        account, now = self.accounts[who], self.now()
        said = {(account.pk, "", metric, date(2025, 5, d)): float(v) for d, v in cells.items()}
        changed = {key: value for key, value in said.items() if now.get(key) != value}
        expected = self.counts(changed)
        typed = {
            (metric, key[3]): Typed(f"{value:.0f}", seen_mark(now.get(key)))
            for key, value in said.items()
        }
        saved = save_grid(access=self.access, account=account, month=MAY, typed=typed, today=TODAY)
        assert not saved.wrong
        batch = saved.recorded.batch if saved.recorded else None
        assert (batch is None) is (expected == (0, 0, 0))
        if batch:
            self.typed[batch.pk] = changed
            self.note(batch.pk, expected)

    @precondition(lambda self: self.living())
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """Any batch: also an old one under newer ones. A second time it does nothing."""
        batch = data.draw(st.sampled_from(self.living()))
        for _time in range(2):
            undo(access=self.access, batch=batch)
        self.states[batch.pk] = BatchState.UNDONE

    @precondition(lambda self: self.living())
    @rule()
    def take_back_the_newest(self) -> None:
        """What it changed returns."""
        undo(access=self.access, batch=self.living()[-1])
        self.states[max(b for b, state in self.states.items() if state != BatchState.UNDONE)] = (
            BatchState.UNDONE
        )

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
        now = self.now()
        assert self.asked("reads", "account", "day") == totals(now, "reads", lambda k: (k[0], k[3]))
        assert self.asked("pieces") == totals(now, "pieces", lambda _k: ())
        last = latest({k: v for k, v in now.items() if k[2] == "post_views"})
        assert self.asked("post_views", "account") == totals(last, "post_views", lambda k: (k[0],))
        assert self.asked("post_views", "form") == totals(last, "post_views", lambda _k: ("图文",))

    @invariant()
    def days_with_numbers_are_the_recounted_ones(self) -> None:
        days: dict[int, set[date]] = defaultdict(set)
        for account, _title, _metric, day in self.now():
            days[account].add(day)
        assert coverage(self.team, MAY) == days

    @invariant()
    def restatements_are_the_recounted_ones(self) -> None:
        told: dict[Key, list[float]] = defaultdict(list)
        said = self.said()
        for batch in sorted(said):
            for key, value in said[batch].items():
                told[key].append(value)
        titles = {0: "", **dict(Post.objects.values_list("pk", "title"))}
        found = {
            (each.key.account, titles[each.key.post], each.key.metric, each.key.day): [
                row.value for row in each.stated
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

    # By hand

    def said(self) -> dict[int, Said]:
        return recount(self.team, self.uploads, self.typed)

    def now(self) -> Said:
        return newest(self.said())

    def counts(self, said: Mapping[Key, float]) -> tuple[int, int, int]:
        """(added, updated, unchanged) if this were written now."""
        now = self.now()
        added = sum(key not in now for key in said)
        unchanged = sum(now.get(key) == value for key, value in said.items())
        return added, len(said) - added - unchanged, unchanged

    def note(self, number: int, counts: tuple[int, int, int]) -> None:
        self.lines[number] = counts
        self.states[number] = BatchState.COMMITTED

    def living(self) -> list[Batch]:
        return list(Batch.objects.filter(team=self.team, state=BatchState.COMMITTED).order_by("pk"))

    def is_kept(self, content: bytes, known: set[str]) -> bool:
        kept = [self.uploads / sha[:2] / sha for sha in known if sha]
        return any(path.read_bytes() == content for path in kept)

    def asked(self, metric: str, *by: str) -> dict[tuple[object, ...], float | None]:
        rows = answer(self.team, [metric], start=MAY.first, end=MAY.last, by=by).rows
        return {row.group: row.value for row in rows if row.value is not None}


def totals(
    said: Said, metric: str, group: Callable[[Key], tuple[object, ...]]
) -> dict[tuple[object, ...], float | None]:
    found: dict[tuple[object, ...], float | None] = {}
    for key, value in said.items():
        if key[2] == metric:
            found[group(key)] = (found.get(group(key)) or 0) + value
    return found


def latest(said: Said) -> Said:
    """Of each post's values the one of its last day."""
    last: dict[tuple[int, str, str], Key] = {}
    for key in said:
        last[key[:3]] = max(key, last.get(key[:3], key))
    return {key: said[key] for key in last.values()}


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
