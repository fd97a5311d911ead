"""What is written as Parquet is what DuckDB reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from yunce.engines.metrics.parquet import ROWS, Column, write_parquet


def test_duckdb_reads_what_was_written(tmp_path: Path) -> None:
    columns = [
        Column("account", np.array([7, -1, 2**62])),
        Column("day", np.array([0, 20_209, -1], np.int32), is_date=True),
        Column("value", np.array([0.1, -2.5, 1e300])),
    ]
    with (tmp_path / "facts.parquet").open("wb") as file:
        write_parquet(file, columns)
    assert _read(tmp_path, "SELECT account, day, value FROM '{}'") == [
        (7, date(1970, 1, 1), 0.1),
        (-1, date(2025, 5, 1), -2.5),
        (2**62, date(1969, 12, 31), 1e300),
    ]


def test_more_rows_than_a_row_group_holds_are_all_there(tmp_path: Path) -> None:
    many = 2 * ROWS + 3
    with (tmp_path / "facts.parquet").open("wb") as file:
        write_parquet(file, [Column("n", np.arange(many))])
    counted = _read(tmp_path, "SELECT count(*), min(n), max(n), count(DISTINCT n) FROM '{}'")
    assert counted == [(many, 0, many - 1, many)]


def test_more_columns_than_a_short_list_holds_are_all_there(tmp_path: Path) -> None:
    with (tmp_path / "facts.parquet").open("wb") as file:
        write_parquet(file, [Column(f"c{n}", np.array([n], np.int32)) for n in range(20)])
    assert _read(tmp_path, "SELECT * FROM '{}'") == [tuple(range(20))]


def test_no_rows_are_a_file_too(tmp_path: Path) -> None:
    with (tmp_path / "facts.parquet").open("wb") as file:
        write_parquet(file, [Column("n", np.arange(0))])
    assert _read(tmp_path, "SELECT count(*) FROM '{}'") == [(0,)]


def _read(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql.format(folder / "facts.parquet")).fetchall()
