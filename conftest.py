"""Test-wide settings: a data folder and a fact store of one's own; the cast is in tests/cast.py."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before Django reads its settings: nothing a test does may touch the working copy's data folder.
os.environ["YUNCE_DATA"] = tempfile.mkdtemp(prefix="yunce-tests-")
for name in [name for name in os.environ if name.startswith("YUNCE_") and name != "YUNCE_DATA"]:
    if name != "YUNCE_SHARED":
        del os.environ[name]

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of real files; a test that needs it is skipped aloud where it is missing."""
    folder = Path(os.environ.get("YUNCE_SHARED", Path(__file__).resolve().parent.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder of real files (YUNCE_SHARED or ../shared) is not here")
    return folder


@pytest.fixture(autouse=True)
def _plain_static_files(settings: object) -> Iterator[None]:
    """Tests need no collected static files."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    yield
