"""Inviting people, and coming in by the link."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from yunce.ground.teams.actions import invite, join_team, remove_member, revoke_invitation
from yunce.ground.teams.models import Invitation, Member, Team, User
from yunce.ground.teams.queries import access_for, members_of
from yunce.ground.teams.rules import Capability, Role

SignIn = Callable[..., Client]
NEW = {"name": "新同事", "username": "newcomer", "password": "four plain words here"}


@pytest.fixture
def token(olga: Member) -> str:
    access = access_for(olga.user, "content", Capability.MANAGE)
    return invite(access=access, role=Role.MEMBER, position="文案专员")[1]


def test_the_link_is_shown_once(olga: Member, signed_in: SignIn) -> None:
    client = signed_in(olga)
    form = {"role": "member", "position": "文案专员"}
    shown = client.post("/t/content/people/invitations/", form)
    link = re.search(r"http://testserver(/join/[\w-]+/)", shown.text)
    assert link is not None
    assert Client().get(link[1]).status_code == 200
    assert link[1] not in client.get("/t/content/people/").text
    assert "no-store" in shown["Cache-Control"]


def test_open_invitations_are_listed(olga: Member, token: str, signed_in: SignIn) -> None:
    assert "成员 · 文案专员" in signed_in(olga).get("/t/content/people/").text


def test_an_unknown_role_is_refused(olga: Member, signed_in: SignIn) -> None:
    response = signed_in(olga).post("/t/content/people/invitations/", {"role": "king"})
    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_a_lead_cannot_invite(alice: Member, signed_in: SignIn) -> None:
    response = signed_in(alice).post("/t/content/people/invitations/", {"role": "member"})
    assert response.status_code == 403
    with pytest.raises(PermissionDenied):
        invite(access=access_for(alice.user, "content", Capability.PLAN), role=Role.MEMBER)


def test_a_new_person_comes_in(client: Client, token: str) -> None:
    assert "「欧管理」邀请你" in client.get(f"/join/{token}/").text
    assert client.post(f"/join/{token}/", NEW)["Location"] == "/"
    member = Member.objects.get(user__username="newcomer")
    assert (member.role, member.position, member.team.slug) == (Role.MEMBER, "文案专员", "content")
    assert client.session["_auth_user_id"] == str(member.user_id)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "这个字段是必填项"),
        ("username", "OLGA", "已经有人用了"),
        ("username", "a b", "用户名里有不能用的字符"),
        ("password", "short", "密码太短了，至少要 10 个字符"),
        ("password", "password123", "这个密码太常见了"),
        ("password", "newcomer12", "太相似"),
    ],
)
def test_bad_input_leaves_the_invitation_open(
    client: Client, token: str, field: str, value: str, sentence: str
) -> None:
    response = client.post(f"/join/{token}/", {**NEW, field: value})
    assert response.status_code == 422
    assert sentence in response.text
    assert Invitation.objects.get().used_at is None
    assert User.objects.count() == 1


def test_a_signed_in_person_joins_with_one_click(
    charlie: User, token: str, signed_in: SignIn, team: Team
) -> None:
    client = signed_in(charlie)
    assert "以「陈生人」加入" in client.get(f"/join/{token}/").text
    assert client.post(f"/join/{token}/")["Location"] == "/"
    assert members_of(team).filter(user=charlie).exists()


def test_looking_does_not_spend_the_invitation(client: Client, token: str) -> None:
    client.get(f"/join/{token}/")
    assert Invitation.objects.get().used_at is None


def test_a_member_does_not_spend_it(olga: Member, token: str, signed_in: SignIn) -> None:
    assert "你已经在" in signed_in(olga).post(f"/join/{token}/").text
    assert Invitation.objects.get().used_at is None
    with pytest.raises(ValidationError):
        join_team(token=token, user=olga.user)


def test_one_link_is_for_one_person(client: Client, token: str) -> None:
    client.post(f"/join/{token}/", NEW)
    response = Client().post(f"/join/{token}/", {**NEW, "username": "another"})
    assert response.status_code == 410
    assert "已经有人用过" in response.text
    assert not User.objects.filter(username="another").exists()


def test_an_invitation_ends_after_seven_days(client: Client, token: str) -> None:
    invitation = Invitation.objects.get()
    assert invitation.expires_at is not None
    assert invitation.expires_at - invitation.created_at >= timedelta(days=6, hours=23)
    Invitation.objects.update(expires_at=timezone.now())
    response = client.post(f"/join/{token}/", NEW)
    assert response.status_code == 410
    assert "已过期" in response.text


def test_a_revoked_invitation_lets_nobody_in(
    client: Client, olga: Member, token: str, signed_in: SignIn
) -> None:
    number = Invitation.objects.get().pk
    signed_in(olga).post(f"/t/content/people/invitations/{number}/revoke/")
    response = client.post(f"/join/{token}/", NEW)
    assert response.status_code == 410
    assert "已被撤销" in response.text
    assert not User.objects.filter(username="newcomer").exists()


def test_an_invitation_of_another_team_is_unknown(
    charlie: User, token: str, signed_in: SignIn
) -> None:
    number = Invitation.objects.get().pk
    response = signed_in(charlie).post(f"/t/other/people/invitations/{number}/revoke/")
    assert response.status_code == 404
    assert Invitation.objects.get().revoked_at is None


def test_a_used_invitation_stays_used(client: Client, olga: Member, token: str) -> None:
    client.post(f"/join/{token}/", NEW)
    access = access_for(olga.user, "content", Capability.MANAGE)
    revoke_invitation(access=access, invitation=Invitation.objects.get())
    assert Invitation.objects.get().revoked_at is None


def test_who_left_comes_back_as_the_same_member(olga: Member, bob: Member, token: str) -> None:
    access = access_for(olga.user, "content", Capability.MANAGE)
    remove_member(access=access, member=bob)
    assert join_team(token=token, user=bob.user).pk == bob.pk
    bob.refresh_from_db()
    assert bob.left_at is None


def test_a_link_that_never_was_is_said_to_be_so(client: Client, db: None) -> None:
    response = client.get("/join/abc/")
    assert response.status_code == 404
    assert "没有这个邀请" in response.text
