"""Where a store file may be made."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def tmp_path_url(tmp_path: Path) -> str:
    """The address of a store file that is not there yet."""
    return f"duckdb://{tmp_path}/facts.duckdb"
