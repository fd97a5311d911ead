"""What every command shares: quick help, sentences instead of tracebacks, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable

import click
import pytest
from click.testing import Result

from yunce import __version__
from yunce.config.cli import main

COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(yunce: Callable[..., Result], name: str) -> None:
    result = yunce(name, "--help")
    assert result.exit_code == 0
    assert f"yunce {name}" in result.output


def test_version(yunce: Callable[..., Result]) -> None:
    assert yunce("--version").output == f"yunce {__version__}\n"


def test_a_missing_option_is_a_sentence(yunce: Callable[..., Result]) -> None:
    result = yunce("query", "reads", "--from", "2025-05-01")
    assert result.exit_code == 2
    assert result.stderr == "错误：缺少参数 --to。用法见 yunce query --help。\n"


def test_an_unknown_option_is_a_sentence(yunce: Callable[..., Result]) -> None:
    result = yunce("demo", "--nope")
    assert result.exit_code == 2
    assert "没有选项 --nope" in result.stderr


def test_an_unknown_command_is_wrong_usage(yunce: Callable[..., Result]) -> None:
    result = yunce("nope")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_with_json_an_error_is_json(yunce: Callable[..., Result]) -> None:
    result = yunce("query", "reads", "--json")
    assert result.exit_code == 2
    assert list(json.loads(result.stderr)) == ["error"]
