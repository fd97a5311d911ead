"""Files coming in: an xlsx of 100,000 rows, a csv of 1,000,000, beside what others only read.

``YUNCE_BENCH_ROWS`` makes both smaller (rows of the xlsx; the csv has ten times as many). Each side
runs in a process of its own. Ours recognises, parses and loads; calamine and pandas only read.
"""

from __future__ import annotations

import csv
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from yunce.engines.metrics import FactColumns, Words, open_store
from yunce.engines.platforms import Parsed, parse, peek_tables, read_tables, recognise

ROWS = int(os.environ.get("YUNCE_BENCH_ROWS", "100000"))
TODAY = date(2026, 11, 1)
FIRST = datetime(2025, 1, 1, 8)  # noqa: DTZ001 - as written in the file
TIMES = 3
ROUNDS = 3  # of ours and calamine by turns: a busy moment of the machine meets both
TOGETHER = 500_000  # facts written at once
HEADER = (
    *("作品名称", "发布时间", "体裁", "审核状态", "播放量", "完播率", "5s完播率", "封面点击率"),
    *("2s跳出率", "平均播放时长", "点赞量", "分享量", "评论量", "收藏量", "主页访问量", "粉丝增量"),
)


def measure() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="yunce-bench-") as name:
        book, text = Path(name) / "作品列表.xlsx", Path(name) / "作品列表.csv"
        _apart(_write_book, book)
        _apart(_write_text, text)
        rounds = [(_apart(_ours, book), _apart(_calamine, book)) for _round in range(ROUNDS)]
        seconds = median(ours["seconds"] for ours, _bare in rounds)
        return {
            "xlsx_vs_calamine": median(ours["seconds"] / bare for ours, bare in rounds),
            "xlsx_vs_pandas_openpyxl": _apart(_pandas, book) / seconds,
            "xlsx_intake_s": seconds,
            "xlsx_read_s": _apart(_read, book),
            "preview_first_rows_s": max(_apart(_preview, book), _apart(_preview, text)),
            "csv_million_read_rss_mb": _apart(_rows_of, text),
            "csv_million_peak_rss_mb": _apart(_ours, text, 1)["rss_mb"],
        }


def _apart(work: Callable[..., Any], *given: object) -> Any:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *given).result()


def _rows(many: int) -> Iterator[list[str]]:
    """As 抖音 writes them: every cell is text, rates have six digits."""
    for n in range(many):
        views = n * 7919 % 1_000_003
        moment = FIRST + timedelta(minutes=5 * (n % 150_000), seconds=n // 150_000)
        rates = [f"{(n * 31 + k * 17) % 1_000_000 / 1e6:.6f}" for k in range(4)]
        counts = [str(views // k) for k in (20, 90, 150, 60, 75, 200)]
        title = f"五月作品第{n}条 #新媒体运营"
        fixed = [title, f"{moment:%Y-%m-%d %H:%M:%S}", "1min-视频", "公开", str(views)]
        yield [*fixed, *rates, f"{n % 6000 / 100:.6f}", *counts]


def _write_book(path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(path) as book:
        sheet = book.add_worksheet("Sheet1")
        for number, row in enumerate([HEADER, *_rows(ROWS)]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)


def _write_text(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_rows(ROWS * 10))


def _ours(path: Path, times: int = TIMES) -> dict[str, float]:
    seconds = _median_s(lambda: _taken_in(path), times=times)
    return {"seconds": seconds, "rss_mb": _peak_mb()}


def _taken_in(path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="yunce-bench-") as name:
        store = open_store(f"duckdb://{name}/facts.duckdb")
        tables = recognise(read_tables(path.read_bytes(), path.name))
        for table, recognition in tables:
            parsed = parse(table, recognition, captured_on=TODAY, today=TODAY)
            for facts in _facts(parsed):
                store.write(1, facts)
        store.close()


def _facts(parsed: Parsed) -> Iterator[FactColumns]:
    """By column, so many together that a long file is never held twice over."""
    waiting: list[FactColumns] = []
    for part in parsed.facts.arrays():
        waiting.append(
            FactColumns.of(
                team=1,
                account=1,
                post=part.post + 1,
                metric=Words(part.metric, part.metrics),
                day=part.day,
                segment=Words(part.segment, part.segments),
                value=part.value,
            )
        )
        if sum(map(len, waiting)) >= TOGETHER:
            yield FactColumns.joined(waiting)
            waiting = []
    if waiting:
        yield FactColumns.joined(waiting)


def _read(path: Path) -> float:
    """Ours without parsing and loading."""
    return _median_s(lambda: read_tables(path.read_bytes(), path.name))


def _rows_of(path: Path) -> float:
    """The peak memory of going through all rows twice, as recognising and parsing do."""
    [table] = read_tables(path.read_bytes(), path.name)
    assert sum(1 for _row in table.rows) == ROWS * 10 + 1
    return _peak_mb()


def _preview(path: Path) -> float:
    def preview() -> None:
        assert recognise(peek_tables(path.read_bytes(), path.name))

    return _median_s(preview)


def _calamine(path: Path) -> float:
    from python_calamine import CalamineWorkbook

    def read() -> None:
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()

    return _median_s(read)


def _pandas(path: Path) -> float:
    import pandas  # type: ignore[import-untyped]

    return _median_s(lambda: pandas.read_excel(path, engine="openpyxl"), times=1)


def _median_s(work: Callable[[], object], times: int = TIMES) -> float:
    spent = []
    for _time in range(times):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return median(spent)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
