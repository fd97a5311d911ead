"""The XML of a long sheet, read by column where it is written as programs write it.

calamine takes a second and more for a million cells and makes an object of each. Here all cells
of a stretch are looked at together, and every tag of it is accounted for: a cell is a place, a
style, a kind, and one value. What is written in any other way is left to calamine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from yunce.engines.platforms._reading.limits import MAX_CELLS
from yunce.engines.platforms._reading.signs import (
    NotPlainError,
    Places,
    Signs,
    Tags,
    counted,
    demand,
    gathered,
)
from yunce.engines.platforms._reading.strings import KEPT, plain_texts

NUMBER, SHARED, OWN = 0, 1, 2  # kinds of cells; OWN: the text stands in the cell itself
NO_STYLE = -1
_STRETCH = 1 << 18  # bytes looked at together: they stay near the processor
_START, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_FULL, _OWN = (b"v>", b"/v>", b"/c>"), (b"is>", b"t", b"/t>", b"/is>", b"/c>")  # behind <c …>
_KINDS = {b"": NUMBER, b"n": NUMBER, b"s": SHARED, b"inlineStr": OWN}
_STYLE, _KIND = rb'(?: s="([0-9]{1,5})")', rb'(?: t="(s|n|inlineStr)")'
_WAY = re.compile(_STYLE + b"?" + _KIND + b"?|" + _KIND + _STYLE)
_MOST_WAYS = 64  # in which cells of one stretch are styled
_LONGEST_WAY = 24  # bytes of s="12345" t="inlineStr"
_PRESERVED = b' xml:space="preserve"'
_DIGITS = b"0123456789.-+eE<"
_MOST_COLUMNS = 1 << 14  # of any sheet
_COLUMN_LETTERS, _ROW_DIGITS, _PLACE_DIGITS = 3, 7, 9


@dataclass(frozen=True)
class PlainCells:
    """The cells of a sheet that hold a value, from the top, in each row from the left."""

    rows: NDArray[np.int32]  # from 0
    columns: NDArray[np.uint16]  # from 0
    kinds: NDArray[np.uint8]
    values: NDArray[np.float64]  # a number, or the place of a text among its kind
    looks: NDArray[np.int32]  # the style of each number, NO_STYLE where it has none
    texts: list[str | None]  # of cells that hold their own

    @property
    def styles(self) -> list[int]:
        """Of its numbers: some may make dates of them."""
        found: list[int] = np.unique(self.looks[self.kinds == NUMBER]).tolist()
        return found

    @classmethod
    def joined(cls, parts: Sequence[PlainCells]) -> PlainCells:
        parts = [part for part in parts if len(part.rows)]
        if not parts:
            raise NotPlainError("no cells")
        if any(above.rows[-1] >= below.rows[0] for above, below in pairwise(parts)):
            raise NotPlainError("rows out of order")
        before = accumulate((len(part.texts) for part in parts), initial=0)
        values = [
            np.where(part.kinds == OWN, part.values + first, part.values)
            for part, first in zip(parts, before, strict=False)
        ]
        return cls(
            rows=np.concatenate([part.rows for part in parts]),
            columns=np.concatenate([part.columns for part in parts]),
            kinds=np.concatenate([part.kinds for part in parts]),
            values=np.concatenate(values),
            looks=np.concatenate([part.looks for part in parts]),
            texts=[text for part in parts for text in part.texts],
        )


def read_cells(body: bytes) -> PlainCells:
    """NotPlainError unless all of it is proven to be plain."""
    start, end = body.find(_START), body.rfind(_END)
    head, tail = body[:start], body[end + len(_END) :]
    if start < 0 or end < start or b"<!" in head or b"<!" in tail or b"sheetData" in tail:
        raise NotPlainError("no single table of cells")
    signs, count = np.frombuffer(body, np.uint8), 0
    parts: list[PlainCells] = []
    for stretch in _stretches(body, start + len(_START), end):
        parts.append(_read(body, Tags.of(signs, *stretch)))
        count += len(parts[-1].rows)
        if count > MAX_CELLS:
            raise NotPlainError("too many cells")
    return PlainCells.joined(parts)


def _stretches(body: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Whole rows."""
    while start < end:
        stop = end
        if start + _STRETCH < end:
            stop = body.rfind(_ROW_END, start, start + _STRETCH) + len(_ROW_END)
            if stop < start:
                raise NotPlainError("a very long row")
        yield start, stop
        start = stop


def _read(body: bytes, tags: Tags) -> PlainCells:
    cells = tags.called("c")
    behind = tags.behind(cells, b'c r="')
    if len(cells) and cells[-1] + 1 >= len(tags.opens):
        raise NotPlainError("a cell without an end")
    inner = tags.first[cells + 1]
    is_full, is_own = inner == ord("v"), inner == ord("i")
    held = is_full | is_own
    _check_all_tags(tags, cells[is_full], cells[is_own], cells[~held])
    rows, columns, behind = _places(tags.signs, behind)
    holders, is_own = cells[held], is_own[held]
    kinds, looks = _kinds(body, tags.signs, behind[held], tags.opens[holders + 1] - 1)
    if ((kinds == OWN) != is_own).any():
        raise NotPlainError("a cell of another kind than its value")
    begin = np.where(is_own, tags.opens[holders + 1 + is_own], tags.opens[holders + 1]) + 3
    values, texts = _values(tags.signs, begin, tags.opens[holders + 2 + is_own], kinds)
    return PlainCells(
        rows[held].astype(np.int32), columns[held].astype(np.uint16), kinds, values, looks, texts
    )


def _check_all_tags(tags: Tags, full: Places, own: Places, empty: Places) -> None:
    """Nothing stands there but rows, cells with a value or a text, and empty cells."""
    for which, names in ((full, _FULL), (own, _OWN)):
        for number, name in enumerate(names, start=1):
            tags.behind(which + number, name)
    rows, ends = tags.called("r"), tags.called("/")
    tags.behind(rows, b"row")
    of_rows = ends[tags.signs[tags.opens[ends] + 2] == ord("r")]
    tags.behind(of_rows, b"/row>")
    demand(tags.signs, tags.opens[empty + 1] - 2, b"/>")
    known = len(full) * 4 + len(own) * 6 + len(empty) + len(rows) + len(of_rows)
    if len(tags.opens) != known:
        raise NotPlainError("other tags among the cells")


def _places(signs: Signs, at: Places) -> tuple[Places, Places, Places]:
    """Rows and columns of names such as AB12, and the places right behind their quotes."""
    columns, at = counted(signs, at, "A", 26, _COLUMN_LETTERS, lowest=1)
    rows, at = counted(signs, at, "0", 10, _ROW_DIGITS)
    demand(signs, at, b'"')
    if (rows < 1).any() or (columns < 1).any() or (columns > _MOST_COLUMNS).any():
        raise NotPlainError("a cell without a place")
    order = rows * _MOST_COLUMNS + columns
    if (order[1:] <= order[:-1]).any():
        raise NotPlainError("cells out of order")
    return rows - 1, columns - 1, at + 1


def _kinds(
    body: bytes, signs: Signs, begin: Places, end: Places
) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Of each cell its kind, of numbers also the style. Between two places stands what tells."""
    kinds, looks = np.zeros(len(begin), np.uint8), np.full(len(begin), NO_STYLE, np.int32)
    left, lengths = np.arange(len(begin)), end - begin
    for _way in range(_MOST_WAYS):
        if not len(left):
            return kinds, looks
        place, length = int(begin[left[0]]), int(lengths[left[0]])
        way = body[place : place + length] if 0 <= length <= _LONGEST_WAY else b"?"
        found = _WAY.fullmatch(way)
        if found is None:
            raise NotPlainError(f"a cell of another kind: {way!r}")
        same = lengths[left] == length
        places = begin[left[same]]
        alike = np.ones(len(places), np.bool_)
        for offset, sign in enumerate(way):
            alike &= signs[places + offset] == sign
        same[same] = alike
        kind = _KINDS[found[2] or found[3] or b""]
        kinds[left[same]] = kind
        if kind == NUMBER:
            looks[left[same]] = int(found[1] or found[4] or NO_STYLE)
        left = left[~same]
    raise NotPlainError("too many styles")


def _values(
    signs: Signs, begin: Places, end: Places, kinds: NDArray[np.uint8]
) -> tuple[NDArray[np.float64], list[str | None]]:
    """What the cells hold between these places, and the texts of those that hold their own."""
    values, texts = np.zeros(len(begin), np.float64), []
    shared, own, numbers = (kinds == kind for kind in (SHARED, OWN, NUMBER))
    if shared.any():
        values[shared] = _string_places(signs, begin[shared], end[shared])
    if numbers.any():
        values[numbers] = _numbers(signs, begin[numbers], end[numbers])
    if own.any():
        texts = _own_texts(signs, begin[own], end[own])
        values[own] = np.arange(len(texts))
    return values, texts


def _string_places(signs: Signs, begin: Places, end: Places) -> Places:
    places, behind = counted(signs, begin, "0", 10, _PLACE_DIGITS)
    if (behind != end).any() or (behind == begin).any():
        raise NotPlainError("the place of a string is no number")
    return places


def _numbers(signs: Signs, begin: Places, end: Places) -> list[float]:
    """Each as Python reads it, which rounds as calamine does."""
    text = gathered(signs, begin, end)
    if text.translate(None, _DIGITS):
        raise NotPlainError("a number in words")
    try:
        return [*map(float, text.split(b"<"))]
    except ValueError as error:
        raise NotPlainError(str(error)) from error


def _own_texts(signs: Signs, begin: Places, end: Places) -> list[str | None]:
    """``begin``: right behind ``<t>``, unless it says that its spaces count."""
    is_kept = signs[begin - 1] != ord(">")
    demand(signs, begin[is_kept] - 1, _PRESERVED + b">")
    begin = begin + is_kept * len(_PRESERVED)
    texts = gathered(signs, begin, end).split(b"<")
    for place in np.flatnonzero(is_kept).tolist():
        texts[place] = KEPT.encode() + texts[place]
    return plain_texts(b"<".join(texts))
