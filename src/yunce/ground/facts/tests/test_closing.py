"""`close_month`, `reopen_month`, `reclose_month`, what they keep, and `forget_team`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import (
    MonthClosedError,
    PostNumbers,
    SeenPost,
    Source,
    close_month,
    forget_team,
    reclose_month,
    record,
    reopen_month,
    undo,
)
from yunce.ground.facts.models import Batch, BatchKind, MonthClosing
from yunce.ground.facts.queries import (
    account_values,
    answer,
    changed_since_closing,
    closed_in,
    closed_months,
    coverage,
)
from yunce.ground.facts.tests.conftest import State
from yunce.ground.facts.tests.rows import a_file, reads, stored_reads, views
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team, User
from yunce.ground.teams.queries import Access
from yunce.kit.months import Month

MAY = Month(2025, 5)
APRIL_1, JUNE_30 = date(2025, 4, 1), date(2025, 6, 30)
AccessOf = Callable[[Member], Access]


def likes(team: Team, *, start: date = MAY.first, end: date = MAY.last) -> float | None:
    return answer(team, ["likes"], start=start, end=end).value("likes")


@pytest.fixture
def restated(team: Team, alice: Member, state: State) -> Batch:
    """May said 10 + 20, was closed, and then a file says 12 + 20 + 5."""
    state("likes", {1: 10, 2: 20})
    close_month(team=team, month=MAY, by=alice.user)
    return state("likes", {1: 12, 2: 20, 3: 5})


def test_closing_twice_is_closing_once(team: Team, alice: Member) -> None:
    close_month(team=team, month=MAY, by=alice.user)
    close_month(team=team, month=MAY, by=None)
    assert closed_months(team) == {MAY}
    assert Entry.objects.get(verb="facts.close_month").actor_name == "李组长"


def test_another_teams_month_stays_open(team: Team, alice: Member, charlie: User) -> None:
    close_month(team=team, month=MAY, by=alice.user)
    other = charlie.memberships.get().team
    assert closed_months(other) == frozenset()


def test_a_closing_remembers_the_newest_batch_and_the_versions(
    team: Team, alice: Member, state: State
) -> None:
    state("likes", {1: 10})
    batch = state("likes", {2: 20})
    closing = close_month(team=team, month=MAY, by=alice.user)
    assert closing.batch == batch.pk
    assert closing.definitions["likes"] == 1


def test_reopening_opens_and_keeps_the_closing_in_the_history(team: Team, alice: Member) -> None:
    close_month(team=team, month=MAY, by=alice.user)
    reopen_month(team=team, month=MAY, by=alice.user)
    assert closed_months(team) == frozenset()
    close_month(team=team, month=MAY, by=alice.user)
    ended = [closing.ended_by for closing in MonthClosing.objects.order_by("pk")]
    assert ended == [alice.user, None]


def test_a_restated_month_keeps_its_numbers(restated: Batch, team: Team, account: Account) -> None:
    assert likes(team) == 30
    assert coverage(team, MAY) == {account.pk: {date(2025, 5, 1), date(2025, 5, 2)}}
    days = account_values(account, ["likes"], start=MAY.first, end=MAY.last)
    assert {day.day: row.value for (_code, day), row in days.items()} == {1: 10, 2: 20}


def test_a_period_reads_its_closed_month_as_of_the_closing(
    restated: Batch, team: Team, account: Account
) -> None:
    around = [(date(2025, 4, 30), 7), (date(2025, 6, 1), 100)]
    row = reads(account, 1, 0)._replace(metric="likes")
    rows = [row._replace(day=day, value=value) for day, value in around]
    record(team=team, by=None, source=a_file(account, "b" * 64), rows=rows)
    assert likes(team, start=APRIL_1, end=JUNE_30) == 137  # 7 + 30 + 100


def test_what_changed_since_is_counted_by_metric(restated: Batch, team: Team) -> None:
    (since,) = changed_since_closing(team, MAY.first, MAY.last)
    assert (since.month, since.count) == (MAY, 2)
    assert changed_since_closing(team, MAY.first, MAY.last, metrics=["comments"]) == []
    (half,) = changed_since_closing(team, MAY.first, MAY.last, metrics=["interactions"])
    assert half.count == 2
    assert "关账后修订 2 个数" in half.sentence


def test_a_closed_month_without_changes_is_named_with_none(team: Team, alice: Member) -> None:
    close_month(team=team, month=MAY, by=alice.user)
    assert [each.count for each in closed_in(team, APRIL_1, JUNE_30)] == [0]


def test_a_change_since_may_be_undone_and_is_gone(restated: Batch, team: Team) -> None:
    undo(batch=restated, by=None)
    assert changed_since_closing(team, MAY.first, MAY.last) == []
    assert likes(team) == 30


def test_a_batch_the_closing_counts_stays(restated: Batch, team: Team) -> None:
    first = Batch.objects.exclude(pk=restated.pk).get()
    with pytest.raises(MonthClosedError, match=r"2025-05（李组长 .+ 关账） 计入了这一批数"):
        undo(batch=first, by=None)


def test_closing_anew_takes_the_new_numbers_and_keeps_the_old_closing(
    restated: Batch, team: Team, alice: Member, access_of: AccessOf
) -> None:
    reclose_month(access=access_of(alice), month=MAY, reason=" 平台补算了 5/3 ")
    assert likes(team) == 37
    assert closed_months(team) == {MAY}
    assert changed_since_closing(team, MAY.first, MAY.last) == []
    reasons = [(closing.reason, closing.ended_at is None) for closing in MonthClosing.objects.all()]
    assert reasons == [("平台补算了 5/3", True), ("", False)]
    entry = Entry.objects.get(verb="facts.reclose_month")
    assert entry.changes["reason"] == ["", "平台补算了 5/3"]
    with pytest.raises(MonthClosedError):
        undo(batch=restated, by=None)


def test_closing_anew_needs_a_reason_and_something_new(
    restated: Batch, alice: Member, access_of: AccessOf
) -> None:
    access = access_of(alice)
    with pytest.raises(ValidationError, match="请写一句为什么"):
        reclose_month(access=access, month=MAY, reason=" ")
    with pytest.raises(ValidationError, match="最多 300 个字"):
        reclose_month(access=access, month=MAY, reason="长" * 301)
    with pytest.raises(ValidationError, match="2025-06 现在没有关账"):
        reclose_month(access=access, month=Month(2025, 6), reason="x")
    reclose_month(access=access, month=MAY, reason="x")
    with pytest.raises(ValidationError, match="2025-05 关账后没有数改过"):
        reclose_month(access=access, month=MAY, reason="x")


def test_who_may_not_plan_may_not_close_anew(
    restated: Batch, bob: Member, team: Team, access_of: AccessOf
) -> None:
    with pytest.raises(PermissionDenied):
        reclose_month(access=access_of(bob), month=MAY, reason="x")
    assert likes(team) == 30


def test_a_deleted_teams_facts_are_forgotten(team: Team, account: Account, charlie: User) -> None:
    other = charlie.memberships.get().team
    theirs = Account.objects.create(team=other, platform="douyin", name="别家抖音")
    record(team=team, by=None, source=a_file(account), rows=[reads(account, 1, 1)])
    record(team=other, by=None, source=a_file(theirs), rows=[reads(theirs, 1, 7)])
    assert forget_team(team=team) == 1
    assert stored_reads(account) == {}
    assert stored_reads(theirs) == {1: 7}


def test_a_closed_day_that_was_emptied_is_a_gap(
    team: Team, account: Account, alice: Member, state: State
) -> None:
    state("likes", {1: 10, 2: 20})
    key = reads(account, 1, 0)._replace(metric="likes").key
    grid = Source(kind=BatchKind.GRID, account=account)
    record(team=team, by=None, source=grid, rows=[], taken=lambda: [key])
    close_month(team=team, month=MAY, by=alice.user)
    state("likes", {2: 21})
    assert coverage(team, MAY) == {account.pk: {date(2025, 5, 2)}}


@pytest.mark.parametrize("compare", ["", "previous", "last_year", "plan"])
def test_a_closed_month_is_the_same_however_it_is_compared(
    team: Team, alice: Member, account: Account, compare: str
) -> None:
    told_at_30_days(account, 1000)
    close_month(team=team, month=MAY, by=alice.user)
    told_at_30_days(account, 1500)
    found = answer(team, ["reads_at_30d"], start=MAY.first, end=MAY.last, compare=compare)
    assert found.value("reads_at_30d") == 1000


def test_a_closed_month_is_compared_as_it_was_closed(
    team: Team, alice: Member, account: Account
) -> None:
    told_at_30_days(account, 1000)
    close_month(team=team, month=MAY, by=alice.user)
    told_at_30_days(account, 1500)
    june = Month(2025, 6)
    found = answer(team, ["reads_at_30d"], start=june.first, end=june.last, compare="previous")
    assert found.before is not None
    assert found.before.value("reads_at_30d") == 1000


def told_at_30_days(account: Account, value: float) -> None:
    """A post of 25 May had so many views on 24 June."""
    at = datetime(2025, 5, 25, 12, tzinfo=UTC)
    post = SeenPost(account=account, key="一", title="一", published_at=at)
    rows = views(account, {"一": value})

    def on_that_day(numbers: PostNumbers) -> Sequence[FactRow]:
        return [row._replace(day=date(2025, 6, 24)) for row in rows(numbers)]

    file = a_file(account, f"{value:064.0f}")
    record(team=account.team, by=None, source=file, posts=[post], rows=on_that_day)
