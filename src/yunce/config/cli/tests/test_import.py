"""`yunce import` and `yunce undo`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result

from yunce.ground.channels.models import Account
from yunce.ground.facts.access import fact_store
from yunce.ground.facts.models import Batch
from yunce.ground.journal.models import Entry

SAMPLES = Path(__file__).parents[3] / "engines" / "platforms" / "samples" / "xiaohongshu"
KEYS = [
    "batch",
    "platform",
    "account",
    "added",
    "updated",
    "unchanged",
    "conflicts",
    "ignored",
    "errors",
]


def answers(result: Result) -> list[dict[str, object]]:
    answered: list[dict[str, object]] = json.loads(result.stdout)
    return answered


@pytest.mark.usefixtures("account")
def test_the_answer_has_exactly_these_keys(yunce: Callable[..., Result]) -> None:
    result = yunce("import", SAMPLES / "notes.csv", "--team", "content", "--json")
    assert result.exit_code == 0
    assert [list(answer) for answer in answers(result)] == [KEYS]
    assert answers(result)[0]["account"] == "运策小红书"


@pytest.mark.usefixtures("account")
def test_the_program_is_the_one_who_did_it(yunce: Callable[..., Result]) -> None:
    yunce("import", SAMPLES / "notes.csv")
    batch = Batch.objects.get()
    assert batch.created_by is None
    assert Entry.objects.get(verb="facts.record").actor_id is None


@pytest.mark.usefixtures("account")
def test_the_same_file_again_changes_nothing(yunce: Callable[..., Result]) -> None:
    first = answers(yunce("import", SAMPLES / "notes.csv", "--json"))[0]
    again = answers(yunce("import", SAMPLES / "notes.csv", "--json"))[0]
    assert (again["batch"], again["added"], again["unchanged"]) == (None, 0, first["added"])


@pytest.mark.usefixtures("account")
def test_a_dry_run_writes_nothing(yunce: Callable[..., Result]) -> None:
    result = yunce("import", SAMPLES / "notes.csv", "--dry-run", "--json")
    assert answers(result)[0]["added"] != 0
    assert fact_store().batches() == set()


@pytest.mark.usefixtures("account")
def test_undo_leaves_nothing(yunce: Callable[..., Result]) -> None:
    number = answers(yunce("import", SAMPLES / "notes.csv", "--json"))[0]["batch"]
    result = yunce("undo", number, "--team", "content", "--json")
    assert json.loads(result.stdout) == {
        "batch": number,
        "file": "notes.csv",
        "state": "undone",
    }
    assert fact_store().batches() == set()


@pytest.mark.usefixtures("account")
def test_undoing_twice_is_a_sentence(yunce: Callable[..., Result]) -> None:
    number = answers(yunce("import", SAMPLES / "notes.csv", "--json"))[0]["batch"]
    yunce("undo", number)
    result = yunce("undo", number)
    assert result.exit_code == 1
    assert "已经撤销过了" in result.stderr


@pytest.mark.usefixtures("team")
def test_undoing_what_is_not_there_is_a_sentence(yunce: Callable[..., Result]) -> None:
    result = yunce("undo", 99)
    assert result.exit_code == 1
    assert result.stderr == "错误：团队 content 没有第 99 号导入。\n"


@pytest.mark.usefixtures("account")
def test_one_bad_file_does_not_keep_the_others_out(
    yunce: Callable[..., Result], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    result = yunce("import", empty, SAMPLES / "notes.csv", "--json")
    assert result.exit_code == 3
    assert [answer["batch"] is None for answer in answers(result)] == [True, False]
    assert {key for line in result.stderr.splitlines() for key in json.loads(line)} == {"error"}


@pytest.mark.usefixtures("account")
def test_what_is_no_file_is_a_sentence(yunce: Callable[..., Result], tmp_path: Path) -> None:
    result = yunce("import", tmp_path / "missing.csv")
    assert result.exit_code == 1
    assert "打不开文件" in result.stderr


def test_an_unknown_account_is_told_with_the_ones_there_are(
    yunce: Callable[..., Result], account: Account
) -> None:
    result = yunce("import", SAMPLES / "notes.csv", "--account", "小红")
    assert result.exit_code == 2
    assert "可选：xiaohongshu:运策小红书" in result.stderr


def test_an_account_may_be_named_by_its_number(
    yunce: Callable[..., Result], account: Account
) -> None:
    result = yunce("import", SAMPLES / "notes.csv", "--account", account.pk, "--json")
    assert result.exit_code == 0


@pytest.mark.usefixtures("account")
def test_a_day_of_capture_that_is_none_is_wrong_usage(yunce: Callable[..., Result]) -> None:
    result = yunce("import", SAMPLES / "notes.csv", "--captured-on", "昨天")
    assert result.exit_code == 2
    assert "「昨天」不是日期" in result.stderr


@pytest.mark.usefixtures("account")
def test_a_folder_and_a_zip_are_taken_file_by_file(
    yunce: Callable[..., Result], tmp_path: Path
) -> None:
    content = (SAMPLES / "notes.csv").read_bytes()
    (tmp_path / "五月").mkdir()
    (tmp_path / "五月" / "notes.csv").write_bytes(content)
    (tmp_path / "五月" / "~$notes.csv").write_bytes(b"1")
    with ZipFile(tmp_path / "导出.zip", "w") as archive:
        archive.writestr("a/notes.csv", content)
        archive.writestr("b/notes.csv", content + b"\n")
    told = answers(yunce("import", tmp_path, "--json"))
    assert [answer["batch"] is None for answer in told] == [False, True, False]


def test_a_folder_without_tables_is_said_so(yunce: Callable[..., Result], tmp_path: Path) -> None:
    result = yunce("import", tmp_path)
    assert result.exit_code != 0
    assert "文件夹里没有表格文件" in result.stderr
