"""What every test may ask for: the cast of tests/cast.py and the folder of real files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of real files; a test that needs it is skipped aloud where it is missing."""
    folder = Path(os.environ.get("YUNCE_SHARED", Path(__file__).resolve().parent.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder of real files (YUNCE_SHARED or ../shared) is not here")
    return folder
