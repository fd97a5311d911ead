"""One cell → a text, a number or a moment; ``CellError`` says what is wrong and what to do."""

from __future__ import annotations

import math
import re
from datetime import date, time

from yunce.engines.platforms._base import Scale
from yunce.engines.platforms._parsed import Severity
from yunce.engines.platforms._tables import Cell
from yunce.kit.numbers import parse_number
from yunce.kit.text import comparable, tidy
from yunce.kit.wording import gettext as _

_MISSING = frozenset(
    (
        *("", "-", "--", "---", "—", "——", "–", "/", "\\"),
        *("n/a", "na", "null", "none", "nan", "无", "暂无", "暂无数据", "未统计"),
        *("计算中", "统计中", "数据计算中"),
    )
)
_TOTALS = frozenset(("合计", "累计", "总计", "总和", "汇总", "小计", "全部", "total", "totals"))
_LONGEST_LABEL = 40  # letters; a longer cell is no mark of a missing value and no total's label
_AT_LEAST = re.compile(r"\d[\d.,]*\s?[万亿wk]?\+")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)")
_SPOKEN = re.compile(
    r"(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|min|m))?(?:([\d.,]+)(?:秒钟|秒|sec|s))?"
)


class CellError(ValueError):
    """A cell that cannot be used."""

    def __init__(self, message: str, hint: str, *, severity: Severity = "error") -> None:
        super().__init__(message)
        self.message = message  # zh: what is wrong
        self.hint = hint  # zh: what to do
        self.severity = severity  # a warning where nobody can put it right: it stops no import


def shown(cell: Cell) -> str:
    """A cell as a person reads it in the sheet, for titles and for naming it in a problem."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def is_missing(cell: Cell) -> bool:
    """Empty, a dash, 计算中: the platform has no value here. That is not zero."""
    if isinstance(cell, float) and math.isnan(cell):
        return True
    if not isinstance(cell, str):
        return cell is None
    return len(cell) <= _LONGEST_LABEL and comparable(cell) in _MISSING


def is_total_label(cell: Cell) -> bool:
    """合计, 累计, Total …: the row adds up others and must not be counted beside them."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_LABEL:
        return False
    return comparable(cell).rstrip(":") in _TOTALS


def read_value(cell: Cell, scale: Scale) -> float:
    """The number in a cell of a column of this scale: rates as fractions, durations in seconds."""
    value = _seconds(cell) if scale == "seconds" else _number(cell, scale)
    if not math.isfinite(value):
        raise _not_a_number()
    return value


def _number(cell: Cell, scale: Scale) -> float:
    if isinstance(cell, (bool, date, time)) or cell is None:
        raise _not_a_number()
    percent = isinstance(cell, str) and "%" in comparable(cell)
    value = _written(cell) if isinstance(cell, str) else float(cell)
    if scale == "number" and percent:
        raise CellError(
            _("这一列是数量，这里却写着百分比"), _("请改成数量，或把这一列对应到比例类指标。")
        )
    if scale == "percent" and not percent:
        return value / 100
    if scale == "fraction" and not percent and value > 1:
        raise CellError(
            _("比例大于 1，相当于超过 100%"),
            _("这一列的比例应写成小数（0.065）或带百分号（6.5%），请改正后重新上传。"),
        )
    return value


def _written(text: str) -> float:
    try:
        return float(parse_number(tidy(text)))
    except (ValueError, OverflowError) as error:
        if _AT_LEAST.fullmatch(comparable(text)):
            raise _only_at_least() from error
        raise _not_a_number() from error


def _only_at_least() -> CellError:
    """10万+ is no value: kept as 100,000 it would be summed and compared as if it were one."""
    return CellError(
        _("这里只写了至少有多少，没有确切的数"),
        _("这一格没有导入。需要时请从平台后台导出确切的数，或核对后改成数字。"),
        severity="warning",
    )


def _not_a_number() -> CellError:
    return CellError(
        _("这里应该是数字"), _("请改成数字；没有数据时留空或写「-」，不要写文字说明。")
    )


def _seconds(cell: Cell) -> float:
    """9.2 · 32.50秒 · 1分20秒 · 00:04:34 · 4:34 (minutes first) → seconds."""
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    if not isinstance(cell, str):
        return _number(cell, "number")
    text = comparable(cell).replace(" ", "")
    parts = _CLOCK.fullmatch(text) or _SPOKEN.fullmatch(text)
    if parts is None:
        return _number(cell, "number")
    hours, minutes, seconds = (_written(part) if part else 0.0 for part in parts.groups())
    return hours * 3600 + minutes * 60 + seconds
