"""What is decided of a waiting file, over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.imports.models import Upload
from yunce.ground.teams.models import Member, Team, User

Program = Callable[[User | Member], Client]
UPLOADS = "/api/v1/teams/content/uploads"
JSON = "application/json"
FLAWED = "日期,净增粉丝\n2025-05-01,12\n2025-05-02,很多\n2025-05-03,5\n2025-05-03,6\n"


@pytest.fixture
def flawed(program: Program, bob: Member, team: Team) -> str:
    """The address of a file: one value that is none, and one day told twice."""
    Account.objects.create(team=team, platform="douyin", name="运策抖音")
    file = SimpleUploadedFile("净增粉丝.csv", FLAWED.encode())
    (upload,) = program(bob).post(UPLOADS, {"file": file}).json()["uploads"]
    return f"{UPLOADS}/{upload['id']}"


def dispute_of(client: Client, address: str) -> dict[str, Any]:
    (dispute,) = client.get(f"{address}/choices").json()["disputes"]
    found: dict[str, Any] = dispute
    return found


def test_a_dispute_is_decided(program: Program, bob: Member, flawed: str) -> None:
    client = program(bob)
    dispute = dispute_of(client, flawed)
    assert [(each["value"], each["row"]) for each in dispute["options"]] == [(5, 4), (6, 5)]
    decisions = {dispute["key"]: dispute["options"][1]["choice"]}
    settled = client.post(f"{flawed}/settle", {"decisions": decisions}, JSON).json()
    assert (settled["conflicts"], settled["added"]) == (0, 2)
    assert dispute_of(client, flawed)["decided"] == dispute["options"][1]["choice"]


def test_a_choice_nobody_offered_is_a_sentence(program: Program, bob: Member, flawed: str) -> None:
    client = program(bob)
    key = dispute_of(client, flawed)["key"]
    answer = client.post(f"{flawed}/settle", {"decisions": {key: "7"}}, JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"decisions.{key}"
    assert dispute_of(client, flawed)["decided"] == ""


def test_every_problem_is_listed(program: Program, vera: Member, flawed: str) -> None:
    problems = program(vera).get(f"{flawed}/problems").json()
    assert any("第 3 行" in problem and "很多" in problem for problem in problems)
    assert program(vera).get(f"{flawed}/changes").json() == []


def test_sheets_are_chosen_and_forgotten(program: Program, bob: Member, flawed: str) -> None:
    client = program(bob)
    (sheet,) = client.get(f"{flawed}/choices").json()["sheets"]
    client.post(f"{flawed}/sheets", {"sheets": {sheet["key"]: "skip"}}, JSON)
    assert client.get(f"{flawed}/choices").json()["sheets"][0]["choice"] == "skip"
    assert client.post(f"{flawed}/forget").status_code == 200
    assert client.get(f"{flawed}/choices").json()["sheets"][0]["choice"] == ""
    strange = client.post(f"{flawed}/sheets", {"sheets": {sheet["key"]: "moon:notes"}}, JSON)
    assert (strange.status_code, "moon:notes" in strange.json()["detail"]) == (422, True)


def test_deciding_is_for_who_brings_files_in(
    program: Program, vera: Member, charlie: User, flawed: str
) -> None:
    for person, status in ((vera, 403), (charlie, 404)):
        client = program(person)
        asked = [
            client.post(f"{flawed}/settle", {"decisions": {}}, JSON),
            client.post(f"{flawed}/sheets", {"sheets": {}}, JSON),
            client.post(f"{flawed}/forget"),
        ]
        assert [answer.status_code for answer in asked] == [status] * 3
    for what in ("choices", "problems", "changes"):
        assert program(charlie).get(f"{flawed}/{what}").status_code == 404
    assert Upload.objects.get().mapping is None
