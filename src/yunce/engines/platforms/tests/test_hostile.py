"""Hostile files in a process of 1 GB: each is read or refused in words, within ten seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import yunce
from yunce.engines.platforms.tests.hostile import FILES

READ = {
    "claimed dimension": "1×2",
    "claimed strings": "1×2",
    "claimed strings far behind": "1×2",
    "everything merged": "1×2",
    "painted to the last corner": "1×2",
    "a million times A1": "1×1",
    "nested deep": "1×2",
    "old strings": "100×4",
    "page of cells": "200000×2",
    "page of attributes": "1×2",
}


@pytest.fixture(scope="module")
def outcomes() -> dict[str, tuple[float, str]]:
    program = [sys.executable, "-m", "yunce.engines.platforms.tests.hostile"]
    environment = {**os.environ, "PYTHONPATH": str(Path(yunce.__file__).parents[1])}
    done = subprocess.run(  # noqa: S603 - our own program
        program, env=environment, capture_output=True, text=True, timeout=110, check=False
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: (seconds, said) for name, seconds, said in lines}


@pytest.mark.parametrize("name", FILES)
def test_hostile_file_is_read_or_refused_in_words(
    name: str, outcomes: dict[str, tuple[float, str]]
) -> None:
    seconds, said = outcomes[name]  # missing: the process died before
    expected = READ.get(name)
    assert said == expected if expected else (said[:1], said[-1:]) == ("「", "。")
    assert seconds < 10
