"""Which files are waiting, and when one has stopped changing."""

from __future__ import annotations

from pathlib import Path

import pytest

from yunce.config.inbox.looking import Arrival, Watch, arrivals, settled
from yunce.config.inbox.watching import InboxWatch

FILE = Arrival(("content",), "a.csv")
WHOLE, GROWN = (1, 10, 100), (1, 20, 200)


def put(root: Path, *parts: str, text: str = "x") -> Path:
    path = root.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_files_lie_at_the_top_in_a_teams_folder_or_in_an_accounts(tmp_path: Path) -> None:
    put(tmp_path, "a.csv")
    put(tmp_path, "content", "b.csv")
    put(tmp_path, "content", "运策小红书", "c.csv")
    put(tmp_path, "content", "运策小红书", "deeper", "d.csv")
    assert set(arrivals(tmp_path)) == {
        Arrival((), "a.csv"),
        Arrival(("content",), "b.csv"),
        Arrival(("content", "运策小红书"), "c.csv"),
    }


@pytest.mark.parametrize(
    "parts",
    [("content", "done", "a.csv"), ("failed", "a.csv"), (".taking", "a.csv"), ("~$a.xlsx",)],
)
def test_what_is_finished_hidden_or_unfinished_is_passed_over(
    tmp_path: Path, parts: tuple[str, ...]
) -> None:
    put(tmp_path, *parts)
    assert arrivals(tmp_path) == {}


def test_a_link_to_a_folder_is_never_entered(tmp_path: Path) -> None:
    secret = put(tmp_path, "elsewhere", "secret.csv").parent
    root = tmp_path / "inbox"
    root.mkdir()
    (root / "content").symlink_to(secret)
    assert set(arrivals(root)) == {Arrival((), "content")}  # the link itself, to be refused


def test_a_file_is_ready_when_it_lay_still_long_enough() -> None:
    first, watch = settled(Watch(), {FILE: WHOLE}, now=0, settle=10)
    early, watch = settled(watch, {FILE: WHOLE}, now=9, settle=10)
    ready, _watch = settled(watch, {FILE: WHOLE}, now=10, settle=10)
    assert (first, early, ready) == ([], [], [FILE])


def test_a_file_that_grows_starts_waiting_anew() -> None:
    _first, watch = settled(Watch(), {FILE: WHOLE}, now=0, settle=10)
    grown, watch = settled(watch, {FILE: GROWN}, now=11, settle=10)
    still, watch = settled(watch, {FILE: GROWN}, now=20, settle=10)
    ready, _watch = settled(watch, {FILE: GROWN}, now=21, settle=10)
    assert (grown, still, ready) == ([], [], [FILE])


def test_even_without_waiting_a_file_is_looked_at_twice() -> None:
    first, watch = settled(Watch(), {FILE: WHOLE}, now=0, settle=0)
    assert first == []
    assert settled(watch, {FILE: WHOLE}, now=0, settle=0)[0] == [FILE]


@pytest.mark.parametrize("parts", [["..", "a.csv"], ["a", "b/../../c"], [""], [], ["a"] * 4])
def test_no_name_leads_out_of_the_folder(parts: list[str]) -> None:
    with pytest.raises(ValueError):
        Arrival.from_json(parts)


def test_the_clock_queues_what_lies_still_once(tmp_path: Path) -> None:
    put(tmp_path, "content", "a.csv")
    queued: list[list[list[str]]] = []
    now = iter([0.0, 5.0, 11.0, 12.0])
    watch = InboxWatch(tmp_path, 10, queue=queued.append, clock=lambda: next(now))
    assert [watch.look() for _look in range(4)] == [0, 0, 1, 0]
    assert queued == [[["content", "a.csv"]]]


def test_what_a_dead_process_left_is_looked_after_at_the_first_look(tmp_path: Path) -> None:
    put(tmp_path, ".taking", "0" * 32, "content", "a.csv")
    queued: list[list[list[str]]] = []
    InboxWatch(tmp_path, 10, queue=queued.append).look()
    assert queued == [[]]


def test_without_a_folder_nothing_is_watched() -> None:
    assert InboxWatch(None, 10, queue=print).look() == 0
