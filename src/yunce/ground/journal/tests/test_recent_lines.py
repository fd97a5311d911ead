"""The journal in words."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from yunce.ground.journal.actions import write
from yunce.ground.journal.queries import recent_lines


def test_a_line_says_who_did_what_to_what(team: Model, alice: Any) -> None:
    write(verb="teams.rename_team", subject=team, actor=alice.user, team_id=team.pk)
    (line,) = recent_lines(team.pk)
    assert (line.actor, line.what, line.subject) == ("李组长", "改了团队名称", "内容电商组")


def test_a_change_shows_old_and_new(team: Model) -> None:
    write(
        verb="teams.change_member",
        subject=team,
        team_id=team.pk,
        changes={"role": ("成员", "运营组长"), "position": ("", "文案专员"), "pk": (1, 2)},
    )
    (line,) = recent_lines(team.pk)
    assert line.changes == ("角色：成员 → 运营组长", "岗位：空 → 文案专员")


def test_what_stayed_the_same_is_not_told(team: Model) -> None:
    changes = {"name": ("甲", "甲"), "is_active": (True, False)}
    write(verb="channels.change_account", subject=team, team_id=team.pk, changes=changes)
    assert recent_lines(team.pk)[0].changes == ("在用：是 → 否",)


def test_the_program_has_a_name_too(team: Model) -> None:
    write(verb="facts.record", subject=team, team_id=team.pk)
    assert recent_lines(team.pk)[0].actor == "运策"


def test_a_new_verb_reads_as_its_app(team: Model) -> None:
    write(verb="plans.something_new", subject=team, team_id=team.pk)
    write(verb="unheard_of", subject=team, team_id=team.pk)
    assert [line.what for line in recent_lines(team.pk)] == ["做了改动", "改动了计划"]


def test_newest_first_and_no_more_than_asked(team: Model) -> None:
    for verb in ("teams.invite", "teams.join_team", "teams.rename_team"):
        write(verb=verb, subject=team, team_id=team.pk)
    assert [line.what for line in recent_lines(team.pk, limit=2)] == ["改了团队名称", "加入了团队"]


def test_another_teams_lines_stay_there(team: Model) -> None:
    write(verb="teams.invite", subject=team, team_id=team.pk + 1)
    assert recent_lines(team.pk) == ()
