"""`record`: a batch is all there or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunce.engines.metrics import BadFactError, FactRow, StoreError
from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import (
    MonthClosedError,
    SeenPost,
    Source,
    _recording,
    close_month,
    record,
)
from yunce.ground.facts.models import Batch, BatchKind, BatchState, Post
from yunce.ground.facts.tests.rows import a_file, posts_of, reads, stored_reads, views
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team
from yunce.kit.months import Month


def test_facts_and_ledger_line_appear_together(team: Team, bob: Member, account: Account) -> None:
    rows = [reads(account, 1, 100), reads(account, 3, 300)]
    batch = record(team=team, by=bob.user, source=a_file(account), rows=rows).batch
    assert batch is not None
    batch.refresh_from_db()
    assert (batch.state, batch.added, batch.updated, batch.unchanged) == ("committed", 2, 0, 0)
    assert (batch.first_day, batch.last_day) == (date(2025, 5, 1), date(2025, 5, 3))
    assert stored_reads(account) == {1: 100, 3: 300}


def test_the_journal_tells_of_it(team: Team, bob: Member, account: Account) -> None:
    record(team=team, by=bob.user, source=a_file(account), rows=[reads(account, 1, 100)])
    entry = Entry.objects.get(verb="facts.record")
    assert (entry.actor_name, entry.subject_label) == ("王文案", "数据.xlsx")


def test_a_changed_value_counts_as_updated(team: Team, account: Account) -> None:
    record(team=team, by=None, source=a_file(account), rows=[reads(account, 1, 100)])
    rows = [reads(account, 1, 120), reads(account, 2, 5)]
    done = record(team=team, by=None, source=a_file(account, "b" * 64), rows=rows)
    assert done.batch is not None
    assert (done.batch.added, done.batch.updated) == (1, 1)
    assert done.comparison.changed[0].old == 100
    assert stored_reads(account) == {1: 120, 2: 5}


def test_the_same_file_twice_makes_no_second_batch(team: Team, account: Account) -> None:
    rows = [reads(account, 1, 100)]
    first = record(team=team, by=None, source=a_file(account), rows=rows)
    second = record(team=team, by=None, source=a_file(account), rows=rows)
    assert second.batch is None
    assert second.repeated == first.batch
    assert second.comparison.unchanged == 1
    assert Batch.objects.count() == 1


def test_another_file_with_the_same_numbers_confirms_them(team: Team, account: Account) -> None:
    rows = [reads(account, 1, 100)]
    record(team=team, by=None, source=a_file(account), rows=rows)
    done = record(team=team, by=None, source=a_file(account, "b" * 64), rows=rows)
    assert done.batch is not None
    assert (done.batch.added, done.batch.unchanged) == (0, 1)


def test_a_grid_without_a_change_makes_no_batch(team: Team, account: Account) -> None:
    rows = [reads(account, 1, 100)]
    source = Source(kind=BatchKind.GRID, account=account)
    record(team=team, by=None, source=source, rows=rows)
    assert record(team=team, by=None, source=source, rows=rows).batch is None
    assert Batch.objects.count() == 1


def test_a_key_told_twice_counts_as_a_conflict(team: Team, account: Account) -> None:
    rows = [reads(account, 1, 100), reads(account, 1, 101)]
    batch = record(team=team, by=None, source=a_file(account), rows=rows).batch
    assert batch is not None
    assert batch.conflicts == 1


def test_typing_into_a_closed_month_is_refused_with_a_sentence(
    team: Team, alice: Member, account: Account
) -> None:
    close_month(team=team, month=Month(2025, 5), by=alice.user)
    typed = Source(kind=BatchKind.GRID, account=account)
    with pytest.raises(MonthClosedError, match="2025-05 已关账，数据不能再改。请先重新开账。"):
        record(team=team, by=None, source=typed, rows=[reads(account, 1, 100)])
    assert not Batch.objects.exists()
    assert stored_reads(account) == {}


def test_a_store_that_fails_leaves_a_clean_ledger(
    team: Team, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(batch: int, rows: object) -> None:
        raise StoreError("磁盘已满")

    monkeypatch.setattr(fact_store(), "write", full)
    with pytest.raises(StoreError, match="磁盘已满"):
        record(
            team=team,
            by=None,
            source=a_file(account),
            posts=posts_of(account, "一"),
            rows=views(account, {"一": 5}),
        )
    assert not Batch.objects.exists()
    assert not Post.objects.exists()


def test_a_store_that_is_gone_altogether_leaves_a_clean_ledger(
    team: Team, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*arguments: object) -> None:
        raise StoreError("连接断开")

    monkeypatch.setattr(fact_store(), "compare", gone)
    monkeypatch.setattr(fact_store(), "erase", gone)
    with pytest.raises(StoreError, match="连接断开"):
        record(team=team, by=None, source=a_file(account), rows=[reads(account, 1, 1)])
    assert not Batch.objects.exists()


def test_a_ledger_that_fails_leaves_no_facts(
    team: Team, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_recording, "_commit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        record(team=team, by=None, source=a_file(account), rows=[reads(account, 1, 1)])
    assert stored_reads(account) == {}
    assert not Batch.objects.exists()


def test_a_value_that_is_no_number_is_refused_whole(team: Team, account: Account) -> None:
    rows = [reads(account, 1, 100), reads(account, 2, float("nan"))]
    with pytest.raises(BadFactError):
        record(team=team, by=None, source=a_file(account), rows=rows)
    assert stored_reads(account) == {}
    assert not Batch.objects.exists()


def test_what_the_hook_raises_leaves_no_line(team: Team, account: Account) -> None:
    def refuse(batch: Batch) -> None:
        raise LookupError(batch.pk)

    with pytest.raises(LookupError):
        record(
            team=team,
            by=None,
            source=a_file(account),
            rows=[reads(account, 1, 1)],
            on_begin=refuse,
        )
    assert not Batch.objects.exists()


def test_a_post_keeps_its_number_in_the_next_file(team: Team, account: Account) -> None:
    for number, value in enumerate((5, 9)):
        record(
            team=team,
            by=None,
            source=a_file(account, str(number) * 64),
            posts=posts_of(account, "一"),
            rows=views(account, {"一": value}),
        )
    post = Post.objects.get()
    numbers = {post.pk, post.pk + 1}
    assert fact_store().posts(team=team.pk, among=numbers) == {post.pk}


def test_overlong_keys_that_begin_alike_stay_two_posts(team: Team, account: Account) -> None:
    one, two = "长" * 500 + "一", "长" * 500 + "二"
    record(
        team=team,
        by=None,
        source=a_file(account),
        posts=posts_of(account, one, two),
        rows=views(account, {one: 1, two: 2}),
    )
    assert Post.objects.count() == 2
    numbers = set(Post.objects.values_list("pk", flat=True))
    assert fact_store().posts(team=team.pk, among=numbers) == numbers


def test_a_thousand_posts_take_few_questions(team: Team, account: Account) -> None:
    keys = [f"笔记{number}" for number in range(1000)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        record(
            team=team,
            by=None,
            source=a_file(account),
            posts=posts_of(account, *keys),
            rows=views(account, dict.fromkeys(keys, 1.0)),
        )
    assert Post.objects.count() == 1000
    assert len(queries) < 40  # SQLite takes 999 parameters a statement: 18 of them add posts


def test_rows_may_name_no_post_at_all(team: Team, account: Account) -> None:
    def make(numbers: object) -> list[FactRow]:
        assert numbers == {}
        return [reads(account, 1, 1)]

    assert record(team=team, by=None, source=a_file(account), rows=make).batch is not None


def test_a_post_is_kept_as_it_was_told(team: Team, account: Account) -> None:
    seen = SeenPost(account=account, key="k", title="标题", form="视频", url="https://example.cn/1")
    record(team=team, by=None, source=a_file(account), posts=[seen], rows=views(account, {"k": 1}))
    post = Post.objects.get()
    assert (post.title, post.form, post.url) == ("标题", "视频", "https://example.cn/1")
    assert post.first_batch is not None
    assert post.first_batch.state == BatchState.COMMITTED
