"""Files looked at before they are brought in, over the API."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch
from yunce.ground.imports.models import Upload
from yunce.ground.teams.models import Member, User

Program = Callable[[User | Member], Client]
UPLOADS = "/api/v1/teams/content/uploads"
IMPORTS = "/api/v1/teams/content/imports"
NOTES = Path(__file__).parents[3] / "engines/platforms/samples/xiaohongshu/notes.csv"


def zipped() -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("notes.csv", NOTES.read_bytes())
        archive.writestr("截图.png", b"\x89PNG")
    return content.getvalue()


def send(client: Client, address: str, content: bytes, name: str) -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.usefixtures("account")
def test_a_file_is_received_previewed_and_committed(program: Program, bob: Member) -> None:
    client = program(bob)
    upload = send(client, UPLOADS, NOTES.read_bytes(), "notes.csv").json()["uploads"][0]
    assert (upload["stage"], upload["platform"]) == ("ready", "xiaohongshu")
    preview = client.get(f"{UPLOADS}/{upload['id']}").json()
    assert preview["added"] > 0
    body = {"seen": preview["seen"]}
    done = client.post(f"{UPLOADS}/{upload['id']}/commit", body, "application/json")
    assert done.json()["stage"] == "done"
    assert Batch.objects.get().added == preview["added"]
    assert client.get(UPLOADS).json() == []


def test_a_zip_is_received_file_by_file(program: Program, bob: Member, account: Account) -> None:
    answer = send(program(bob), UPLOADS, zipped(), "导出.zip").json()
    assert [(u["name"], u["archive"]) for u in answer["uploads"]] == [("notes.csv", "导出.zip")]
    assert "它是一张图片" in answer["refused"][0]


def test_a_zip_is_brought_in_file_by_file(program: Program, bob: Member, account: Account) -> None:
    answer = send(program(bob), IMPORTS, zipped(), "导出.zip").json()
    assert [file["name"] for file in answer["files"]] == ["notes.csv", "截图.png"]
    assert answer["added"] == Batch.objects.get().added
    assert any(problem.startswith("截图.png：") for problem in answer["problems"])


def test_what_was_seen_must_still_stand(program: Program, bob: Member, account: Account) -> None:
    client = program(bob)
    upload = send(client, UPLOADS, NOTES.read_bytes(), "notes.csv").json()["uploads"][0]
    address = f"{UPLOADS}/{upload['id']}"
    seen = client.get(address).json()["seen"]
    client.patch(address, {"captured_on": "2025-05-19"}, "application/json")
    refused = client.post(f"{address}/commit", {"seen": seen}, "application/json")
    assert refused.status_code == 422
    assert "刚才有人改了" in refused.json()["detail"]
    assert not Batch.objects.exists()


def test_no_table_is_refused_with_a_sentence(program: Program, bob: Member) -> None:
    answer = send(program(bob), UPLOADS, b"", "空.csv")
    assert answer.status_code == 422
    assert "「空.csv」是空文件" in answer.json()["refused"][0]


def test_a_waiting_file_is_put_aside(program: Program, bob: Member, account: Account) -> None:
    client = program(bob)
    upload = send(client, UPLOADS, NOTES.read_bytes(), "notes.csv").json()["uploads"][0]
    assert client.delete(f"{UPLOADS}/{upload['id']}").status_code == 204
    assert not Upload.objects.exists()


def test_a_stranger_finds_nothing(program: Program, charlie: User, bob: Member) -> None:
    upload = send(program(bob), UPLOADS, NOTES.read_bytes(), "notes.csv").json()["uploads"][0]
    stranger = program(charlie)
    assert stranger.get(UPLOADS).status_code == 404
    assert stranger.get(f"{UPLOADS}/{upload['id']}").status_code == 404
    assert stranger.get(f"/api/v1/teams/other/uploads/{upload['id']}").status_code == 404
