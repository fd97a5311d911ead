"""A copy of any store is one file that opens as a store of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from yunce.engines.metrics import FactStore, StoreError, open_store
from yunce.engines.metrics.tests.stage import MAY, fact


def test_a_copy_opens_as_a_store_of_its_own(store: FactStore, tmp_path: Path) -> None:
    store.write(1, [fact("reads", 1, 10)])
    store.write(2, [fact("reads", 1, 12)])
    path = tmp_path / "it's a copy 100%.duckdb"
    store.save_copy(path)
    store.erase(2)
    copy = open_store(f"duckdb://{str(path).replace('%', '%25')}")
    assert [(row.value, row.batch) for row in copy.rows(**MAY)] == [(12, 2)]
    assert copy.erase(2) == 1
    copy.close()


def test_a_copy_that_fails_leaves_nothing_behind(store: FactStore, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="备份"):
        store.save_copy(tmp_path / "file" / "copy.duckdb")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
