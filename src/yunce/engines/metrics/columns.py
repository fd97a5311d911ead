"""Facts by column: many of them on their way into a store without an object for each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from yunce.engines.metrics.stores import WHOLE, WHOLE_ACCOUNT, FactRow

Numbers = NDArray[np.int64]
_EPOCH = date(1970, 1, 1).toordinal()
_AT_ONCE = 128  # rows, which then stay in the processor while their columns are taken


class Words(NamedTuple):
    """Many words of which few are different: for each its place among these."""

    places: NDArray[np.int32]
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class FactColumns(Sequence[FactRow]):
    """Facts that can be given wherever rows can; ``of`` makes them, ``of_rows`` too.

    Equally many values in each column. They are not to be changed afterwards.
    """

    team: Numbers
    account: Numbers
    post: Numbers
    metric: Words
    day: NDArray[np.int32]  # since 1970-01-01
    segment: Words
    value: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        *,
        team: int | Sequence[int] | Numbers,
        account: int | Sequence[int] | Numbers,
        metric: str | Sequence[str] | Words,
        day: date | Sequence[date] | NDArray[Any],
        value: Sequence[float] | NDArray[Any],
        post: int | Sequence[int] | Numbers = WHOLE_ACCOUNT,
        segment: str | Sequence[str] | Words = WHOLE,
    ) -> FactColumns:
        """One for all or a value each, by as many as ``value`` has; ValueError otherwise.

        >>> from datetime import date
        >>> facts = FactColumns.of(
        ...     team=1, account=7, metric="reads", day=[date(2025, 5, 1), date(2025, 5, 2)],
        ...     value=[10, 20])
        >>> len(facts), facts[1].day, facts[1].value
        (2, datetime.date(2025, 5, 2), 20.0)
        """
        values = np.ascontiguousarray(value, dtype=np.float64)
        many = len(values)
        return cls(
            _spread(team, many, np.int64),
            _spread(account, many, np.int64),
            _spread(post, many, np.int64),
            _words(metric, many),
            _spread(_days(day), many, np.int32),
            _words(segment, many),
            values,
        )

    @classmethod
    def of_rows(cls, rows: Sequence[FactRow]) -> FactColumns:
        if isinstance(rows, FactColumns):
            return rows
        columns: list[list[Any]] = [[] for _name in FactRow._fields]
        for first in range(0, len(rows), _AT_ONCE):
            taken = zip(*rows[first : first + _AT_ONCE], strict=True)
            for column, part in zip(columns, taken, strict=True):
                column += part
        return cls.of(**dict(zip(FactRow._fields, columns, strict=True)))

    @classmethod
    def joined(cls, parts: Sequence[FactColumns]) -> FactColumns:
        """One part after the other."""
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return cls.of(team=[], account=[], post=[], metric=(), day=(), segment=(), value=())
        plain = ("team", "account", "post", "day", "value")
        found = {name: np.concatenate([getattr(p, name) for p in parts]) for name in plain}
        return cls(
            found["team"],
            found["account"],
            found["post"],
            _joined_words([part.metric for part in parts]),
            found["day"],
            _joined_words([part.segment for part in parts]),
            found["value"],
        )

    @property
    def days(self) -> set[date]:
        """Every day any of them is about."""
        return {_date(number) for number in np.unique(self.day).tolist()}

    def on_days(self, days: Collection[date]) -> NDArray[np.bool_]:
        """Which of them are about one of these days."""
        which: NDArray[np.bool_] = np.isin(self.day, [day.toordinal() - _EPOCH for day in days])
        return which

    def only(self, which: NDArray[np.bool_] | slice) -> FactColumns:
        """Those of a mask or of a slice, in their order."""
        return FactColumns(
            self.team[which],
            self.account[which],
            self.post[which],
            Words(self.metric.places[which], self.metric.words),
            self.day[which],
            Words(self.segment.places[which], self.segment.words),
            self.value[which],
        )

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator[FactRow]:
        days = {number: _date(number) for number in np.unique(self.day).tolist()}
        return map(
            FactRow,
            self.team.tolist(),
            self.account.tolist(),
            self.post.tolist(),
            map(self.metric.words.__getitem__, self.metric.places.tolist()),
            map(days.__getitem__, self.day.tolist()),
            map(self.segment.words.__getitem__, self.segment.places.tolist()),
            self.value.tolist(),
        )

    @overload
    def __getitem__(self, place: int) -> FactRow: ...
    @overload
    def __getitem__(self, place: slice) -> FactColumns: ...
    def __getitem__(self, place: int | slice) -> FactRow | FactColumns:
        if isinstance(place, slice):
            return self.only(place)
        return FactRow(
            int(self.team[place]),
            int(self.account[place]),
            int(self.post[place]),
            self.metric.words[self.metric.places[place]],
            _date(int(self.day[place])),
            self.segment.words[self.segment.places[place]],
            float(self.value[place]),
        )


def _spread(given: Any, many: int, kind: type) -> NDArray[Any]:
    """One for all, or one for each."""
    values: NDArray[Any] = np.asarray(given, dtype=kind)
    if values.ndim and len(values) != many:
        raise ValueError(f"a column has {len(values)} values, the facts are {many}")
    return np.broadcast_to(values, many)


def _words(given: str | Sequence[str] | Words, many: int) -> Words:
    if isinstance(given, str):
        return Words(_spread(0, many, np.int32), (given,))
    if isinstance(given, Words):
        return Words(_spread(given.places, many, np.int32), given.words)
    words = dict(zip(dict.fromkeys(given), range(many), strict=False))
    places = np.fromiter(map(words.__getitem__, given), dtype=np.int32, count=len(given))
    return Words(_spread(places, many, np.int32), tuple(words))


def _joined_words(columns: Sequence[Words]) -> Words:
    known: dict[str, int] = {}
    places = [
        np.array([known.setdefault(word, len(known)) for word in column.words], np.int32)[
            column.places
        ]
        if column.words
        else column.places
        for column in columns
    ]
    return Words(np.concatenate(places), tuple(known))


def _days(given: date | Sequence[date] | NDArray[Any]) -> Any:
    if isinstance(given, date):
        return given.toordinal() - _EPOCH
    if isinstance(given, np.ndarray):
        return given.astype("datetime64[D]").astype(np.int32)
    days = {day: day.toordinal() - _EPOCH for day in {*given}}
    return np.fromiter(map(days.__getitem__, given), dtype=np.int32, count=len(given))


def _date(number: int) -> date:
    return date.fromordinal(number + _EPOCH)
