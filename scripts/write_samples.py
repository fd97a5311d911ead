"""Make the sample workbooks anew: platform exports of our own making, in the back ends' shapes.

`.venv/bin/python scripts/write_samples.py`; .xls files go through LibreOffice, as no living library
writes them. Text samples (CSV, HTML) are written by hand and only lie beside these.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook

FOLDER = Path(__file__).resolve().parent.parent / "src/yunce/engines/platforms/samples"
TEXTS = Path(__file__).with_name("samples.yaml")
MADE = datetime(2026, 9, 13, 2, 0, tzinfo=UTC).replace(tzinfo=None)  # workbooks carry no zone


def rows_of(text: str) -> list[list[Any]]:
    """Lines of cells between bars; numbers as numbers, nothing as an empty cell."""
    return [[cell_of(cell) for cell in line.split("|")] for line in text.strip("\n").split("\n")]


def cell_of(text: str) -> Any:
    plain = text.strip()
    if plain.startswith("'"):  # a number written as text
        return plain[1:]
    for kind in (int, float):
        try:
            return kind(plain)
        except ValueError:
            continue
    return plain or None


def save(sheets: dict[str, str], path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = MADE
    for name, text in sheets.items():
        page = book.create_sheet(name)
        fill(page, rows_of(text))
    book.save(path)


def fill(page: Any, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        page.append(list(row))
    if len(rows[0]) == 1 and len(rows[1]) > 2:  # a banner over the whole width
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[1]))


def as_xls(sheets: dict[str, str], path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.xlsx"
        save(sheets, source)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless"]
        command += ["--convert-to", "xls:MS Excel 97", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path.write_bytes(source.with_suffix(".xls").read_bytes())


def main() -> None:
    for name, sheets in yaml.safe_load(TEXTS.read_text(encoding="utf-8")).items():
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        (as_xls if path.suffix == ".xls" else save)(sheets, path)
        print(f"wrote {name}")


if __name__ == "__main__":
    main()
