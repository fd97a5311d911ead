"""How the cost of facts grows with their number: writes docs/performance.md and its plot.

``python -m benchmarks._growth 10 100 1000 9132`` (numbers of accounts; 10,950 facts each). What was
measured of other sizes before is kept in ``growth.json``: a hundred million facts take a while.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from math import log10
from pathlib import Path

from benchmarks.facts import MOST_FOR_OTHERS, measured_at

DOCS = Path(__file__).resolve().parent.parent / "docs"
KEPT = Path(__file__).with_name("growth.json")
PLOT = DOCS / "images" / "performance.svg"
MACHINE = "2 cores, 24 GiB"
SIZES = (10, 100, 1000, 9132)
LINES = {
    "month_report_ms": ("Yunce", "#1f6feb"),
    "duckdb_report_ms": ("bare DuckDB", "#d29922"),
    "pandas_report_ms": ("pandas", "#8957e5"),
    "pandas_pushed_report_ms": ("pandas, pushed", "#bf3989"),
    "sqlite_report_ms": ("SQLite", "#57606a"),
}
COLUMNS = {
    "facts_million": "facts (million)",
    **{f"{name}": f"month report, {said} (ms)" for name, (said, _colour) in LINES.items()},
    "team_month_ms": "a team's month (ms)",
    "typed_value_visible_ms": "typed value visible (ms)",
    "load_facts_per_s": "loaded by column (facts/s)",
    "load_rows_per_s": "loaded by row, at first (facts/s)",
    "facts_peak_rss_mb": "peak memory (MB)",
    "load_average": "the machine's load average after it",
}
WIDTH, HEIGHT, LEFT, BOTTOM = 640, 360, 60, 40
LINE_HEIGHT = 15
MANY = 100.0  # from here on a fraction tells nothing
Measured = Sequence[dict[str, float]]

PAGE = """# Performance of the fact store

Written by `python -m benchmarks._growth`; do not edit. Machine: {machine}. The last line of the
table tells how many processes wanted its cores: above 2 others were at work, every time is as much
longer. Bare DuckDB is asked in turn with ours; the others later, with the neighbours of then.

{table}

![Month report by number of facts](images/performance.svg)

Every size is accounts × 30 metrics × 365 days. The *month report* adds 30 metrics of the whole
organisation over May. Yunce's also counts covered days, adds exactly and takes followers at their
last day; the others run one `SUM … GROUP BY metric`: DuckDB on the same file; pandas reading four
columns of the same facts as Parquet, then filtering, then grouping, and *pushed* with the filter
handed to PyArrow; SQLite with a covering index and statistics. pandas and SQLite were not asked of
more than {most} accounts. *A team's month* is 30 metrics by day of {team} accounts.
"""


def main(accounts: Sequence[int]) -> int:
    for many in accounts:
        found = {**measured_at(many), "load_average": os.getloadavg()[0]}
        kept: dict[str, dict[str, float]] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
        kept[str(many)] = found
        KEPT.write_text(json.dumps(kept, indent=2) + "\n")
        measured = sorted(kept.values(), key=lambda one: one["facts_million"])
        write(measured)
        print(table(measured), flush=True)
    return 0


def write(measured: Measured) -> None:
    PLOT.write_text(plot(measured))
    words = {"machine": MACHINE, "most": f"{MOST_FOR_OTHERS:,}"}
    told = PAGE.format(**words, table=table(measured), team="20 (at most a fifth of all)")
    (DOCS / "performance.md").write_text(told)


def table(measured: Measured) -> str:
    lines = [f"| | {' | '.join(_written(one['facts_million']) + ' M' for one in measured)} |"]
    lines.append("|---|" + "--:|" * len(measured))
    for name, said in list(COLUMNS.items())[1:]:
        lines.append(f"| {said} | {' | '.join(_written(one.get(name)) for one in measured)} |")
    return "\n".join(lines)


def _written(number: float | None) -> str:
    if number is None:
        return "–"
    return f"{number:,.0f}" if number >= MANY else f"{number:.3g}"


def plot(measured: Measured) -> str:
    """Both axes by powers of ten."""
    values = [one[name] for one in measured for name in LINES if name in one]
    x_from, x_to = log10(measured[0]["facts_million"]), log10(measured[-1]["facts_million"])
    y_from, y_to = int(log10(min(values)) // 1), int(-(-log10(max(values)) // 1))

    def x(facts: float) -> float:
        wide = WIDTH - LEFT - 130
        return LEFT + wide * (log10(facts) - x_from) / max(x_to - x_from, 1e-9)

    def y(spent: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 20) * (log10(spent) - y_from) / (y_to - y_from)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">',
        "<title>Month report by number of facts</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(y_from, y_to + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - 130}" stroke="#d0d7de"/>')
        parts.append(_text(LEFT - 6, at + 4, f"{10.0**power:g} ms", anchor="end"))
    for one in measured:
        facts = one["facts_million"]
        parts.append(_text(x(facts), HEIGHT - 16, f"{facts:.3g} M", anchor="middle"))
    ends = []
    for name, (said, colour) in LINES.items():
        points = [(x(one["facts_million"]), y(one[name])) for one in measured if name in one]
        if not points:
            continue
        drawn = " ".join(f"{left:.1f},{top:.1f}" for left, top in points)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        ends.append((*points[-1], said, colour))
    parts += [_text(left + 8, top, said, colour=colour) for left, top, said, colour in _apart(ends)]
    return "\n".join([*parts, "</svg>", ""])


def _apart(ends: Sequence[tuple[float, float, str, str]]) -> list[tuple[float, float, str, str]]:
    """Labels at the ends of lines, from the top down, none on another."""
    placed: list[tuple[float, float, str, str]] = []
    for left, top, said, colour in sorted(ends):
        above = placed[-1] if placed and placed[-1][0] == left else None
        lowest = above[1] + LINE_HEIGHT if above else top
        placed.append((left, max(top + 4, lowest), said, colour))
    return placed


def _text(x: float, y: float, said: str, *, anchor: str = "start", colour: str = "#57606a") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{said}</text>'


if __name__ == "__main__":
    sys.exit(main([int(many) for many in sys.argv[1:]] or SIZES))
