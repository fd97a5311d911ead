"""One block of rows → those of them that are clean, by column, and which are doubtful."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yunce.engines.platforms._base import Role
from yunce.engines.platforms._cells import shown
from yunce.engines.platforms._columns import (
    Moments,
    Numbers,
    coded,
    comparables,
    read_moments,
    read_numbers,
    read_texts,
    written_moments,
)
from yunce.engines.platforms._days import SHANGHAI
from yunce.engines.platforms._kept import kept
from yunce.engines.platforms._layout import Layout
from yunce.engines.platforms._rows import form_of
from yunce.engines.platforms._tables import Cell
from yunce.engines.platforms._values import segment_of
from yunce.engines.platforms._warnings import BOUNDS, LAGGING

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
Column = Sequence[Cell]
_EPOCH_DAY = date(1970, 1, 1)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the zone follows
_TEXTS: tuple[Role, ...] = ("title", "id", "url")


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH_DAY).days


def numbered_day(number: int) -> date:
    return _EPOCH_DAY + timedelta(days=number)


def moment_of(seconds: int) -> datetime:
    return (_EPOCH + timedelta(seconds=seconds)).replace(tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Block:
    """The clean rows of one block."""

    rows: Whole
    days: Whole
    published: Whole  # seconds since 1970
    segments: Whole
    forms: Whole
    keys: Sequence[str]  # natural keys of posts; none in a table of the account
    marks: Whole  # of the keys: equal ones have equal marks
    texts: Mapping[Role, Column]  # what is looked at only when a post is
    numbers: tuple[Numbers, ...]

    def only(self, which: Mask) -> Block:
        if which.all():
            return self
        kept = np.nonzero(which)[0].tolist()
        return Block(
            rows=self.rows[which],
            days=self.days[which],
            published=self.published[which],
            segments=self.segments[which],
            forms=self.forms[which],
            keys=[self.keys[n] for n in kept] if self.keys else [],
            marks=self.marks[which],
            texts={role: [cells[n] for n in kept] for role, cells in self.texts.items()},
            numbers=tuple(each.only(which) for each in self.numbers),
        )


class Cleaner:
    """Reads block after block of one table. Of one that is not held texts are kept in little."""

    def __init__(self, layout: Layout, *, is_held: bool) -> None:
        self._layout = layout
        self._kept: Callable[[Sequence[Any]], Sequence[Any]] = tuple if is_held else kept
        self.segments: dict[str, int] = {}
        self.forms: dict[str, int] = {}

    def block(self, first: int, columns: Sequence[Column]) -> tuple[Block, Mask]:
        """All rows from the one numbered ``first``, and which of them are doubtful."""
        many, layout = len(columns[0]), self._layout
        moments, odd = self._moments(columns, many)
        numbers = tuple(read_numbers(columns[c.index], c) for c in layout.metrics)
        for each in numbers:
            odd |= each.odd
        odd |= self._suspicious(numbers)
        odd |= self._perhaps_remarks(columns, numbers, odd)
        seconds = moments["published"].seconds if "published" in moments else None
        keys = self._keys(columns, moments, odd)
        block = Block(
            rows=np.arange(first, first + many),
            days=self._days(moments, many),
            published=np.zeros(many, np.int64) if seconds is None else seconds,
            segments=self._segments_of(columns, moments, odd),
            forms=self._forms_of(columns, many),
            keys=self._kept(keys),
            marks=np.fromiter(map(hash, keys), np.int64, many)
            if keys
            else np.zeros(many, np.int64),
            texts=self._texts(columns),
            numbers=numbers,
        )
        return block, odd

    def _texts(self, columns: Sequence[Column]) -> dict[Role, Column]:
        placed = ((role, self._layout.column(role)) for role in _TEXTS)
        there = {role: self._kept(columns[column.index]) for role, column in placed if column}
        return there if self._layout.has_posts else {}

    def _moments(self, columns: Sequence[Column], many: int) -> tuple[dict[Role, Moments], Mask]:
        odd = np.zeros(many, np.bool_)
        moments: dict[Role, Moments] = {}
        roles: tuple[Role, ...] = ("date", "published")
        for role in roles:
            if column := self._layout.column(role):
                moments[role] = read_moments(columns[column.index], today=self._layout.today)
                odd |= moments[role].odd
        return moments, odd

    def _days(self, moments: dict[Role, Moments], many: int) -> Whole:
        if "date" in moments:
            return moments["date"].days
        return np.broadcast_to(np.int64(day_number(self._layout.captured_on)), many)

    def _suspicious(self, numbers: Sequence[Numbers]) -> Mask:
        """Rows that deserve a warning."""
        named = zip((c.metric for c in self._layout.metrics), numbers, strict=True)
        values = {metric: each.values for metric, each in named}
        found = np.zeros(1, np.bool_)
        for small, large in BOUNDS:
            if small in values and large in values:
                found = found | (values[small] > values[large])
        for late, early in LAGGING:
            if late in values and early in values:
                found = found | ((values[late] == 0) & (values[early] > 0))
        return found

    def _perhaps_remarks(
        self, columns: Sequence[Column], numbers: Sequence[Numbers], odd: Mask
    ) -> Mask:
        """A lone date in words could be a remark under the table."""
        found = np.zeros(len(odd), np.bool_)
        empty = ~odd
        for each in numbers:
            empty = empty & np.isnan(each.values)
        column = self._layout.column("date") or self._layout.column("published")
        assert column is not None  # noqa: S101 - there is no reading by column without one
        for place in np.nonzero(empty)[0].tolist():
            cell = columns[column.index][place]
            found[place] = isinstance(cell, str) and not cell.strip()[:1].isdigit()
        return found

    def _segments_of(
        self, columns: Sequence[Column], moments: dict[Role, Moments], odd: Mask
    ) -> Whole:
        """Places among the segments; a row that does not name its part becomes odd."""
        layout, date_column = self._layout, self._layout.column("date")
        telling = [columns[column.index] for column in layout.segments]
        if date_column and date_column.segment:
            telling.append(columns[date_column.index])
        if not telling:
            word = segment_of(layout, (), None) or ""
            return np.full(len(odd), self.segments.setdefault(word, len(self.segments)))
        known: dict[tuple[object, ...], int | None] = {}
        found = np.zeros(len(odd), np.int64)
        for place, cells in enumerate(zip(*telling, strict=True)):
            if odd[place]:
                continue
            name = (*cells, *map(type, cells))
            if name not in known:
                row = tuple(column[place] for column in columns)
                moment = moments.get("date")
                when = moment_of(int(moment.seconds[place])) if moment else None
                segment = segment_of(layout, row, when)
                known[name] = (
                    None
                    if segment is None
                    else self.segments.setdefault(segment, len(self.segments))
                )
            code = known[name]
            odd[place] = code is None
            found[place] = code or 0
        return found

    def _keys(
        self, columns: Sequence[Column], moments: dict[Role, Moments], odd: Mask
    ) -> list[str]:
        """``natural_key`` of each row; one with neither title nor moment becomes odd."""
        if not self._layout.has_posts:
            return []
        title = self._layout.column("title")
        titles = read_texts(columns[title.index]) if title else [""] * len(odd)
        if "published" not in moments:
            odd |= np.fromiter((not text for text in titles), np.bool_, len(odd))
            return [f"|{text}" for text in comparables(titles)]
        written = written_moments(moments["published"].seconds)
        return [
            f"{moment}|{text}" for moment, text in zip(written, comparables(titles), strict=True)
        ]

    def _forms_of(self, columns: Sequence[Column], many: int) -> Whole:
        column = self._layout.column("form")
        if column is None:
            self.forms.setdefault("", 0)
            return np.zeros(many, np.int64)
        return coded(columns[column.index], _form, self.forms)


def _form(cell: Cell) -> str:
    return form_of(shown(cell))
