"""Whole columns of cells at once → numbers, moments, texts. What is not plain is left to care.

Nothing here decides what a doubtful cell means: it is marked, and its row is read cell by cell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yunce.engines.platforms._cells import CellError, is_missing, shown
from yunce.engines.platforms._days import read_moment
from yunce.engines.platforms._headers import PlacedColumn
from yunce.engines.platforms._tables import Cell
from yunce.engines.platforms._values import ROUNDED, is_something_else, read_checked
from yunce.kit.days import EARLIEST
from yunce.kit.text import comparable

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - Beijing time, without its zone
_DAY = 86_400
_PLAIN = b"0123456789.-\n"  # what float() takes of these, the careful reader takes too
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_DIGIT_PLACES = {  # 2025-01-01, 2025-01-01 08:00, 2025-01-01 08:00:00
    10: (0, 1, 2, 3, 5, 6, 8, 9),
    16: (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15),
    19: (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18),
}


@dataclass(frozen=True)
class Numbers:
    """A column's values, scaled; NaN where there is none."""

    values: Floats
    odd: Mask  # cells that need a row read by itself
    rounded: Mask  # written as 1.2万

    def only(self, which: Mask) -> Numbers:
        return Numbers(self.values[which], self.odd[which], self.rounded[which])


@dataclass(frozen=True)
class Moments:
    """Seconds since 1970 in Beijing time; of a mere day its midnight."""

    seconds: Whole
    odd: Mask  # missing, or no date that can be

    @property
    def days(self) -> Whole:
        return self.seconds // _DAY


def read_numbers(cells: Sequence[Cell], column: PlacedColumn) -> Numbers:
    """What ``read_values`` would keep of each cell."""
    found = _plain_numbers(cells)
    if found is None or any(ending[-1:] in "0123456789.-" for ending, _m in column.instead):
        return _careful_numbers(cells, column)
    values = found / 100 if column.scale == "percent" else found
    odd = np.isinf(found)
    if column.scale == "fraction":
        odd |= found > 1
    if column.factor != 1.0:
        values = values * column.factor
    if not column.signed:
        odd |= values < 0
    if odd.any():
        values = np.where(odd, np.nan, values)
    return Numbers(values, odd, np.broadcast_to(np.False_, len(cells)))


def _plain_numbers(cells: Sequence[Cell]) -> Floats | None:
    """None unless every cell is a number, a text of nothing but digits, or empty."""
    kinds = set(map(type, cells))
    if kinds <= {float, int}:
        try:
            return np.fromiter(cells, np.float64, len(cells))
        except OverflowError:
            return None
    if kinds - {str, type(None)}:
        return None
    there = cells if type(None) not in kinds else [cell for cell in cells if cell is not None]
    text = "\n".join(there)  # type: ignore[arg-type]  # nothing but texts is left
    if not text.isascii() or text.encode().translate(None, _PLAIN):
        return None
    try:
        found = np.fromiter(map(float, there), np.float64, len(there))  # type: ignore[arg-type]
    except ValueError:
        return None
    if len(there) == len(cells):
        return found
    values = np.full(len(cells), np.nan)
    values[np.fromiter((cell is not None for cell in cells), np.bool_, len(cells))] = found
    return values


def _careful_numbers(cells: Sequence[Cell], column: PlacedColumn) -> Numbers:
    """Cell by cell, each spelling once."""
    values, odd = np.full(len(cells), np.nan), np.zeros(len(cells), np.bool_)
    rounded = np.zeros(len(cells), np.bool_)
    known: dict[str, float | None] = {}
    for place, cell in enumerate(cells):
        if cell is None:
            continue
        if isinstance(cell, str) and cell in known:
            value = known[cell]
        else:
            value = _careful_number(cell, column)
            if isinstance(cell, str):
                known[cell] = value
        if value is None:
            odd[place] = True
        else:
            values[place] = value
            rounded[place] = isinstance(cell, str) and cell.strip().endswith(ROUNDED)
    return Numbers(values, odd, rounded & ~np.isnan(values))


def _careful_number(cell: Cell, column: PlacedColumn) -> float | None:
    """NaN where nothing stands; None where the row must be read by itself."""
    if is_missing(cell):
        return np.nan
    if is_something_else(column, cell):
        return None
    try:
        return read_checked(column, cell)
    except CellError:
        return None


def read_moments(cells: Sequence[Cell], *, today: date) -> Moments:
    """What ``read_moment`` would say of each cell."""
    seconds = _plain_moments(cells)
    if seconds is None:
        return _careful_moments(cells, today)
    first = (EARLIEST - _EPOCH.date()).days * _DAY
    end = ((today - _EPOCH.date()).days + 2) * _DAY
    return Moments(seconds, (seconds < first) | (seconds >= end))


def _plain_moments(cells: Sequence[Cell]) -> Whole | None:
    """None unless all cells are texts written one way, and all are days there are."""
    if set(map(type, cells)) != {str}:
        return None
    lengths = set(map(len, cells))  # type: ignore[arg-type]  # texts
    places = _DIGIT_PLACES.get(lengths.pop()) if len(lengths) == 1 else None
    text = "".join(cells) if places else ""  # type: ignore[arg-type]
    if places is None or not text.isascii():
        return None
    signs = np.frombuffer(text.encode(), np.uint8).reshape(len(cells), -1)
    digits = signs[:, places] - np.uint8(ord("0"))
    if (digits > 9).any() or not _are_separated(signs):
        return None
    return _seconds_of(digits.astype(np.int64))


def _are_separated(signs: NDArray[np.uint8]) -> bool:
    expected = {4: b"-/.", 7: b"-/.", 10: b" Tt", 13: b":", 16: b":"}
    return all(
        bool(np.isin(signs[:, place], np.frombuffer(some, np.uint8)).all())
        for place, some in expected.items()
        if place < signs.shape[1]
    )


def _seconds_of(digits: Whole) -> Whole | None:
    """None when a month has no such day, a day no such hour."""
    years = digits[:, :4] @ np.array([1000, 100, 10, 1])
    pairs = [digits[:, n] * 10 + digits[:, n + 1] for n in range(4, digits.shape[1], 2)]
    month, day, *clock = pairs
    if (month < 1).any() or (month > 12).any() or (day < 1).any() or (years < 1).any():
        return None
    months = ((years - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    if (days.astype("datetime64[M]") != months).any():
        return None
    seconds: Whole = days.astype(np.int64) * _DAY
    for part, limit, unit in zip(clock, (24, 60, 60), (3600, 60, 1), strict=False):
        if (part >= limit).any():
            return None
        seconds = seconds + part * unit
    return seconds


def _careful_moments(cells: Sequence[Cell], today: date) -> Moments:
    """Cell by cell, each spelling once."""
    seconds, odd = np.zeros(len(cells), np.int64), np.zeros(len(cells), np.bool_)
    known: dict[str, int | None] = {}
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell not in known:
                known[cell] = _careful_moment(cell, today)
            found = known[cell]
        else:
            found = _careful_moment(cell, today)
        if found is None:
            odd[place] = True
        else:
            seconds[place] = found
    return Moments(seconds, odd)


def _careful_moment(cell: Cell, today: date) -> int | None:
    if is_missing(cell):
        return None
    try:
        moment = read_moment(cell, today=today)
    except CellError:
        return None
    return seconds_of(moment)


def seconds_of(moment: datetime) -> int:
    return (moment.replace(tzinfo=None) - _EPOCH) // timedelta(seconds=1)


def written_moments(seconds: Whole) -> list[str]:
    """2026-07-11T03:09:05, each."""
    written: list[str] = np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()
    return written


def read_texts(cells: Sequence[Cell]) -> Sequence[str]:
    """Each cell as ``shown``."""
    if set(map(type, cells)) == {str} and _are_tidy(cells):  # type: ignore[arg-type]  # texts
        return cells  # type: ignore[return-value]
    return [shown(cell) for cell in cells]


def comparables(texts: Sequence[str]) -> list[str]:
    """Each text as ``comparable``."""
    joined = "\0".join(texts)
    plain = unicodedata.normalize("NFKC", joined).casefold()
    if joined.count("\0") != len(texts) - 1 or not _is_tidy(plain):
        return [comparable(text) for text in texts]
    return plain.split("\0")


def _are_tidy(texts: Sequence[str]) -> bool:
    joined = "\0".join(texts)
    return joined.count("\0") == len(texts) - 1 and _is_tidy(joined)


def _is_tidy(joined: str) -> bool:
    """Tidying would change none of the texts, which are joined by ``\\0``."""
    if "\0 " in joined or " \0" in joined or any(sign in joined for sign in _UNSEEN):
        return False
    return " ".join(joined.split()) == joined


def coded(cells: Sequence[Any], meaning: Callable[[Any], str], words: dict[str, int]) -> Whole:
    """For each cell the place of its meaning among the words, which grow."""
    if set(map(type, cells)) - {str, type(None)}:  # 1, 1.0 and True are one key, but not one text
        found = [words.setdefault(meaning(cell), len(words)) for cell in cells]
        return np.array(found, np.int64)
    places = {cell: words.setdefault(meaning(cell), len(words)) for cell in dict.fromkeys(cells)}
    return np.fromiter(map(places.__getitem__, cells), np.int64, len(cells))
