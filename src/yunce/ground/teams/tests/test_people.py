"""The people page: roles, positions, leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from yunce.ground.journal.models import Entry
from yunce.ground.teams.actions import change_member, remove_member
from yunce.ground.teams.models import Member, User
from yunce.ground.teams.queries import Access, access_for, members_of
from yunce.ground.teams.rules import Capability, Role

SignIn = Callable[..., Client]


@pytest.fixture
def access(olga: Member) -> Access:
    return access_for(olga.user, "content", Capability.MANAGE)


def test_everyone_who_sees_all_sees_the_list(olga: Member, vera: Member, signed_in: SignIn) -> None:
    page = signed_in(vera).get("/t/content/people/").text
    assert "欧管理" in page
    assert "生成邀请链接" not in page


def test_the_list_asks_the_same_of_the_database_for_many(
    access: Access,
    alice: Member,
    bob: Member,
    vera: Member,
    gus: Member,
    signed_in: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in(access.user)
    with django_assert_max_num_queries(16):
        client.get("/t/content/people/")


def test_an_owner_changes_a_role(olga: Member, bob: Member, signed_in: SignIn) -> None:
    form = {"role": "lead", "position": "短视频专员"}
    response = signed_in(olga).post(f"/t/content/people/{bob.pk}/", form)
    assert response["Location"] == "/t/content/people/"
    bob.refresh_from_db()
    assert (bob.role, bob.position) == (Role.LEAD, "短视频专员")
    entry = Entry.objects.get(verb="teams.change_member")
    assert entry.changes["role"] == ["成员", "运营组长"]
    assert entry.subject_label == "王文案"


def test_a_lead_changes_nobody(alice: Member, bob: Member, signed_in: SignIn) -> None:
    client = signed_in(alice)
    assert client.post(f"/t/content/people/{bob.pk}/", {"role": "guest"}).status_code == 403
    assert client.post(f"/t/content/people/{bob.pk}/remove/").status_code == 403
    bob.refresh_from_db()
    assert (bob.role, bob.left_at) == (Role.MEMBER, None)


def test_a_member_of_another_team_is_unknown(bob: Member, charlie: User, signed_in: SignIn) -> None:
    client = signed_in(charlie)
    assert client.post(f"/t/other/people/{bob.pk}/", {"role": "guest"}).status_code == 404
    assert client.post(f"/t/other/people/{bob.pk}/remove/").status_code == 404


def test_an_unknown_role_is_refused(olga: Member, bob: Member, signed_in: SignIn) -> None:
    response = signed_in(olga).post(f"/t/content/people/{bob.pk}/", {"role": "king"})
    assert response.status_code == 422
    bob.refresh_from_db()
    assert bob.role == Role.MEMBER


def test_the_last_owner_cannot_step_down(olga: Member, signed_in: SignIn) -> None:
    response = signed_in(olga).post(f"/t/content/people/{olga.pk}/", {"role": "lead"})
    assert response.status_code == 422
    assert "欧管理 是这个团队唯一的管理员" in response.text
    olga.refresh_from_db()
    assert olga.role == Role.OWNER


def test_the_last_owner_cannot_leave(olga: Member, signed_in: SignIn) -> None:
    response = signed_in(olga).post(f"/t/content/people/{olga.pk}/remove/")
    assert response.status_code == 422
    assert "唯一的管理员" in response.text
    olga.refresh_from_db()
    assert olga.left_at is None


def test_one_of_two_owners_may_leave(access: Access, bob: Member, olga: Member) -> None:
    change_member(access=access, member=bob, role=Role.OWNER, position="")
    remove_member(access=access, member=olga)
    assert [*members_of(access.team)] == [bob]


def test_an_owner_who_left_does_not_count(access: Access, bob: Member, olga: Member) -> None:
    change_member(access=access, member=bob, role=Role.OWNER, position="")
    remove_member(access=access, member=bob)
    with pytest.raises(ValidationError):
        remove_member(access=access, member=olga)


def test_who_is_removed_is_a_stranger_at_once(olga: Member, bob: Member, signed_in: SignIn) -> None:
    his = signed_in(bob)
    assert his.get("/t/content/people/").status_code == 200
    signed_in(olga).post(f"/t/content/people/{bob.pk}/remove/")
    assert his.get("/t/content/people/").status_code == 404


def test_the_members_row_stays_for_past_work(access: Access, bob: Member) -> None:
    remove_member(access=access, member=bob)
    bob.refresh_from_db()
    assert bob.left_at is not None
    assert User.objects.filter(pk=bob.user_id).exists()


def test_removing_twice_is_refused(access: Access, bob: Member) -> None:
    remove_member(access=access, member=bob)
    with pytest.raises(Member.DoesNotExist):
        remove_member(access=access, member=bob)
