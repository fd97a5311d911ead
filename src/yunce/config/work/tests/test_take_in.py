"""The watched folder: files find their place, whoever dies or plays tricks."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from yunce.config.environment import read_environment
from yunce.config.inbox.looking import Arrival, arrivals
from yunce.config.inbox.taking import claim, left_behind, taking
from yunce.config.work import perform, take_in
from yunce.ground.channels.models import Account
from yunce.ground.facts.models import Batch, BatchState
from yunce.ground.journal.models import Entry
from yunce.ground.teams.models import Team

DAILY = "日期,播放量,总粉丝量,净增粉丝,取关粉丝\n2025-05-01,1200,5000,30,2\n"

Put = Callable[..., Path]


@pytest.fixture
def inbox(tmp_path: Path, settings: Any) -> Path:
    root = tmp_path / "inbox"
    root.mkdir()
    settings.ENVIRONMENT = replace(read_environment(), inbox=root)
    return root


@pytest.fixture
def douyin(team: Team) -> Account:
    return Account.objects.create(team=team, platform="douyin", name="运策抖音")


@pytest.fixture
def put(inbox: Path) -> Put:
    def write(*parts: str, text: str = DAILY) -> Path:
        path = inbox.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


def take(inbox: Path) -> int:
    names = [arrival.to_json() for arrival in sorted(arrivals(inbox))]
    return int(perform("take_in", {"names": names})["taken"])


def names_in(folder: Path) -> list[str]:
    """Without the moment before each name."""
    return sorted(path.name[18:] for path in folder.iterdir())


def test_a_good_file_is_brought_in_and_done(inbox: Path, put: Put, douyin: Account) -> None:
    put("content", "抖音.csv")
    assert take(inbox) == 1
    assert names_in(inbox / "content" / "done") == ["抖音.csv"]
    batch = Batch.objects.get()
    assert (batch.account, batch.state, batch.added) == (douyin, BatchState.COMMITTED, 4)


def test_the_journal_says_the_program_did_it(inbox: Path, put: Put, douyin: Account) -> None:
    put("content", "抖音.csv")
    take(inbox)
    line = Entry.objects.get(verb="imports.take_in")
    assert (line.actor_name, line.subject_label) == ("", "抖音.csv")


def test_a_folder_names_the_account(inbox: Path, put: Put, douyin: Account) -> None:
    second = Account.objects.create(team=douyin.team, platform="douyin", name="第二个号")
    put("content", "第二个号", "抖音.csv")
    take(inbox)
    assert Batch.objects.get().account == second


def test_with_one_team_a_file_needs_no_folder(inbox: Path, put: Put, douyin: Account) -> None:
    put("抖音.csv")
    take(inbox)
    assert names_in(inbox / "done") == ["抖音.csv"]


def test_the_same_file_again_is_done_and_writes_nothing(
    inbox: Path, put: Put, douyin: Account
) -> None:
    put("content", "抖音.csv")
    take(inbox)
    put("content", "抖音.csv")
    take(inbox)
    assert len(names_in(inbox / "content" / "done")) == 2
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("parts", "text", "sentence"),
    [
        (("content", "坏.csv"), "日期,播放量,总粉丝量,净增粉丝\n2025-05-01,很多,1,1\n", "很多"),
        (("content", "别的.csv"), "甲,乙\n1,2\n", "认不出"),
        (("nobody", "抖音.csv"), DAILY, "nobody"),
        (("content", "没有这个号", "抖音.csv"), DAILY, "没有这个号"),
        (("content", "空.csv"), "", "空"),
    ],
)
def test_what_cannot_be_brought_in_lies_beside_its_reason(
    inbox: Path, put: Put, douyin: Account, parts: tuple[str, ...], text: str, sentence: str
) -> None:
    put(*parts, text=text)
    take(inbox)
    failed = inbox / parts[0] / "failed"
    assert names_in(failed) == [parts[-1], f"{parts[-1]}.txt"]
    assert sentence in next(failed.glob("*.txt")).read_text()
    assert not Batch.objects.exists()


def test_two_accounts_without_a_folder_are_not_guessed(
    inbox: Path, put: Put, douyin: Account
) -> None:
    Account.objects.create(team=douyin.team, platform="douyin", name="第二个号")
    put("content", "抖音.csv")
    take(inbox)
    assert "第二个号" in next((inbox / "content" / "failed").glob("*.txt")).read_text()


def test_a_refused_file_has_its_reason_in_the_journal(inbox: Path, put: Put, team: Team) -> None:
    put("content", "别的.csv", text="甲,乙\n1,2\n")
    take(inbox)
    line = Entry.objects.get(verb="imports.refuse_inbox_file")
    assert line.team_id == team.pk
    assert "认不出" in line.changes["reason"][1]


def test_a_link_is_refused_and_what_it_points_to_stays_unread(
    inbox: Path, put: Put, douyin: Account, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(DAILY)
    (inbox / "content").mkdir()
    (inbox / "content" / "抖音.csv").symlink_to(secret)
    take(inbox)
    assert "链接" in next((inbox / "content" / "failed").glob("*.txt")).read_text()
    assert secret.exists()
    assert not Batch.objects.exists()


def test_a_pipe_does_not_hold_up_the_folder(inbox: Path, douyin: Account) -> None:
    (inbox / "content").mkdir()
    os.mkfifo(inbox / "content" / "抖音.csv")
    take(inbox)
    assert names_in(inbox / "content" / "failed") == ["抖音.csv", "抖音.csv.txt"]


def test_a_linked_done_folder_leads_nowhere(
    inbox: Path, put: Put, douyin: Account, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    put("content", "抖音.csv")
    (inbox / "content" / "done").symlink_to(elsewhere)
    perform("take_in", {"names": [["content", "抖音.csv"]]})
    assert not list(elsewhere.iterdir())
    assert names_in(inbox / "content" / "done") == ["抖音.csv"]


def test_a_folder_swapped_for_a_link_gives_nothing_away(inbox: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.csv").write_text(DAILY)
    (inbox / "content").symlink_to(elsewhere)
    assert claim(inbox, Arrival(("content",), "a.csv")) is None
    assert (elsewhere / "a.csv").exists()


def test_of_many_who_want_a_file_one_gets_it(inbox: Path, put: Put) -> None:
    put("content", "抖音.csv")
    got: list[object] = []
    together = threading.Barrier(8)

    def want() -> None:
        together.wait()
        if claim(inbox, Arrival(("content",), "抖音.csv")):
            got.append(1)

    threads = [threading.Thread(target=want) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1


def test_while_one_takes_another_leaves_its_files_alone(
    inbox: Path, put: Put, douyin: Account
) -> None:
    put("content", "抖音.csv")
    with taking(inbox):
        assert take(inbox) == 0
    assert take(inbox) == 1


def test_what_a_killed_process_had_taken_goes_back_and_is_brought_in_once(
    inbox: Path, put: Put, douyin: Account
) -> None:
    put("content", "运策抖音", "抖音.csv")
    claim(inbox, Arrival(("content", "运策抖音"), "抖音.csv"))  # and dies
    perform("take_in", {"names": []})
    assert (inbox / "content" / "运策抖音" / "抖音.csv").exists()
    take(inbox)
    assert Batch.objects.count() == 1
    assert left_behind(inbox) == []


def test_a_file_meets_a_busy_database_and_waits(
    inbox: Path, put: Put, douyin: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put("content", "抖音.csv")

    def busy(**_given: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(take_in, "import_file", busy)
    assert take(inbox) == 0
    assert path.exists()


def test_without_a_folder_there_is_nothing_to_take(settings: Any, db: None) -> None:
    settings.ENVIRONMENT = replace(read_environment(), inbox=None)
    assert perform("take_in", {"names": []}) == {"taken": 0}
