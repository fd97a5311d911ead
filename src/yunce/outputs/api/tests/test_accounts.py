"""Accounts over the API."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.teams.models import Member, User

Program = Callable[[User | Member], Client]
ACCOUNTS = "/api/v1/teams/content/accounts"
JSON = "application/json"


def test_accounts_are_listed(program: Program, vera: Member, account: Account) -> None:
    assert program(vera).get(ACCOUNTS).json() == [
        {
            "id": account.pk,
            "platform": "xiaohongshu",
            "name": "运策小红书",
            "group": "",
            "is_active": True,
        }
    ]


def test_a_lead_adds_one(program: Program, alice: Member) -> None:
    asked = {"platform": "douyin", "name": "运策抖音", "group": "门店号"}
    response = program(alice).post(ACCOUNTS, asked, JSON)
    assert response.status_code == 201
    assert (Account.objects.get().name, Account.objects.get().group) == ("运策抖音", "门店号")


def test_a_member_does_not(program: Program, bob: Member) -> None:
    asked = {"platform": "douyin", "name": "运策抖音"}
    assert program(bob).post(ACCOUNTS, asked, JSON).status_code == 403
    assert not Account.objects.exists()


def test_an_unknown_platform_is_a_sentence(program: Program, alice: Member) -> None:
    response = program(alice).post(ACCOUNTS, {"platform": "myspace", "name": "x"}, JSON)
    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"field": "platform", "message": "没有「myspace」这个平台。"}
    ]


def test_a_missing_field_is_a_sentence(program: Program, alice: Member) -> None:
    response = program(alice).post(ACCOUNTS, {"platform": "douyin"}, JSON)
    assert response.status_code == 422
    assert response.json()["detail"] == "参数 name 没有给。"


def test_a_body_that_is_no_json_is_refused(program: Program, alice: Member) -> None:
    assert program(alice).post(ACCOUNTS, "{", JSON).status_code == 400


def test_an_account_is_taken_out_of_use(program: Program, alice: Member, account: Account) -> None:
    response = program(alice).patch(f"{ACCOUNTS}/{account.pk}", {"is_active": False}, JSON)
    assert response.json()["is_active"] is False
    account.refresh_from_db()
    assert not account.is_active
