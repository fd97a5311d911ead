"""Rows that needed no second look, kept by column; put together with those that did."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yunce.engines.platforms._parsed import (
    FactArrays,
    ParsedFact,
    ParsedFacts,
    ParsedPost,
    ParsedPosts,
)

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
_EPOCH = 719_163  # 1970-01-01 as date.toordinal() counts
_TOGETHER = 8_192  # facts of rows read one by one that make a part


@dataclass(frozen=True)
class SlabColumn:
    """One metric of a slab's rows."""

    metric: str
    header: str
    days: Whole  # since 1970-01-01
    segments: Whole  # places among ``Clean.segments``
    values: Floats  # NaN where there is none

    @property
    def there(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.values)


@dataclass(frozen=True)
class Slab:
    """Rows of one block, from top to bottom."""

    rows: Whole  # 1-based, as the sheet shows them
    posts: Whole  # which of the clean posts; -1 = of the account
    columns: tuple[SlabColumn, ...]  # in the order a row tells them


@dataclass(frozen=True)
class Clean:
    """All slabs of a table, and what they share."""

    slabs: Sequence[Slab] = ()
    segments: tuple[str, ...] = ()
    keys: Sequence[str] = ()  # of every post a slab names
    rows: Whole = field(
        default_factory=lambda: np.zeros(0, np.int64)
    )  # where each of them first stands; 0 = in a row read by itself
    make: Callable[[int], ParsedPost] | None = None
    every: Callable[[], Iterator[ParsedPost]] | None = None  # of all of them, in their order
    forms: Callable[[Whole], set[str]] | None = None  # of some of these posts

    def values_of(self, metric: str, *, but: str | None) -> float:
        """The sum of a metric; ``but``: a segment whose values do not count."""
        left_out = self.segments.index(but) if but in self.segments else -1
        found = (
            column.values[column.there & (column.segments != left_out)]
            for slab in self.slabs
            for column in slab.columns
            if column.metric == metric
        )
        return math.fsum(value for values in found for value in values.tolist())

    def forms_with(self, metric: str) -> set[str]:
        """The forms of posts that have a value of a metric."""
        if self.forms is None:
            return set()
        found = [
            slab.posts[column.there]
            for slab in self.slabs
            for column in slab.columns
            if column.metric == metric
        ]
        return self.forms(np.unique(np.concatenate(found))) if found else set()


def joined_posts(
    clean: Clean, posts: Mapping[str, ParsedPost], rows: Mapping[str, int]
) -> ParsedPosts:
    """Clean posts and those of rows read by themselves, as they stand in the table."""
    others = [*posts.values()]
    own = np.nonzero(clean.rows)[0]
    if not len(own):
        return ParsedPosts([*posts], others.__getitem__)
    assert clean.make is not None  # noqa: S101 - where there are posts they can be made
    make = clean.make
    if not others and len(own) == len(clean.keys):
        return ParsedPosts(clean.keys, make, clean.every)
    places = [(int(clean.rows[place]), 1, place) for place in own.tolist()]
    places += [(rows[key], 0, place) for place, key in enumerate(posts)]
    places.sort()

    def made(place: int) -> ParsedPost:
        _row, is_clean, number = places[place]
        return make(number) if is_clean else others[number]

    special, ours = [*posts], [*clean.keys]
    keys = [ours[n] if is_clean else special[n] for _row, is_clean, n in places]
    return ParsedPosts(keys, made)


def joined_facts(
    clean: Clean, facts: Sequence[ParsedFact], posts: ParsedPosts, sheet: str
) -> ParsedFacts:
    """Slab by slab, with the facts of the rows between."""
    if not clean.slabs:
        return _told_only(facts, posts, sheet)
    needs_places = bool(facts) or not _are_all_clean(clean, posts)
    numbers = {key: place for place, key in enumerate(posts.keys)} if needs_places else {}
    places = np.arange(len(clean.keys))
    if numbers:
        places = np.array([numbers.get(key, -1) for key in clean.keys], np.int64)
    starts = [int(slab.rows[0]) for slab in clean.slabs]
    between = _between(facts, starts)
    parts: list[Callable[[], FactArrays]] = []
    counts: list[int] = []
    for slab, told in zip(clean.slabs, between, strict=True):
        parts.append(partial(_flat, slab, clean.segments, places, told, numbers))
        counts.append(sum(int(column.there.sum()) for column in slab.columns) + len(told))
    return ParsedFacts(sheet, posts.keys, parts, counts)


def _are_all_clean(clean: Clean, posts: ParsedPosts) -> bool:
    """No row read by itself named a post, not even one of which nothing was kept."""
    return bool(clean.rows.all()) and len(posts.keys) == len(clean.keys)


def _told_only(facts: Sequence[ParsedFact], posts: ParsedPosts, sheet: str) -> ParsedFacts:
    numbers = {key: place for place, key in enumerate(posts.keys)}
    starts = range(0, len(facts), _TOGETHER)
    pieces = [facts[start : start + _TOGETHER] for start in starts]
    parts = [partial(_arrays_of, piece, numbers) for piece in pieces]
    return ParsedFacts(sheet, posts.keys, parts, [*map(len, pieces)])


def _between(facts: Sequence[ParsedFact], starts: Sequence[int]) -> Iterator[list[ParsedFact]]:
    """Facts in the order of rows, cut where slabs begin; the first slab takes what is above."""
    waiting = iter(facts)
    fact = next(waiting, None)
    for end in (*starts[1:], None):
        piece: list[ParsedFact] = []
        while fact is not None and (end is None or fact.row < end):
            piece.append(fact)
            fact = next(waiting, None)
        yield piece


def _flat(
    slab: Slab,
    segments: tuple[str, ...],
    places: Whole,
    told: Sequence[ParsedFact],
    numbers: Mapping[str, int],
) -> FactArrays:
    """Row by row, in a row column by column."""
    told_values = np.stack([column.values for column in slab.columns], axis=1)
    rows, columns = np.nonzero(~np.isnan(told_values))
    which = rows * len(slab.columns) + columns

    def of_each(values: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
        stacked: NDArray[Any] = np.stack(values, axis=1).astype(kind)
        found: NDArray[Any] = stacked.ravel()[which]
        return found

    days = of_each([column.days for column in slab.columns], np.int32)
    segment = of_each([column.segments for column in slab.columns], np.int32)
    own = slab.posts[rows]
    metrics: dict[str, int] = {}
    headers: dict[str, int] = {}
    by_metric = [metrics.setdefault(c.metric, len(metrics)) for c in slab.columns]
    by_header = [headers.setdefault(c.header, len(headers)) for c in slab.columns]
    flat = FactArrays(
        post=np.where(own < 0, -1, places[own]) if len(places) else own,
        metric=np.array(by_metric, np.int32)[columns],
        day=days,
        segment=segment,
        value=told_values.ravel()[which],
        row=slab.rows[rows],
        column=np.array(by_header, np.int32)[columns],
        metrics=tuple(metrics),
        segments=segments,
        columns=tuple(headers),
    )
    return _with(flat, _arrays_of(told, numbers)) if told else flat


def _with(flat: FactArrays, told: FactArrays) -> FactArrays:
    def words(ours: NDArray[np.int32], theirs: NDArray[np.int32], known: int) -> NDArray[np.int32]:
        return np.concatenate((ours, theirs + np.int32(known)))

    joined = FactArrays(
        post=np.concatenate((flat.post, told.post)),
        metric=words(flat.metric, told.metric, len(flat.metrics)),
        day=np.concatenate((flat.day, told.day)),
        segment=words(flat.segment, told.segment, len(flat.segments)),
        value=np.concatenate((flat.value, told.value)),
        row=np.concatenate((flat.row, told.row)),
        column=words(flat.column, told.column, len(flat.columns)),
        metrics=flat.metrics + told.metrics,
        segments=flat.segments + told.segments,
        columns=flat.columns + told.columns,
    )
    return joined.only(np.argsort(joined.row, kind="stable"))


def _arrays_of(facts: Sequence[ParsedFact], numbers: Mapping[str, int]) -> FactArrays:
    metrics: dict[str, int] = {}
    segments: dict[str, int] = {}
    headers: dict[str, int] = {}
    return FactArrays(
        post=np.array([numbers[f.post] if f.post is not None else -1 for f in facts], np.int64),
        metric=np.array([metrics.setdefault(f.metric, len(metrics)) for f in facts], np.int32),
        day=np.array([f.day.toordinal() - _EPOCH for f in facts], np.int32),
        segment=np.array([segments.setdefault(f.segment, len(segments)) for f in facts], np.int32),
        value=np.array([f.value for f in facts], np.float64),
        row=np.array([f.row for f in facts], np.int64),
        column=np.array([headers.setdefault(f.column, len(headers)) for f in facts], np.int32),
        metrics=tuple(metrics),
        segments=tuple(segments),
        columns=tuple(headers),
    )
