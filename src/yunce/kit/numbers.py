"""Numbers as Chinese operators write and read them: 3,456 · 1.2万 · 12% · −3.

Shares and rates are kept as fractions (0.08) and shown as per cent (8%).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

MISSING = "—"
MINUS = "\N{MINUS SIGN}"
_SCALES = {"千": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(r"([+-]?)(\d[\d,]*\.?\d*|\.\d+)\s*(千|万|w|亿|)\s*(%|)", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})*(\.\d*)?|\d*\.?\d*")


class Unit(StrEnum):
    """How a metric's value is written. Values are kept in the base unit named here."""

    COUNT = "count"  # whole things: people, pieces, reads
    PERCENT = "percent"  # kept as a fraction, shown × 100 with %
    YUAN = "yuan"  # renminbi
    SECOND = "second"
    SCORE = "score"  # an index without a unit


def parse_number(text: str) -> Decimal:
    """Read a written number; ``12%`` is 0.12, ``1.2万`` is 12000. ValueError when it is none.

    >>> parse_number("1.2万"), parse_number("3,456"), parse_number("12%")
    (Decimal('12000.0'), Decimal('3456'), Decimal('0.12'))
    """
    plain = unicodedata.normalize("NFKC", text).replace(MINUS, "-").replace("–", "-").strip()
    written = _NUMBER.fullmatch(plain)
    if written is None or not _GROUPED.fullmatch(written[2]):
        raise ValueError(f"{text!r} is not a number")
    sign, digits, scale, percent = written.groups()
    try:
        value = Decimal(sign + digits.replace(",", ""))
    except InvalidOperation as error:  # pragma: no cover - the pattern admits numbers only
        raise ValueError(f"{text!r} is not a number") from error
    value *= _SCALES.get(scale.lower(), 1)
    return value / 100 if percent else value


def parse_value(text: str, unit: Unit) -> Decimal:
    """Read a value typed into a field of this unit; a bare number in a per-cent field is per cent.

    >>> parse_value("8", Unit.PERCENT), parse_value("8%", Unit.PERCENT)
    (Decimal('0.08'), Decimal('0.08'))
    """
    value = parse_number(text)
    typed_percent = unicodedata.normalize("NFKC", text).rstrip().endswith("%")
    if unit is not Unit.PERCENT and typed_percent:
        raise ValueError(f"{text!r} is a percentage, but this number is not")
    return value / 100 if unit is Unit.PERCENT and not typed_percent else value


def round_half_up(value: Decimal, digits: int = 0) -> Decimal:
    """Round the way people do: 0.5 goes away from zero (Python's round goes to even)."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _grouped(value: Decimal, digits: int) -> str:
    """Thousands separators, at most ``digits`` decimals, no trailing zeros, a true minus."""
    rounded = round_half_up(value, digits)
    text = f"{rounded:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", MINUS)


def as_decimal(value: Decimal | float | int) -> Decimal:
    """A float becomes the decimal it prints as (0.1, not 0.1000000000000000055)."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def format_value(
    value: Decimal | float | int | None, unit: Unit | str = Unit.COUNT, *, digits: int | None = None
) -> str:
    """A value for a table: 12,000 · 9.2% · ¥3,000 · 3 秒; missing is —."""
    if value is None or value != value:
        return MISSING
    exact = as_decimal(value)
    match Unit(unit):
        case Unit.PERCENT:
            return _grouped(exact * 100, 2 if digits is None else digits) + "%"
        case Unit.YUAN:
            text = _grouped(exact, 2 if digits is None else digits)
            return f"{MINUS}¥{text[1:]}" if text.startswith(MINUS) else f"¥{text}"
        case Unit.SECOND:
            return f"{_grouped(exact, 2 if digits is None else digits)} 秒"
        case _:
            return _grouped(exact, 2 if digits is None else digits)


def format_prose(value: Decimal | float | int | None) -> str:
    """A count inside a sentence or on an axis: 9,800 · 1.5万 · 1.2亿."""
    if value is None:
        return MISSING
    exact = as_decimal(value)
    for scale, word in ((100_000_000, "亿"), (10_000, "万")):
        if abs(exact) >= scale:
            return _grouped(exact / scale, 1) + word
    return _grouped(exact, 2)


def format_signed(value: Decimal | float | int, unit: Unit | str = Unit.COUNT) -> str:
    """A difference with its sign: +600 · −8; of per-cent values in 百分点 (never %)."""
    exact = as_decimal(value)
    if Unit(unit) is Unit.PERCENT:
        text = f"{_grouped(exact * 100, 2)} 百分点"
    else:
        text = format_value(exact, unit)
    is_zero = not any(digit in text for digit in "123456789")
    return text if exact < 0 or is_zero else f"+{text}"
