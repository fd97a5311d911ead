"""Taught layouts over the API."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yunce.ground.imports.models import SavedMapping
from yunce.ground.teams.models import Member, Team, User

Program = Callable[[User | Member], Client]
MAPPINGS = "/api/v1/teams/content/mappings"
JSON = "application/json"


@pytest.fixture
def saved(team: Team) -> SavedMapping:
    return SavedMapping.objects.create(
        team=team,
        name="周会表",
        header_hash="1" * 64,
        mapping={
            "sheet": "",
            "header_row": 1,
            "columns": [
                {"index": 0, "role": "date", "header": "统计日"},
                {"index": 1, "role": "metric", "metric": "new_followers", "header": "新粉"},
            ],
            "header": ["统计日", "新粉"],
        },
    )


def test_layouts_are_listed_renamed_and_forgotten(
    program: Program, bob: Member, saved: SavedMapping
) -> None:
    client = program(bob)
    (told,) = client.get(MAPPINGS).json()
    assert (told["name"], told["header"], told["columns"]) == ("周会表", "统计日、新粉", 2)
    renamed = client.patch(f"{MAPPINGS}/{saved.pk}", {"name": "每周社群表"}, JSON)
    assert renamed.json()["name"] == "每周社群表"
    assert client.delete(f"{MAPPINGS}/{saved.pk}").status_code == 204
    assert not SavedMapping.objects.exists()


def test_a_layout_travels_as_a_file(program: Program, bob: Member, saved: SavedMapping) -> None:
    client = program(bob)
    content = client.get(f"{MAPPINGS}/{saved.pk}/file").content
    assert json.loads(content)["name"] == "周会表"
    client.delete(f"{MAPPINGS}/{saved.pk}")
    taken = client.post(MAPPINGS, {"file": SimpleUploadedFile("周会表.json", content)})
    assert (taken.status_code, taken.json()["name"]) == (201, "周会表")


def test_what_cannot_be_is_a_sentence_and_changes_nothing(
    program: Program, bob: Member, saved: SavedMapping
) -> None:
    client = program(bob)
    empty = client.patch(f"{MAPPINGS}/{saved.pk}", {"name": " "}, JSON)
    assert empty.json()["errors"][0]["field"] == "name"
    broken = client.post(MAPPINGS, {"file": SimpleUploadedFile("x.json", b"{")})
    assert (empty.status_code, broken.status_code) == (422, 422)
    assert broken.json()["detail"]
    assert list(SavedMapping.objects.values_list("name", flat=True)) == ["周会表"]


def test_layouts_are_for_who_brings_files_in(
    program: Program, vera: Member, gus: Member, charlie: User, saved: SavedMapping
) -> None:
    one = f"{MAPPINGS}/{saved.pk}"
    for person, status in ((vera, 403), (charlie, 404)):
        client = program(person)
        asked = [
            client.get(f"{one}/file"),
            client.patch(one, {"name": "别的"}, JSON),
            client.delete(one),
            client.post(MAPPINGS, {"file": SimpleUploadedFile("x.json", b"{}")}),
        ]
        assert [answer.status_code for answer in asked] == [status] * 4
    assert program(gus).get(MAPPINGS).status_code == 403
    assert program(charlie).get(MAPPINGS).status_code == 404
    assert SavedMapping.objects.count() == 1
