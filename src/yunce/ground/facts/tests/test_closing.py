"""`close_month`, `reopen_month` and `forget_team`."""

from __future__ import annotations

from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import close_month, forget_team, record, reopen_month
from yunce.ground.facts.queries import closed_months
from yunce.ground.facts.tests.rows import a_file, reads, stored_reads
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Member, Team, User
from yunce.kit.months import Month

MAY = Month(2025, 5)


def test_closing_twice_is_closing_once(team: Team, alice: Member) -> None:
    close_month(team=team, month=MAY, by=alice.user)
    close_month(team=team, month=MAY, by=None)
    assert closed_months(team) == {MAY}
    assert Entry.objects.get(verb="facts.close_month").actor_name == "李组长"


def test_another_teams_month_stays_open(team: Team, alice: Member, charlie: User) -> None:
    close_month(team=team, month=MAY, by=alice.user)
    other = charlie.memberships.get().team
    assert closed_months(other) == frozenset()


def test_reopening_opens(team: Team, alice: Member) -> None:
    close_month(team=team, month=MAY, by=alice.user)
    reopen_month(team=team, month=MAY, by=alice.user)
    assert closed_months(team) == frozenset()


def test_a_deleted_teams_facts_are_forgotten(team: Team, account: Account, charlie: User) -> None:
    other = charlie.memberships.get().team
    theirs = Account.objects.create(team=other, platform="douyin", name="别家抖音")
    record(team=team, by=None, source=a_file(account), rows=[reads(account, 1, 1)])
    record(team=other, by=None, source=a_file(theirs), rows=[reads(theirs, 1, 7)])
    assert forget_team(team=team) == 1
    assert stored_reads(account) == {}
    assert stored_reads(theirs) == {1: 7}
