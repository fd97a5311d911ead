"""The local door: only with the token, only from this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from yunce import __version__
from yunce.config.process import local

pytestmark = pytest.mark.django_db
TOKEN = "the-token"
JSON = "application/json"


@pytest.fixture(autouse=True)
def _admitted() -> Iterator[None]:
    local.admit(TOKEN)
    yield
    local.shut()


def test_the_token_opens(client: Client) -> None:
    response = client.post("/local/hello", "{}", JSON, headers={"X-Yunce-Token": TOKEN})
    assert response.json() == {"result": {"version": __version__}}


@pytest.mark.parametrize("token", ["", "the-tokem", "令牌"])
def test_another_token_finds_nothing(client: Client, token: str) -> None:
    response = client.post("/local/hello", "{}", JSON, headers={"X-Yunce-Token": token})
    assert response.status_code == 404


def test_another_machine_finds_nothing(client: Client) -> None:
    response = client.post(
        "/local/hello", "{}", JSON, headers={"X-Yunce-Token": TOKEN}, REMOTE_ADDR="10.0.0.7"
    )
    assert response.status_code == 404


def test_an_unknown_work_finds_nothing(client: Client) -> None:
    response = client.post("/local/_asking", "{}", JSON, headers={"X-Yunce-Token": TOKEN})
    assert response.status_code == 404


def test_without_a_running_server_nobody_gets_in(client: Client) -> None:
    local.shut()
    response = client.post("/local/hello", "{}", JSON, headers={"X-Yunce-Token": ""})
    assert response.status_code == 404


def test_a_refusal_keeps_its_sentence_and_exit_code(client: Client) -> None:
    response = client.post("/local/query", "{}", JSON, headers={"X-Yunce-Token": TOKEN})
    assert response.status_code == 422
    assert response.json()["exit_code"] == 2
    assert "还没有团队" in response.json()["error"]
