"""The team's settings page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from yunce.ground.teams.actions import rename_team
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.queries import access_for
from yunce.ground.teams.rules import Capability

SignIn = Callable[..., Client]


def test_an_owner_renames_the_team(olga: Member, team: Team, signed_in: SignIn) -> None:
    client = signed_in(olga)
    client.post("/t/content/settings/", {"name": "新媒体组"})
    team.refresh_from_db()
    assert team.name == "新媒体组"
    assert "名称：内容电商组 → 新媒体组" in client.get("/t/content/settings/").text


def test_an_empty_name_is_refused(olga: Member, team: Team, signed_in: SignIn) -> None:
    assert signed_in(olga).post("/t/content/settings/", {"name": ""}).status_code == 422
    team.refresh_from_db()
    assert team.name == "内容电商组"


def test_a_lead_has_no_settings(alice: Member, olga: Member, signed_in: SignIn) -> None:
    response = signed_in(alice).post("/t/content/settings/", {"name": "我的组"})
    assert response.status_code == 403
    assert "请找管理员「欧管理」" in response.text
    with pytest.raises(PermissionDenied):
        rename_team(access=access_for(alice.user, "content", Capability.PLAN), name="我的组")


def test_only_a_demo_team_offers_its_removal(olga: Member, team: Team, signed_in: SignIn) -> None:
    client = signed_in(olga)
    assert "remove-demo" not in client.get("/t/content/settings/").text
    Team.objects.filter(pk=team.pk).update(is_demo=True)
    assert "/t/content/remove-demo/" in client.get("/t/content/settings/").text
