"""Starting: what help needs, what a first start makes, what is refused."""

from __future__ import annotations

import stat
import subprocess
import sys

import pytest

from tests.process.conftest import Place

LOADED = """
import sys
from yunce.config.cli import main
try:
    main({arguments})
finally:
    print([name for name in ("django", "duckdb", "pydantic") if name in sys.modules])
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["query", "--help"]])
def test_help_and_version_start_without_django(arguments: list[str], place: Place) -> None:
    script = LOADED.format(arguments=arguments)
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, env=place.environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_key_is_readable_by_its_owner_only(place: Place) -> None:
    place.yunce("demo")
    assert stat.S_IMODE((place.data / "secret_key").stat().st_mode) == 0o600


def test_a_command_on_an_empty_folder_says_what_to_do(place: Place) -> None:
    done = place.yunce("query", "reads", "--from", "2025-05-01", "--to", "2025-05-31")
    assert done.returncode == 1
    assert "请先运行 yunce serve 或 yunce demo" in done.stderr
    assert not place.data.exists()


def test_bad_settings_are_refused_with_id_and_hint(place: Place) -> None:
    place.environment["YUNCE_PORT"] = "http"
    done = place.yunce("serve")
    assert done.returncode == 1
    assert "yunce.E001" in done.stderr
    assert "YUNCE_PORT=8000" in done.stderr


def test_a_folder_that_cannot_be_made_is_refused(place: Place) -> None:
    (place.folder / "file").write_text("")
    place.environment["YUNCE_DATA"] = str(place.folder / "file" / "data")
    done = place.yunce("demo")
    assert done.returncode == 1
    assert "yunce.E003" in done.stderr
