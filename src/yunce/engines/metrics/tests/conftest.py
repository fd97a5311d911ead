"""An empty store for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from yunce.engines.metrics import FactStore, open_store


@pytest.fixture(scope="session")
def opened() -> Iterator[FactStore]:
    store = open_store("duckdb:///:memory:?threads=1")
    yield store
    store.close()


@pytest.fixture
def store(opened: FactStore) -> Iterator[FactStore]:
    """Empty: opening one anew would take longer than most tests."""
    yield opened
    for team in (1, 2):
        opened.forget_team(team)
    assert opened.batches() == set()


@pytest.fixture
def tmp_path_url(tmp_path: Path) -> str:
    """The address of a store file that is not there yet."""
    return f"duckdb://{tmp_path}/facts.duckdb"
