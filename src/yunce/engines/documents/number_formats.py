"""The number formats a cell may have, and the text they give where no spreadsheet formats it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from yunce.engines.documents.formulas import Formula
from yunce.kit.numbers import MINUS, MISSING, as_decimal, round_half_up

Number = Decimal | float | int

_LITERAL = r'((?:"[^"]*")?)'
_PATTERN = re.compile(rf"{_LITERAL}(#,##0|0)(\.0+)?(%?){_LITERAL}")
_DATES: dict[str, Callable[[date], str]] = {
    "yyyy-mm-dd": lambda day: f"{day:%Y-%m-%d}",
    "yyyy/m/d": lambda day: f"{day.year}/{day.month}/{day.day}",
    "m/d": lambda day: f"{day.month}/{day.day}",
}
DEFAULT_DATE = "yyyy-mm-dd"


def is_number_format(text: str) -> bool:
    """Whether both a spreadsheet and ``number_text`` can draw it: 0 · 0.0% · #,##0" 篇"."""
    return _PATTERN.fullmatch(text) is not None


def is_date_format(text: str) -> bool:
    """Whether it is one of the date formats known here."""
    return text in _DATES


def default_number_format(value: Number) -> str:
    """Thousands separators; two decimals only when there are some."""
    return "#,##0" if value == int(value) else "#,##0.00"


def known_number(value: object) -> Number | None:
    """The value when it is a number one can write down; infinities and NaN are unknown."""
    if isinstance(value, Decimal | int):
        return value if Decimal(value).is_finite() else None
    return value if isinstance(value, float) and math.isfinite(value) else None


def number_text(value: Number, number_format: str) -> str:
    """A number as a spreadsheet would show it, rounded half up, with a true minus.

    >>> number_text(Decimal("1.105"), "0%"), number_text(12000, '#,##0" 人"')
    ('111%', '12,000 人')
    """
    found = _PATTERN.fullmatch(number_format or default_number_format(value))
    if found is None:
        raise ValueError(f"{number_format!r} is not a number format known here")
    before, whole, decimals, percent, after = found.groups()
    digits = len(decimals or ".") - 1
    exact = round_half_up(as_decimal(value) * (100 if percent else 1), digits)
    text = f"{abs(exact):,f}" if "," in whole else f"{abs(exact):f}"
    sign = MINUS if exact < 0 else ""
    return sign + before.strip('"') + text + percent + after.strip('"')


def plain_text(value: str | Number | date | Formula | None, number_format: str) -> str:
    """Any cell's value as text, for formats that cannot compute or format."""
    if isinstance(value, Formula):
        return plain_text(value.value, number_format) or MISSING
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return _DATES[number_format or DEFAULT_DATE](value)
    number = known_number(value)
    return MISSING if number is None else number_text(number, number_format)
