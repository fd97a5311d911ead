"""A restored folder is in place or it is not, wherever the process dies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from yunce.config.keeping import swapping
from yunce.config.keeping.swapping import finish, ready_folder, swap

NOW = datetime(2025, 6, 1, 12, 0, 0)  # noqa: DTZ001  only names a folder
ASIDE = "data.before-20250601-120000"


class Killed(BaseException):
    """The process is no more."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "backups").mkdir(parents=True)
    (data / "backups" / "one.zip").write_text("kept")
    (data / "secret_key").write_text("old key")
    (data / "what").write_text("old")
    return data


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    fresh = tmp_path / ".data-restoring-x"
    fresh.mkdir()
    (fresh / "what").write_text("new")
    return fresh


def is_new(data: Path) -> bool:
    """With the old key and the old backups, or with nothing changed at all."""
    assert (data / "secret_key").read_text() == "old key"
    assert (data / "backups" / "one.zip").read_text() == "kept"
    assert not (data / swapping.NOTE).exists()
    return (data / "what").read_text() == "new"


def test_the_new_folder_keeps_key_and_backups(data: Path, fresh: Path) -> None:
    aside = swap(data, fresh, now=NOW)
    assert aside == data.with_name(ASIDE)
    assert is_new(data)
    assert (aside / "what").read_text() == "old"


@pytest.mark.parametrize("step", range(5))
def test_killed_before_any_rename_the_next_start_has_all_of_one(
    data: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Renames in turn: ready, the old aside, the new in place, the key, the backups."""
    done = 0
    rename = Path.rename

    def until(path: Path, target: Path) -> Path:
        nonlocal done
        if done == step:
            raise Killed
        done += 1
        return rename(path, target)

    with monkeypatch.context() as killed, pytest.raises(Killed):
        killed.setattr(Path, "rename", until)
        swap(data, fresh, now=NOW)
    finish(data)
    assert is_new(data) is (step >= 2)


def test_without_an_old_folder_the_new_one_is_put_there(tmp_path: Path, fresh: Path) -> None:
    assert swap(tmp_path / "data", fresh, now=NOW) is None
    assert (tmp_path / "data" / "what").read_text() == "new"


def test_a_folder_that_cannot_be_moved_stays(
    data: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == data:
            raise OSError("a mount point")
        return rename(path, target)

    with monkeypatch.context() as stuck, pytest.raises(OSError, match="mount"):
        stuck.setattr(Path, "rename", refuse)
        swap(data, fresh, now=NOW)
    assert is_new(data) is False
    assert not ready_folder(data).exists()


def test_a_folder_somebody_took_away_is_not_replaced(
    data: Path, fresh: Path, tmp_path: Path
) -> None:
    (fresh / swapping.NOTE).write_text(ASIDE)
    fresh.rename(ready_folder(data))  # killed before the old folder was moved
    data.rename(tmp_path / "elsewhere")
    finish(data)
    assert not data.exists()
