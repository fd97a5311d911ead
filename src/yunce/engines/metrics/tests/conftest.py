"""An empty store for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from yunce.engines.metrics import FactStore, open_store


@pytest.fixture
def store() -> Iterator[FactStore]:
    opened = open_store("duckdb:///:memory:")
    yield opened
    opened.close()
