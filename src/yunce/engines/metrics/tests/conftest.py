"""An empty store for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from yunce.engines.metrics import FactStore, open_store


@pytest.fixture
def store() -> Iterator[FactStore]:
    opened = open_store("duckdb:///:memory:")
    yield opened
    opened.close()


@pytest.fixture
def tmp_path_url(tmp_path: Path) -> str:
    """The address of a store file that is not there yet."""
    return f"duckdb://{tmp_path}/facts.duckdb"
