"""`recover`: what a crash left is mended at the next start, whichever step it fell in."""

from __future__ import annotations

import pytest

from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.actions import _recording, record, recover, undo
from yunce.ground.facts.models import Batch, BatchState, Post
from yunce.ground.facts.tests.rows import a_file, posts_of, reads, stored_reads, views
from yunce.ground.teams.models import Team


class PowerCutError(BaseException):
    """The process is gone: nothing after this runs."""


def cut(*arguments: object, **named: object) -> None:
    raise PowerCutError


@pytest.fixture
def no_cleaning_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead process cleans nothing up."""
    monkeypatch.setattr(_recording, "_discard", lambda batch: None)


@pytest.mark.usefixtures("no_cleaning_up")
def test_a_crash_before_the_facts_leaves_nothing(
    team: Team, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crash, pytest.raises(PowerCutError):
        crash.setattr(_recording, "_write", cut)
        record(
            team=team,
            by=None,
            source=a_file(account),
            posts=posts_of(account, "一"),
            rows=views(account, {"一": 1}),
        )
    assert Batch.objects.get().state == BatchState.WRITING
    assert recover() == 1
    assert not Batch.objects.exists()
    assert not Post.objects.exists()


@pytest.mark.usefixtures("no_cleaning_up")
def test_a_crash_after_the_facts_restores_the_values_before(
    team: Team, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(team=team, by=None, source=a_file(account), rows=[reads(account, 1, 1)])
    with monkeypatch.context() as crash, pytest.raises(PowerCutError):
        crash.setattr(_recording, "_commit", cut)
        rows = [reads(account, 1, 11), reads(account, 2, 2)]
        record(team=team, by=None, source=a_file(account, "b" * 64), rows=rows)
    assert stored_reads(account) == {1: 11, 2: 2}
    assert recover() == 1
    assert stored_reads(account) == {1: 1}
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("step", ["erase", "posts"])
def test_an_undo_that_crashed_is_finished(
    team: Team, account: Account, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    batch = record(
        team=team,
        by=None,
        source=a_file(account),
        posts=posts_of(account, "一"),
        rows=views(account, {"一": 1}),
    ).batch
    assert batch is not None
    with monkeypatch.context() as crash, pytest.raises(PowerCutError):
        crash.setattr(fact_store(), step, cut)
        undo(batch=batch, by=None)
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDOING
    assert recover() == 1
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE
    assert not Post.objects.exists()
    assert fact_store().batches() == set()


def test_facts_without_a_ledger_line_are_erased(team: Team, account: Account) -> None:
    fact_store().write(4711, [reads(account, 1, 1)])
    assert recover() == 1
    assert stored_reads(account) == {}


def test_what_is_whole_stays(team: Team, account: Account) -> None:
    record(team=team, by=None, source=a_file(account), rows=[reads(account, 1, 1)])
    assert recover() == 0
    assert stored_reads(account) == {1: 1}


def test_posts_of_a_team_without_facts_are_forgotten(team: Team) -> None:
    fact_store().remember_posts(team.pk, {7: {"form": "视频"}})
    recover()
    assert fact_store().remembered_posts(team=team.pk) == {}
