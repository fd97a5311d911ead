"""A person's own page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import PASSWORD
from yunce.ground.teams.actions import create_api_token
from yunce.ground.teams.models import ApiToken, Member, User
from yunce.ground.teams.queries import user_for_token

SignIn = Callable[..., Client]
NEW = "four plain words here"


def test_a_person_changes_their_name(bob: Member, signed_in: SignIn) -> None:
    signed_in(bob).post("/me/", {"name": "王大文"})
    bob.user.refresh_from_db()
    assert bob.user.name == "王大文"


def test_an_empty_name_is_refused(bob: Member, signed_in: SignIn) -> None:
    response = signed_in(bob).post("/me/", {"name": "  "})
    assert response.status_code == 422
    bob.user.refresh_from_db()
    assert bob.user.name == "王文案"


def test_the_page_opens_without_a_team(db: None, signed_in: SignIn) -> None:
    lonely = User.objects.create_user("lonely", name="独行", password=PASSWORD)
    assert signed_in(lonely).get("/me/").status_code == 200


def test_a_password_is_changed_with_the_old_one(bob: Member, signed_in: SignIn) -> None:
    signed_in(bob).post("/me/password/", {"old": PASSWORD, "new": NEW})
    bob.user.refresh_from_db()
    assert bob.user.check_password(NEW)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("not this one", NEW, "现在的密码不对"),
        (PASSWORD, "short", "密码太短了，至少要 10 个字符"),
        (PASSWORD, "1234567890", "太常见"),
        (PASSWORD, "", "必填"),
    ],
)
def test_a_bad_password_change_is_explained(
    bob: Member, signed_in: SignIn, old: str, new: str, sentence: str
) -> None:
    response = signed_in(bob).post("/me/password/", {"old": old, "new": new})
    assert response.status_code == 422
    assert sentence in response.text
    bob.user.refresh_from_db()
    assert bob.user.check_password(PASSWORD)


def test_who_has_no_password_needs_no_old_one(bob: Member, signed_in: SignIn) -> None:
    bob.user.set_unusable_password()
    bob.user.save()
    signed_in(bob.user).post("/me/password/", {"new": NEW})
    bob.user.refresh_from_db()
    assert bob.user.check_password(NEW)


def test_a_new_password_ends_the_other_sessions(bob: Member, signed_in: SignIn) -> None:
    here, elsewhere = signed_in(bob), signed_in(bob)
    assert elsewhere.get("/me/").status_code == 200
    here.post("/me/password/", {"old": PASSWORD, "new": NEW})
    assert elsewhere.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


def test_a_token_is_shown_once_and_works(bob: Member, signed_in: SignIn) -> None:
    client = signed_in(bob)
    shown = client.post("/me/tokens/", {"name": "日报脚本"})
    plain = re.search(r"yunce_[\w-]{30,}", shown.text)
    assert plain is not None
    assert user_for_token(plain[0]) == bob.user
    assert plain[0] not in client.get("/me/").text
    assert "no-store" in shown["Cache-Control"]


def test_a_token_without_a_name_is_refused(bob: Member, signed_in: SignIn) -> None:
    assert signed_in(bob).post("/me/tokens/", {"name": ""}).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked(bob: Member, signed_in: SignIn) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    client = signed_in(bob)
    client.post(f"/me/tokens/{token.pk}/revoke/")
    assert user_for_token(plain) is None
    assert "日报脚本" not in client.get("/me/").text.replace("「日报脚本」", "")


def test_anothers_token_is_unknown(bob: Member, alice: Member, signed_in: SignIn) -> None:
    token, plain = create_api_token(bob.user, "日报脚本")
    assert signed_in(alice).post(f"/me/tokens/{token.pk}/revoke/").status_code == 404
    assert user_for_token(plain) == bob.user
