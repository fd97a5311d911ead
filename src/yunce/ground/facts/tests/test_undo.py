"""`undo`: what a batch added goes, what it changed returns."""

from __future__ import annotations

import pytest

from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import (
    MonthClosedError,
    Source,
    close_month,
    record,
    reopen_month,
    undo,
)
from yunce.ground.facts.models import Batch, BatchKind, BatchState, Post
from yunce.ground.facts.queries import batches_of, ledger_of
from yunce.ground.facts.tests.rows import a_file, posts_of, reads, stored_reads, views
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team
from yunce.kit.months import Month

MAY = Month(2025, 5)


def write(team: Team, account: Account, sha: str, values: dict[int, float]) -> Batch:
    rows = [reads(account, day, value) for day, value in values.items()]
    batch = record(team=team, by=None, source=a_file(account, sha * 64), rows=rows).batch
    assert batch is not None
    return batch


def see(team: Team, account: Account, sha: str, values: dict[str, float]) -> Batch:
    batch = record(
        team=team,
        by=None,
        source=a_file(account, sha * 64),
        posts=posts_of(account, *values),
        rows=views(account, values),
    ).batch
    assert batch is not None
    return batch


def test_the_values_before_return(team: Team, bob: Member, account: Account) -> None:
    write(team, account, "a", {1: 100, 2: 200})
    second = write(team, account, "b", {2: 222, 3: 300})
    undo(batch=second, by=bob.user)
    assert stored_reads(account) == {1: 100, 2: 200}
    second.refresh_from_db()
    assert (second.state, second.undone_by) == (BatchState.UNDONE, bob.user)
    assert second.undone_at is not None


def test_an_old_batch_goes_from_under_newer_ones(team: Team, account: Account) -> None:
    first = write(team, account, "a", {1: 1, 2: 2, 3: 3})
    second = write(team, account, "b", {2: 20})
    third = write(team, account, "c", {3: 30})
    undo(batch=first, by=None)
    assert stored_reads(account) == {2: 20, 3: 30}
    undo(batch=third, by=None)
    assert stored_reads(account) == {2: 20}
    undo(batch=second, by=None)
    assert stored_reads(account) == {}


def test_a_value_two_files_agree_on_survives_the_first(team: Team, account: Account) -> None:
    first = write(team, account, "a", {1: 1, 2: 2})
    write(team, account, "b", {2: 2})
    undo(batch=first, by=None)
    assert stored_reads(account) == {2: 2}


def test_posts_go_with_their_batch(team: Team, account: Account) -> None:
    batch = see(team, account, "a", {"一": 1, "二": 2})
    undo(batch=batch, by=None)
    assert not Post.objects.exists()


def test_a_post_two_batches_saw_survives_the_first(team: Team, account: Account) -> None:
    first = see(team, account, "a", {"一": 1, "二": 2})
    second = see(team, account, "b", {"二": 22})
    undo(batch=first, by=None)
    assert [post.key for post in Post.objects.all()] == ["二"]
    undo(batch=second, by=None)
    assert not Post.objects.exists()


def test_undoing_twice_does_it_once(team: Team, account: Account) -> None:
    batch = write(team, account, "a", {1: 1})
    undo(batch=Batch.objects.get(pk=batch.pk), by=None)
    undo(batch=batch, by=None)
    assert Entry.objects.filter(verb="facts.undo").count() == 1


def test_an_undone_batch_stays_in_the_ledger_only(team: Team, account: Account) -> None:
    batch = undo(batch=write(team, account, "a", {1: 1}), by=None)
    assert list(batches_of(team)) == []
    assert list(ledger_of(team)) == [batch]


def test_the_same_file_may_come_again_after_undo(team: Team, account: Account) -> None:
    undo(batch=write(team, account, "a", {1: 1}), by=None)
    write(team, account, "a", {1: 1})
    assert stored_reads(account) == {1: 1}


def test_a_closed_month_keeps_its_numbers(team: Team, alice: Member, account: Account) -> None:
    batch = write(team, account, "a", {1: 1})
    close_month(team=team, month=MAY, by=alice.user)
    with pytest.raises(MonthClosedError, match="2025-05"):
        undo(batch=batch, by=None)
    assert stored_reads(account) == {1: 1}
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED


def test_a_closed_month_between_the_days_of_a_batch_is_no_hindrance(
    team: Team, alice: Member, account: Account
) -> None:
    row = reads(account, 1, 1)
    around = [row._replace(day=row.day.replace(month=month)) for month in (4, 6)]
    batch = record(team=team, by=None, source=a_file(account), rows=around).batch
    assert batch is not None
    close_month(team=team, month=MAY, by=alice.user)
    undo(batch=batch, by=None)
    assert not batches_of(team)


def test_a_reopened_month_may_be_undone(team: Team, alice: Member, account: Account) -> None:
    batch = write(team, account, "a", {1: 1})
    close_month(team=team, month=MAY, by=alice.user)
    reopen_month(team=team, month=MAY, by=alice.user)
    undo(batch=batch, by=None)
    assert stored_reads(account) == {}


def test_a_post_whose_value_is_taken_back_stays_while_that_can_be_undone(
    team: Team, account: Account
) -> None:
    first = see(team, account, "a", {"一": 5})
    see(team, account, "b", {"一": 9})
    (row,) = fact_store().rows(team=team.pk, start=MAY.first, end=MAY.last)
    key = row.key
    grid = Source(kind=BatchKind.GRID, account=account)
    emptied = record(team=team, by=None, source=grid, rows=[], taken=lambda: [key]).batch
    assert emptied is not None
    undo(batch=first, by=None)
    assert Post.objects.get().pk == key.post
    undo(batch=emptied, by=None)
    assert [row.value for row in fact_store().history(key)] == [9]
    assert Post.objects.get().pk == key.post
