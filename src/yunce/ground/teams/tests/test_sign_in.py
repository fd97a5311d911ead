"""Signing in and out by password."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import PASSWORD
from yunce.ground.teams.models import Member, User

WRONG = {"username": "bob", "password": "not this one"}


def sign_in(client: Client, **more: str) -> object:
    return client.post("/sign-in/", {"username": "bob", "password": PASSWORD, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_lets_in(client: Client, bob: Member) -> None:
    response = client.post("/sign-in/", {"username": "bob", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_the_session_gets_a_new_key(client: Client, bob: Member) -> None:
    session = client.session
    session["seen"] = "before"
    session.save()
    old = session.session_key
    assert old
    client.cookies["sessionid"] = old
    sign_in(client)
    assert client.session.session_key != old


@pytest.mark.parametrize("username", ["bob", "nobody"])
def test_a_wrong_password_says_the_same_for_all(client: Client, bob: Member, username: str) -> None:
    response = client.post("/sign-in/", {**WRONG, "username": username})
    assert response.status_code == 422
    assert "用户名或密码不对" in response.text
    assert not is_signed_in(client)


def test_it_goes_on_to_the_page_asked_for(client: Client, bob: Member) -> None:
    form = {"username": "bob", "password": PASSWORD, "next": "/t/content/people/"}
    assert client.post("/sign-in/", form)["Location"] == "/t/content/people/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"]
)
def test_it_never_goes_elsewhere(client: Client, bob: Member, elsewhere: str) -> None:
    form = {"username": "bob", "password": PASSWORD, "next": elsewhere}
    assert client.post("/sign-in/", form)["Location"] == "/"


def test_a_page_that_needs_signing_in_is_remembered(client: Client, db: None) -> None:
    response = client.get("/t/content/people/")
    assert response["Location"] == "/sign-in/?next=/t/content/people/"
    assert 'value="/t/content/people/"' in client.get(response["Location"]).text


def test_five_wrong_passwords_lock_the_door(client: Client, bob: Member) -> None:
    answers = [client.post("/sign-in/", WRONG).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]


def test_a_locked_door_stays_shut_for_the_right_password(client: Client, bob: Member) -> None:
    for _ in range(5):
        client.post("/sign-in/", WRONG)
    response = client.post("/sign-in/", {"username": "bob", "password": PASSWORD})
    assert response.status_code == 429
    assert "请稍后再登录" in response.text
    assert "之后再试" in response.text
    assert not is_signed_in(client)


def test_the_lock_is_for_one_name_only(client: Client, bob: Member, alice: Member) -> None:
    for _ in range(5):
        client.post("/sign-in/", WRONG)
    client.post("/sign-in/", {"username": "alice", "password": PASSWORD})
    assert is_signed_in(client)


def test_an_owner_without_a_team_is_sent_to_make_one(client: Client, db: None) -> None:
    User.objects.create_user("root", password=PASSWORD, name="根", is_superuser=True)
    response = client.post("/sign-in/", {"username": "root", "password": PASSWORD})
    assert response["Location"] == "/teams/new/"


def test_signing_out_ends_the_session(client: Client, bob: Member) -> None:
    sign_in(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_a_link_cannot_sign_anybody_out(client: Client, bob: Member) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)


def test_signing_in_needs_the_forms_own_token(bob: Member) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403  # type: ignore[attr-defined]
