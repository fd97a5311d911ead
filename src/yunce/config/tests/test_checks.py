"""Bad settings: each has an id and a hint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from yunce.config.checks import check_environment
from yunce.config.environment import Environment, read_environment


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return replace(read_environment(), data=tmp_path / "data")


def test_good_settings_pass(settings: Any, environment: Environment) -> None:
    settings.ENVIRONMENT = environment
    assert check_environment(None) == []


@pytest.mark.parametrize("scheme", ["duckdb", "postgresql", "clickhouse"])
def test_every_store_may_be_named(settings: Any, environment: Environment, scheme: str) -> None:
    settings.ENVIRONMENT = replace(environment, facts_url=f"{scheme}://db/facts")
    assert check_environment(None) == []


@pytest.mark.parametrize(
    ("changed", "id_"),
    [
        ({"port": "http"}, "yunce.E001"),
        ({"port": "70000"}, "yunce.E001"),
        ({"threads": "0"}, "yunce.E002"),
        ({"threads": "many"}, "yunce.E002"),
        ({"facts_url": "oracle://facts"}, "yunce.E004"),
        ({"public_url": "yunce.example.cn"}, "yunce.E005"),
        ({"inbox_settle": "soon"}, "yunce.E006"),
        ({"inbox": Path("/nowhere/inbox")}, "yunce.E007"),
        ({"daily_check": "ten"}, "yunce.E008"),
    ],
)
def test_a_bad_setting_is_named_with_a_hint(
    settings: Any, environment: Environment, changed: dict[str, Any], id_: str
) -> None:
    settings.ENVIRONMENT = replace(environment, **changed)
    messages = check_environment(None)
    assert [message.id for message in messages] == [id_]
    assert str(messages[0].hint).startswith("请")


def test_a_data_folder_that_is_a_file_is_refused(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.ENVIRONMENT = replace(read_environment(), data=tmp_path / "file" / "data")
    assert [message.id for message in check_environment(None)] == ["yunce.E003"]
