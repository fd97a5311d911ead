"""One-time sign-in links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from yunce.ground.teams.actions import (
    SpentLinkError,
    change_password,
    make_first_owner,
    make_sign_in_link,
    use_sign_in_link,
)
from yunce.ground.teams.models import Member, SignInLink, User


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_button_signs_in(client: Client, bob: Member) -> None:
    token = make_sign_in_link(user=bob.user)
    response = client.post(f"/link/{token}/")
    assert response["Location"] == "/"
    assert signed_in_as(client) == str(bob.user_id)


def test_looking_does_not_spend_the_link(client: Client, bob: Member) -> None:
    token = make_sign_in_link(user=bob.user)
    for method in (client.get, client.head, client.get):
        assert method(f"/link/{token}/").status_code == 200
    assert signed_in_as(client) is None
    assert SignInLink.objects.get().used_at is None


def test_the_page_says_who_it_is_for(client: Client, bob: Member) -> None:
    assert "王文案" in client.get(f"/link/{make_sign_in_link(user=bob.user)}/").text


def test_it_works_once(bob: Member) -> None:
    token = make_sign_in_link(user=bob.user)
    Client().post(f"/link/{token}/")
    second = Client()
    response = second.post(f"/link/{token}/")
    assert response.status_code == 410
    assert "已经用过一次" in response.text
    assert signed_in_as(second) is None


def test_it_ends_after_a_day(client: Client, bob: Member) -> None:
    token = make_sign_in_link(user=bob.user)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = client.post(f"/link/{token}/")
    assert response.status_code == 410
    assert "已过期" in response.text
    assert signed_in_as(client) is None


def test_a_link_that_never_was_is_said_to_be_so(client: Client, db: None) -> None:
    response = client.get("/link/abc123/")
    assert response.status_code == 404
    assert "没有这个链接" in response.text


def test_who_has_no_password_is_asked_for_one(client: Client, db: None) -> None:
    token = make_sign_in_link(user=make_first_owner())
    assert client.post(f"/link/{token}/")["Location"] == "/me/password/"
    assert "以后再说" in client.get("/me/password/").text


def test_a_new_password_spends_the_waiting_links(bob: Member) -> None:
    token = make_sign_in_link(user=bob.user)
    change_password(user=bob.user, password="four plain words here")
    with pytest.raises(SpentLinkError):
        use_sign_in_link(token=token)


def test_a_person_who_was_shut_out_has_no_link(client: Client, bob: Member) -> None:
    token = make_sign_in_link(user=bob.user)
    User.objects.filter(pk=bob.user_id).update(is_active=False)
    assert client.post(f"/link/{token}/").status_code == 404


def test_the_token_itself_is_not_kept(bob: Member) -> None:
    token = make_sign_in_link(user=bob.user)
    assert token not in str(SignInLink.objects.values().get())
