"""A template drawn once and filled many times, for pieces a page has hundreds of.

A cell of a table of 300 rows is the same markup with another number and another text in it. A
stencil renders its template once with a mark in each such place; filling it in is plain text
work, a hundred times quicker. The markup stays in its template, which draws single pieces too.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
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


class Stencils:
    """A template's stencils: one for each set of values that are there and of fixed words.

    ``words`` are the page's, the same for every piece. The template asks for everything by a name
    of its own, so that ``render`` with the same words and values draws a single piece.
    """

    def __init__(self, template: str, words: Mapping[str, object]) -> None:
        self._template = template
        self._words = words
        self._known: dict[tuple[Hashable, ...], Stencil] = {}

    def draw(self, values: Mapping[str, str], fixed: Mapping[str, Hashable]) -> SafeString:
        """``fixed`` words decide on the markup; of a value only whether it is empty does."""
        key = (*map(bool, values.values()), *fixed.values())
        if key not in self._known:
            marks = {name: mark(name) if value else "" for name, value in values.items()}
            self._known[key] = Stencil(self._template, {**self._words, **fixed, **marks})
        return self._known[key].fill(values)


def _escaped(value: str) -> str:
    # Not Django's: it asks first whether the value is a lazy translation, thousands of times.
    return value if isinstance(value, SafeString) else escape(value)
