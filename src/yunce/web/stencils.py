"""A template drawn once and filled many times, for pieces a page has hundreds of.

A cell of a table of 300 rows is the same markup with another number and another text in it. A
stencil renders its template once with a mark in each such place; filling it in is plain text
work, a hundred times quicker. The markup stays in its template, which draws single pieces too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from itertools import zip_longest

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# Two characters of the private use area, which no text of ours contains and no filter changes.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_MARK = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")


def mark(name: str) -> SafeString:
    """Stands in the template's words for what is filled in later.

    >>> mark("title") == "\\ue0f0title\\ue0f1"
    True
    """
    return SafeString(f"{_OPEN}{name}{_CLOSE}")


class Stencil:
    """What a template makes of words with marks in them."""

    def __init__(self, template: str, words: Mapping[str, object]) -> None:
        pieces = _MARK.split(render_to_string(template, dict(words)))
        self.names = frozenset(pieces[1::2])
        literal = [piece.replace("%", "%%") for piece in pieces[::2]]
        marks = [f"%({name})s" for name in pieces[1::2]]
        self._form = "".join(map("".join, zip_longest(literal, marks, fillvalue="")))

    def fill(self, values: Mapping[str, str]) -> SafeString:
        """The piece with these values; what is not HTML yet is escaped."""
        filled = {name: _escaped(values[name]) for name in self.names}
        return SafeString(self._form % filled)


def _escaped(value: str) -> str:
    # Not Django's: it asks first whether the value is a lazy translation, thousands of times.
    return value if isinstance(value, SafeString) else escape(value)
