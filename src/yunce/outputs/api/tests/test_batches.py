"""The ledger's lines: who brought what in, the raw file, who took it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from yunce.ground.facts.models import Batch
from yunce.ground.imports.actions import keep_file
from yunce.ground.teams.models import Member, User

Program = Callable[[User | Member], Client]
Tell = Callable[..., Batch]
IMPORTS = "/api/v1/teams/content/imports"


def test_a_line_tells_who_brought_it_and_who_took_it_back(
    program: Program, alice: Member, told: Tell
) -> None:
    batch = told("likes", {1: 5})
    client = program(alice)
    line = client.get(f"{IMPORTS}/{batch.pk}").json()
    assert (line["kind"], line["created_by"], line["has_file"]) == ("file", "王文案", True)
    assert (line["undone_by"], line["undone_at"]) == ("", None)
    client.post(f"{IMPORTS}/{batch.pk}/undo")
    line = client.get(f"{IMPORTS}/{batch.pk}").json()
    assert (line["state"], line["undone_by"]) == ("undone", "李组长")
    assert line["undone_at"] is not None


def test_the_list_goes_on(program: Program, vera: Member, told: Tell) -> None:
    numbers = [told("likes", {day: 5}).pk for day in (1, 2, 3)]
    rest = program(vera).get(IMPORTS, {"offset": 1, "limit": 5}).json()
    assert [line["id"] for line in rest] == [numbers[1], numbers[0]]
    assert program(vera).get(IMPORTS, {"offset": 10**30}).json() == []


@pytest.fixture
def kept(told: Tell) -> Batch:
    return told("likes", {1: 5}, sha256=keep_file("日期,点赞\n".encode()))


def test_the_raw_file_is_given_as_it_came(program: Program, bob: Member, kept: Batch) -> None:
    answer = program(bob).get(f"{IMPORTS}/{kept.pk}/file")
    assert answer.content.decode() == "日期,点赞\n"
    assert "日报.xlsx" in unquote(answer["Content-Disposition"])
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_raw_file_is_for_who_brings_files_in(
    program: Program, vera: Member, charlie: User, kept: Batch
) -> None:
    assert program(vera).get(f"{IMPORTS}/{kept.pk}/file").status_code == 403
    assert program(charlie).get(f"{IMPORTS}/{kept.pk}/file").status_code == 404


def test_a_raw_file_that_is_gone_is_a_sentence(
    program: Program, bob: Member, kept: Batch, settings: Any
) -> None:
    (file,) = Path(settings.YUNCE_DATA).rglob(kept.file_sha256)
    file.unlink()
    answer = program(bob).get(f"{IMPORTS}/{kept.pk}/file")
    assert answer.status_code == 410
    assert answer.json() == {"detail": "「日报.xlsx」的原始文件已经不在了。"}
