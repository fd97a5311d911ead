"""How much room text takes: a Chinese character is two units wide, a Latin one about one."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

_WIDE = frozenset("WFA")  # A: “”—…×, drawn full width by Chinese fonts


def text_width(text: str) -> int:
    """Width in character units.

    >>> text_width("互动率 9%"), text_width("——")
    (9, 4)
    """
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text)


def line_count(text: str, width: float) -> int:
    """Lines the text wraps to; two units are lost because punctuation may not start a line."""
    usable = max(width - 2.0, 2.0)
    return sum(max(1, math.ceil(text_width(line) / usable)) for line in text.split("\n"))


def stretched(widths: Sequence[float], total: float) -> tuple[float, ...]:
    """The widths in proportion, filling the page."""
    scale = total / sum(widths)
    return tuple(round(width * scale, 2) for width in widths)
