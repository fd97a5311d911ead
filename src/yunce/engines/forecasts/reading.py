"""Long tables (``account,day,value``) and Monash ``.tsf`` files → panels."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from yunce.engines.forecasts.panel import Panel, panel_of
from yunce.kit.wording import gettext as _

COLUMNS = ("account", "day", "value")
MISSING = ("", "?", "-", "--", "nan", "NaN", "NULL", "null")


class PanelFileError(ValueError):
    """A file that is no panel; the message says where and what to do."""


def read_panel(path: Path) -> Panel:
    """PanelFileError names the line that cannot be read. Missing values stay gaps."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PanelFileError(_("打不开 {path}：{why}").format(path=path, why=error)) from error
    except UnicodeDecodeError:
        text = path.read_text(encoding="gb18030", errors="replace")
    rows = _tsf(text) if path.suffix.lower() == ".tsf" else _long(text)
    listed = list(rows)
    if not listed:
        raise PanelFileError(_("{path} 里没有数据行。").format(path=path.name))
    return panel_of(listed)


def _long(text: str) -> Iterator[tuple[str, date, float]]:
    lines = csv.reader(text.splitlines())
    header = [name.strip().lower() for name in next(lines, [])]
    if missing := [name for name in COLUMNS if name not in header]:
        sentence = _("第 1 行要有 account,day,value 三列，缺 {missing}。")
        raise PanelFileError(sentence.format(missing="、".join(missing)))
    at = [header.index(name) for name in COLUMNS]
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            account, day, value = (cells[index].strip() for index in at)
            yield account, date.fromisoformat(day[:10]), _number(value)
        except (IndexError, ValueError) as error:
            sentence = _("第 {number} 行读不懂：{cells}。日期写成 2025-05-01，数值写成数字。")
            raise PanelFileError(sentence.format(number=number, cells=",".join(cells))) from error


def _tsf(text: str) -> Iterator[tuple[str, date, float]]:
    """Daily series with a name and a start; attributes in the order the header gives."""
    names: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("@attribute"):
            names.append(line.split()[1])
        if not line.strip() or line.startswith(("#", "@")):
            continue
        *told, values = line.split(":")
        known = dict(zip(names, told, strict=False))
        start = known.get("start_timestamp", "1970-01-01")[:10]
        try:
            first = date.fromisoformat(start)
            series = [_number(cell) for cell in values.split(",")]
        except ValueError as error:
            raise PanelFileError(_("第 {number} 行读不懂。").format(number=number)) from error
        name = known.get("series_name", f"T{number}")
        for step, value in enumerate(series):
            yield name, first + timedelta(days=step), value


def _number(text: str) -> float:
    return float("nan") if text.strip() in MISSING else float(text.replace(",", ""))
