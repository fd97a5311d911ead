"""A backup whose two stores do not agree is refused before anything is put in place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from yunce.config.failures import WorkError
from yunce.config.keeping.manifest import FACTS, LEDGER, Manifest, sha256_of
from yunce.config.keeping.verifying import verify
from yunce.engines.metrics import FactRow, open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Batch 1 and 2 count and have facts; 3 stated nothing, 4 was undone."""
    with closing(sqlite3.connect(tmp_path / LEDGER)) as ledger:
        ledger.execute("CREATE TABLE django_migrations (id INTEGER, app TEXT, name TEXT)")
        ledger.execute(
            "CREATE TABLE facts_batch (id INTEGER, state TEXT, added INT, updated INT, "
            "unchanged INT)"
        )
        ledger.executemany(
            "INSERT INTO facts_batch VALUES (?, ?, ?, 0, ?)",
            [
                (1, "committed", 1, 0),
                (2, "committed", 0, 1),
                (3, "committed", 0, 0),
                (4, "undone", 1, 0),
            ],
        )
        ledger.commit()
    with closing(open_store(f"duckdb://{tmp_path / FACTS}")) as facts:
        for batch in (1, 2):
            facts.write(batch, [FactRow(1, 1, 0, "reads", date(2025, 5, 1), "", 1.0)])
        facts.belong_to("whoever made it")
    return tmp_path


def verified(folder: Path) -> None:
    """The files are as they were when the backup was made."""
    files = {name: folder / name for name in (LEDGER, FACTS)}
    hashes = {}
    for name, path in files.items():
        with path.open("rb") as file:
            hashes[name] = sha256_of(file)
    verify(folder, files, Manifest(1, "0.1.0", "2025-06-01", hashes))


def test_two_stores_that_agree_are_good(folder: Path) -> None:
    verified(folder)


def test_a_batch_without_its_facts_is_refused(folder: Path) -> None:
    with closing(open_store(f"duckdb://{folder / FACTS}")) as facts:
        facts.erase(2)
    with pytest.raises(WorkError, match=r"账本和事实库对不上：1 次导入（#2）没有数"):
        verified(folder)


@pytest.mark.parametrize("name", [LEDGER, FACTS])
def test_a_store_that_does_not_open_is_a_sentence(folder: Path, name: str) -> None:
    (folder / name).write_text("no database " * 1000)
    with pytest.raises(WorkError, match="备份里的数据打不开"):
        verified(folder)


def test_a_database_of_a_newer_program_is_refused_though_the_manifest_is_silent(
    folder: Path,
) -> None:
    with closing(sqlite3.connect(folder / LEDGER)) as ledger:
        ledger.execute("INSERT INTO django_migrations VALUES (1, 'facts', '9999_later')")
        ledger.commit()
    with pytest.raises(WorkError, match=r"facts\.9999_later。请先升级运策再恢复"):
        verified(folder)


def test_what_was_its_makers_is_nobodys(folder: Path) -> None:
    verified(folder)
    with closing(open_store(f"duckdb://{folder / FACTS}")) as facts:
        assert facts.owner() == ""
