"""What reading a table yields: posts, facts, and every cell that could not be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

_EPOCH = date(1970, 1, 1).toordinal()
Severity = Literal["error", "warning"]
"""``error``: the cell (or row) was left out. ``warning``: it was taken, or cannot be had;
look at it, but nothing has to be put right."""


@dataclass(frozen=True, kw_only=True)
class ParsedPost:
    """One post named by a table."""

    key: str  # natural key, see ``natural_key``
    title: str  # tidied; may be empty
    published_at: datetime | None  # Asia/Shanghai
    form: str = ""  # 图文, 视频, or the platform's own word
    platform_id: str = ""  # the platform's id, where the export has one
    url: str = ""  # link to the post, where the export has one


@dataclass(frozen=True, kw_only=True)
class ParsedFact:
    """One value, and the cell it came from."""

    post: str | None  # a ParsedPost's key; None = of the account
    metric: str  # metric code
    day: date  # the day the value belongs to, Asia/Shanghai
    segment: str = ""  # such as channel=扫码; empty = the whole
    value: float  # rates as fractions, durations in seconds
    sheet: str
    row: int  # 1-based, as the spreadsheet shows it
    column: str  # header text


T = TypeVar("T")


class FactArrays(NamedTuple):
    """Facts by column. Words by their places in ``metrics``, ``segments`` and ``columns``."""

    post: NDArray[np.int64]  # the place of its post among the table's; -1 = of the account
    metric: NDArray[np.int32]
    day: NDArray[np.int32]  # since 1970-01-01
    segment: NDArray[np.int32]
    value: NDArray[np.float64]
    row: NDArray[np.int64]
    column: NDArray[np.int32]
    metrics: tuple[str, ...]
    segments: tuple[str, ...]
    columns: tuple[str, ...]

    def only(self, which: Any) -> FactArrays:
        """Those of a mask, of a slice or in an order."""
        return self._replace(
            post=self.post[which],
            metric=self.metric[which],
            day=self.day[which],
            segment=self.segment[which],
            value=self.value[which],
            row=self.row[which],
            column=self.column[which],
        )


class _Lazy(Sequence[T]):
    """Equal to whatever has the same items in the same order, made when looked at."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # nobody needs it, and it would look at all

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, eq=False, repr=False)
class ParsedPosts(_Lazy[ParsedPost]):
    """A table's posts: their keys at once, the rest of each when it is looked at."""

    keys: Sequence[str]
    make: Callable[[int], ParsedPost]
    every: Callable[[], Iterator[ParsedPost]] | None = None  # quicker than one after the other

    def __iter__(self) -> Iterator[ParsedPost]:
        return self.every() if self.every else map(self.make, range(len(self.keys)))

    @overload
    def __getitem__(self, place: int) -> ParsedPost: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[ParsedPost, ...]: ...
    def __getitem__(self, place: int | slice) -> ParsedPost | tuple[ParsedPost, ...]:
        places = range(len(self.keys))[place]
        return self.make(places) if isinstance(places, int) else tuple(map(self.make, places))

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, eq=False, repr=False)
class ParsedFacts(_Lazy[ParsedFact]):
    """A table's facts, kept by column in parts, made into arrays or objects when asked for."""

    sheet: str
    keys: Sequence[str]  # of the table's posts
    parts: Sequence[Callable[[], FactArrays]]  # in the order of the rows
    counts: Sequence[int]  # how many facts each has

    def arrays(self) -> Iterator[FactArrays]:
        """Part by part: a long table's facts are never held all at once."""
        return (part() for part in self.parts)

    @property
    def days(self) -> set[date]:
        """Every day they are about."""
        found = {day for part in self.arrays() for day in np.unique(part.day).tolist()}
        return {date.fromordinal(day + _EPOCH) for day in found}

    def __len__(self) -> int:
        return sum(self.counts)

    def __iter__(self) -> Iterator[ParsedFact]:
        return (fact for part in self.arrays() for fact in self._made(part))

    @overload
    def __getitem__(self, place: int) -> ParsedFact: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[ParsedFact, ...]: ...
    def __getitem__(self, place: int | slice) -> ParsedFact | tuple[ParsedFact, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        wanted = range(len(self))[place]
        for count, part in zip(self.counts, self.parts, strict=True):
            if wanted < count:
                [fact] = self._made(part().only(slice(wanted, wanted + 1)))
                return fact
            wanted -= count
        raise IndexError(place)

    def _made(self, part: FactArrays) -> Iterator[ParsedFact]:
        for post, metric, day, segment, value, row, column in zip(
            *(each.tolist() for each in part[:7]), strict=True
        ):
            yield ParsedFact(
                post=None if post < 0 else self.keys[post],
                metric=part.metrics[metric],
                day=date.fromordinal(day + _EPOCH),
                segment=part.segments[segment],
                value=value,
                sheet=self.sheet,
                row=row,
                column=part.columns[column],
            )


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with a table, told so that its owner can put it right."""

    sheet: str
    row: int | None  # 1-based; None = the whole sheet
    column: str  # header text; empty = the whole row
    value: str  # what the cell holds
    message: str  # zh: what is wrong
    hint: str  # zh: what to do
    severity: Severity = "error"


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A table, read."""

    platform: str | None  # None = read through a column mapping
    export: str  # the export's key; empty when mapped
    posts: ParsedPosts
    facts: ParsedFacts
    problems: tuple[Problem, ...]
    ignored: int  # rows left out on purpose: totals, repeated headers, exact duplicates
    conflicts: int  # values told twice differently: left out, and named among the problems
    first_day: date | None  # days covered: of the account, or on which posts were published
    last_day: date | None
    # What a place was told instead of one value: left out, until a person decides.
    disputes: tuple[tuple[ParsedFact, ...], ...] = ()
