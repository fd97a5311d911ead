"""A backup that cannot be written is a sentence, and leaves nothing half-done behind."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from yunce.config.environment import Environment
from yunce.config.failures import WorkError
from yunce.config.keeping.backing_up import back_up

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.fixture
def environment(settings: Any, tmp_path: Path) -> Environment:
    data = tmp_path / "data"
    data.mkdir()
    with closing(sqlite3.connect(data / "yunce.sqlite3")) as ledger:
        ledger.execute("CREATE TABLE facts_batch (id INTEGER, state TEXT)")
        ledger.execute("CREATE TABLE django_migrations (id INTEGER, app TEXT, name TEXT)")
    environment: Environment = settings.ENVIRONMENT
    return replace(environment, data=data)


def test_a_full_disk(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ZipFile, "write", full)
    with pytest.raises(WorkError, match=r"没有备份成「.*all.zip」：No space left on device"):
        back_up(environment, environment.backups / "all.zip", now=NOW)
    assert list(environment.backups.iterdir()) == []


def test_a_folder_that_is_a_file(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkError, match="请看磁盘空间和文件夹的权限"):
        back_up(environment, tmp_path / "file" / "all.zip", now=NOW)


def test_with_room_it_is_written(environment: Environment) -> None:
    back_up(environment, environment.backups / "all.zip", now=NOW)
    assert [path.name for path in environment.backups.iterdir()] == ["all.zip"]
