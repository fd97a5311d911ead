"""Writers take turns, among processes too where the store lets several in."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from yunce.ground.facts.actions import recover
from yunce.ground.facts.models import Batch, BatchKind, BatchState
from yunce.ground.facts.turns import LOCK, turn
from yunce.ground.teams.models import Team


@pytest.fixture
def shared(settings: Any) -> Path:
    settings.YUNCE_FACTS_URL = "postgresql://nobody@127.0.0.1:1/never-opened"
    folder = Path(settings.YUNCE_DATA)
    folder.mkdir()
    return folder


@pytest.fixture
def somebody_writing(shared: Path) -> Iterator[None]:
    """As another process would hold it: by a file of its own."""
    with (shared / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def test_a_turn_within_a_turn_is_the_same_turn(shared: Path) -> None:
    with turn() as first, turn() as second:
        assert (first, second) == (True, True)
    with (shared / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_turn_ends_with_an_error(shared: Path) -> None:
    with pytest.raises(ZeroDivisionError), turn():
        raise ZeroDivisionError
    with turn(wait=False) as is_mine:
        assert is_mine


@pytest.mark.usefixtures("somebody_writing")
def test_who_does_not_wait_is_told_that_it_is_not_his_turn() -> None:
    with turn(wait=False) as is_mine:
        assert not is_mine


@pytest.mark.usefixtures("somebody_writing")
def test_a_batch_another_process_is_writing_is_left_alone(team: Team) -> None:
    Batch.objects.create(team=team, kind=BatchKind.FILE, state=BatchState.WRITING)
    assert recover() == 0
    assert Batch.objects.get().state == BatchState.WRITING
