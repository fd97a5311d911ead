"""Making a team."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from yunce.ground.journal.models import Entry
from yunce.ground.teams.actions import create_team, make_first_owner
from yunce.ground.teams.models import Member, Team
from yunce.ground.teams.rules import Role

SignIn = Callable[..., Client]


@pytest.fixture
def owner(db: None, signed_in: SignIn) -> Client:
    return signed_in(make_first_owner())


def test_the_first_owner_makes_the_first_team(owner: Client) -> None:
    response = owner.post("/teams/new/", {"name": "内容组", "slug": "content"})
    assert response["Location"] == "/t/content/accounts/"
    member = Member.objects.get(team__slug="content")
    assert (member.user.username, member.role) == ("owner", Role.OWNER)
    assert Entry.objects.filter(verb="teams.create_team", team_id=member.team_id).exists()


def test_an_address_is_suggested(owner: Client) -> None:
    assert 'value="team"' in owner.get("/teams/new/").text


def test_an_empty_address_comes_from_the_name(owner: Client) -> None:
    owner.post("/teams/new/", {"name": "Content 组 618", "slug": ""})
    assert Team.objects.get().slug == "content-618"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "", "slug": "content"}, "这个字段是必填项"),
        ({"name": "内容组", "slug": "内容"}, "只用小写字母、数字和连字符"),
        ({"name": "内容组", "slug": "-x"}, "只用小写字母、数字和连字符"),
        ({"name": "内容组", "slug": "a" * 41}, "40"),
        ({"name": "内容组", "slug": "content"}, "已被另一个团队使用"),
    ],
)
def test_bad_input_is_explained(
    owner: Client, team: Team, form: dict[str, str], sentence: str
) -> None:
    response = owner.post("/teams/new/", form)
    assert response.status_code == 422
    assert sentence in response.text
    assert Team.objects.count() == 1


def test_who_manages_no_team_cannot_make_one(bob: Member, signed_in: SignIn) -> None:
    response = signed_in(bob).post("/teams/new/", {"name": "小组", "slug": "small"})
    assert response.status_code == 403
    assert "邀请链接" in response.text
    with pytest.raises(PermissionDenied):
        create_team(by=bob.user, name="小组", slug="small")


def test_who_manages_a_team_may_make_another(olga: Member, signed_in: SignIn) -> None:
    response = signed_in(olga).post("/teams/new/", {"name": "二组", "slug": "second"})
    assert response["Location"] == "/t/second/accounts/"
