"""Clean rows of all blocks, checked against each other and against the doubtful ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

import numpy as np

from yunce.engines.platforms._cleaning import (
    Block,
    Cleaner,
    Column,
    Mask,
    Whole,
    day_number,
    numbered_day,
)
from yunce.engines.platforms._findings import Findings
from yunce.engines.platforms._layout import Layout
from yunce.engines.platforms._naming import Named
from yunce.engines.platforms._rows import PIECES, Place, place_of
from yunce.engines.platforms._slabs import Clean, Slab, SlabColumn
from yunce.engines.platforms._tables import Cell

_NUMBERED = re.compile(r"(.*)#\d+", re.DOTALL)
_DAY = 86_400


class Gathering:
    """What the blocks of one table say, until the doubtful rows have been read by themselves."""

    def __init__(self, layout: Layout, *, is_held: bool) -> None:
        self._layout = layout
        self._cleaner = Cleaner(layout, is_held=is_held)
        self._blocks: list[Block] = []
        self._doubtful: list[int] = []
        self._claims: list[tuple[int, Place]] = []  # doubtful rows, and what they are about
        self._memory = Findings("")  # of moments already read
        self._codes: Whole = np.zeros(0, np.int64)  # of each clean row: which post
        self._firsts: Whole = np.zeros(0, np.int64)  # of each post: its first row

    def add(self, first: int, columns: Sequence[Column]) -> None:
        """The next block; ``first``: the number of its first row."""
        if not columns or not columns[0]:
            return
        block, odd = self._cleaner.block(first, columns)
        for place in np.nonzero(odd)[0].tolist():
            self._doubt(first + place, tuple(column[place] for column in columns))
        if not odd.all():
            self._blocks.append(block.only(~odd))

    def _doubt(self, number: int, row: tuple[Cell, ...]) -> None:
        if row.count(None) == len(row):
            return
        self._doubtful.append(number)
        claim = place_of(self._layout, row, self._memory)
        if claim is not None:
            self._claims.append((number, claim))

    def doubtful(self) -> list[int]:
        """The numbers of the rows to read one by one, once all blocks are there."""
        if not self._blocks:
            return self._doubtful
        rows = np.concatenate([block.rows for block in self._blocks])
        clean = len(rows)
        claims = self._claims
        rows = np.concatenate((rows, np.array([row for row, _place in claims], np.int64)))
        codes = self._codes_of_keys(clean)
        special = self._told_twice(codes, rows)
        special[clean:] = True
        firsts = np.full(int(codes.max()) + 1, np.iinfo(np.int64).max)
        np.minimum.at(firsts, codes, rows)
        if self._layout.has_posts and special.any():
            named = np.zeros(len(firsts), np.bool_)
            named[codes[special]] = True
            special |= named[codes] & (rows == firsts[codes])
        self._codes, self._firsts = codes[:clean][~special[:clean]], firsts
        self._keep(~special[:clean])
        return sorted({*self._doubtful, *rows[special].tolist()})

    def _keys(self) -> Iterator[str]:
        """Of clean rows, then of doubtful ones."""
        yield from chain.from_iterable(block.keys for block in self._blocks)
        yield from (key for _row, (key, _day, _segment) in self._claims)

    def _codes_of_keys(self, clean: int) -> Whole:
        """Which post each row is of: clean rows, then doubtful ones."""
        many = clean + len(self._claims)
        if not self._layout.has_posts:
            return np.zeros(many, np.int64)
        claimed = np.array([hash(key) for _row, (key, _day, _segment) in self._claims], np.int64)
        marks = np.concatenate([*(block.marks for block in self._blocks), claimed])
        marks.sort()
        if (marks[1:] != marks[:-1]).all():  # then so are the keys
            return np.arange(many)
        places: dict[str, int] = {}
        codes = (places.setdefault(key, len(places)) for key in self._keys())
        return np.fromiter(codes, np.int64, many)

    def _told_twice(self, codes: Whole, rows: Whole) -> Mask:
        """Rows that say something of a place another row speaks of too."""
        days = [block.days for block in self._blocks]
        days.append(np.array([day_number(c[1][1]) for c in self._claims], np.int64))
        segments = [block.segments for block in self._blocks]
        words = [
            self._cleaner.segments.setdefault(c[1][2], len(self._cleaner.segments))
            for c in self._claims
        ]
        segments.append(np.array(words, np.int64))
        day, segment = np.concatenate(days), np.concatenate(segments)
        day -= day.min()
        place = (codes * (int(day.max()) + 1) + day) * (int(segment.max()) + 1) + segment
        ordered = np.sort(place)
        twice = ordered[1:][ordered[1:] == ordered[:-1]]
        if not len(twice):
            return np.zeros(len(rows), np.bool_)
        special: Mask = np.isin(place, twice)
        if self._layout.has_posts and not self._layout.has_days:
            keys = [*self._keys()]
            special |= _named_like_numbered(keys, {keys[n] for n in np.nonzero(special)[0]})
        return special

    def _keep(self, clean: Mask) -> None:
        kept: list[Block] = []
        start = 0
        for block in self._blocks:
            which = clean[start : start + len(block.rows)]
            start += len(block.rows)
            if which.any():
                kept.append(block.only(which))
        self._blocks = kept

    def hand_over(self, findings: Findings) -> None:
        """Once the doubtful rows have been read: everything that is clean."""
        if not self._blocks:
            return
        for block in self._blocks:
            for column, numbers in zip(self._layout.metrics, block.numbers, strict=True):
                if numbers.rounded.any():
                    findings.rounded.add(column.metric)
        hand_over = self._hand_over_posts if self._layout.has_posts else self._hand_over_rows
        hand_over(findings)

    def _hand_over_rows(self, findings: Findings) -> None:
        """Of the account, or of the one post the file is about."""
        post = self._layout.post
        if post is None:
            days = np.unique(np.concatenate([block.days for block in self._blocks]))
            findings.days |= {*map(numbered_day, days.tolist())}
        else:
            findings.posts.setdefault(post.key, post)
            row = int(self._blocks[0].rows[0])
            findings.first_rows[post.key] = min(row, findings.first_rows.get(post.key, row))
        whose = -1 if post is None else 0
        findings.clean = Clean(
            slabs=[
                Slab(
                    rows=block.rows,
                    posts=np.full(len(block.rows), whose),
                    columns=tuple(self._told(block)),
                )
                for block in self._blocks
            ],
            segments=tuple(self._cleaner.segments),
            keys=[post.key] if post else [],
            rows=np.zeros(1 if post else 0, np.int64),
            make=(lambda _place: post) if post else None,
            forms=(lambda _places: {post.form}) if post else None,
        )

    def _hand_over_posts(self, findings: Findings) -> None:
        named = Named(self._layout, tuple(self._cleaner.forms), findings.posts)
        places = np.full(len(self._firsts), -1)
        slabs: list[Slab] = []
        start = 0
        for block in self._blocks:
            codes = self._codes[start : start + len(block.rows)]
            start += len(block.rows)
            is_first = block.rows == self._firsts[codes]
            named.add(block, codes, is_first, places)
            pieces = self._pieces(block, is_first, findings)
            columns = (*pieces, *self._told(block))
            slabs.append(Slab(block.rows, places[codes], columns))
        findings.clean = Clean(
            slabs,
            tuple(self._cleaner.segments),
            named.keys,
            named.rows,
            make=named.make,
            every=named.every,
            forms=named.forms,
        )

    def _told(self, block: Block) -> Iterator[SlabColumn]:
        for column, numbers in zip(self._layout.metrics, block.numbers, strict=True):
            yield SlabColumn(
                column.metric, column.header, block.days, block.segments, numbers.values
            )

    def _pieces(self, block: Block, is_first: Mask, findings: Findings) -> Iterator[SlabColumn]:
        """A published post is one piece on the day it came out."""
        column = self._layout.column("published")
        if column is None:
            return
        days = block.published // _DAY
        findings.days |= {*map(numbered_day, np.unique(days[is_first]).tolist())}
        segments = self._cleaner.segments
        whole = np.broadcast_to(np.int64(segments.setdefault("", len(segments))), len(days))
        values = np.where(is_first, 1.0, np.nan)
        yield SlabColumn("pieces", column.header, days, whole, values)
        for place, form in enumerate(self._cleaner.forms):
            if metric := PIECES.get(form):
                here = np.where(block.forms == place, values, np.nan)
                yield SlabColumn(metric, column.header, days, whole, here)


def _named_like_numbered(keys: Sequence[str], twice: Collection[str]) -> Mask:
    """Two posts of one key become key and key#2: a post really named so must be read by itself."""

    def is_like(key: str) -> bool:
        while numbered := _NUMBERED.fullmatch(key):
            key = numbered[1]
            if key in twice:
                return True
        return False

    return np.fromiter(map(is_like, keys), np.bool_, len(keys))
