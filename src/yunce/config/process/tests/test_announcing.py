"""server.json: who may read it, when it is believed."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from yunce.config.environment import Environment, read_environment
from yunce.config.process.announcing import announce, find_server, withdraw


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return replace(read_environment(), data=tmp_path)


def test_only_its_owner_may_read_it(environment: Environment) -> None:
    announce(environment, host="127.0.0.1", port=1)
    assert stat.S_IMODE(environment.announcement.stat().st_mode) == 0o600


def test_nobody_is_found_where_nobody_announced(environment: Environment) -> None:
    assert find_server(environment) is None


def test_a_server_that_is_gone_is_not_believed(environment: Environment) -> None:
    gone = {"pid": 2**22 + 1, "host": "127.0.0.1", "port": 1, "token": "t"}
    environment.announcement.write_text(json.dumps(gone))
    assert find_server(environment) is None


def test_a_living_pid_that_does_not_answer_is_not_believed(environment: Environment) -> None:
    announce(environment, host="127.0.0.1", port=1)
    assert find_server(environment) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", '{"pid": "x"}'])
def test_a_broken_announcement_is_not_believed(environment: Environment, text: str) -> None:
    environment.announcement.write_text(text)
    assert find_server(environment) is None


def test_a_server_withdraws_only_its_own(environment: Environment) -> None:
    first = announce(environment, host="127.0.0.1", port=1)
    announce(environment, host="127.0.0.1", port=2)
    withdraw(environment, first)
    assert json.loads(environment.announcement.read_text())["port"] == 2


def test_a_withdrawn_announcement_is_gone(environment: Environment) -> None:
    token = announce(environment, host="127.0.0.1", port=1)
    withdraw(environment, token)
    assert os.listdir(environment.data) == []  # noqa: PTH208
