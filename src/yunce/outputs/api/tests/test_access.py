"""Who gets in: a living token, a member's team, a role that allows it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from yunce.ground.teams.models import Member, Team, User

Program = Callable[[User | Member], Client]


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nope"}])
def test_without_a_token_nothing_opens(client: Client, headers: dict[str, str]) -> None:
    response = client.get("/api/v1/teams", headers=headers)
    assert response.status_code == 401
    assert "没有令牌，或令牌不能用" in response.content.decode()  # readable as it stands


def test_a_session_is_no_token(signed_in: Callable[[Member], Client], alice: Member) -> None:
    assert signed_in(alice).get("/api/v1/teams").status_code == 401


def test_a_person_sees_their_own_teams(program: Program, alice: Member, charlie: User) -> None:
    assert program(alice).get("/api/v1/teams").json() == [
        {"slug": "content", "name": "内容电商组", "is_demo": False}
    ]


def test_a_team_shows_its_people(program: Program, alice: Member) -> None:
    people = program(alice).get("/api/v1/teams/content").json()["members"]
    assert [(person["name"], person["role"]) for person in people] == [("李组长", "lead")]


def test_a_stranger_gets_404(program: Program, team: Team, charlie: User) -> None:
    response = program(charlie).get("/api/v1/teams/content")
    assert response.status_code == 404
    assert response.json() == {"detail": "没有这一项，或者它不对你开放。请核对地址。"}


def test_a_body_that_is_no_json_is_refused_in_words(program: Program, alice: Member) -> None:
    address = "/api/v1/teams/content/accounts"
    response = program(alice).post(address, "{bad", content_type="application/json")
    assert response.status_code == 400
    assert response.json() == {"detail": "请求的内容不是 JSON，读不出来。请核对后再发。"}


def test_a_guest_is_told_whom_to_ask(program: Program, olga: Member, gus: Member) -> None:
    response = program(gus).get("/api/v1/teams/content/accounts")
    assert response.status_code == 403
    assert "欧管理" in response.json()["detail"]


@pytest.mark.django_db
def test_the_description_is_complete_and_loads_nothing(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    paths = json.loads(response.content)["paths"]
    assert "/api/v1/teams/{slug}/imports" in paths
    assert "/api/v1/teams/{slug}/months/{month}/reports/{kind}.{format}" in paths
    assert client.get("/api/v1/docs").status_code in (302, 404)
