"""A day's time axis: what has its hour stands there, the rest goes into free time. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

STEP = 10  # minutes of one line of the axis
OPENS, CLOSES = 9 * 60, 18 * 60 + 30  # minutes of the day, as the design draws it
NOON, AFTERNOON = 12 * 60, 13 * 60 + 30
USUAL = 30  # minutes drawn for work nobody has estimated
LEAST = 20  # minutes a block is drawn as, so that its words fit
LATEST = 24 * 60


@dataclass(frozen=True)
class Work:
    """Something to do today."""

    key: int
    minutes: int | None  # estimated (or worked, once done); None: unknown
    starts_at: time | None = None


@dataclass(frozen=True)
class Block:
    """A stretch of the axis; `key` 0 is the midday break."""

    key: int
    start: int  # minutes of the day
    length: int  # minutes
    is_placed: bool  # somebody said when; otherwise it is a suggestion

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def clock(self) -> str:
        return _clock(self.start)


@dataclass(frozen=True)
class Axis:
    """The blocks of a day in order of time."""

    blocks: tuple[Block, ...]
    opens: int  # minutes of the day: the first line drawn, a whole hour
    closes: int  # the last one

    @property
    def hours(self) -> list[tuple[int, int]]:
        """(hour, its line) for the scale."""
        first, last = self.opens // 60, -(-self.closes // 60)
        return [(hour, (hour * 60 - self.opens) // STEP) for hour in range(first, last)]

    @property
    def span(self) -> str:
        return f"{_clock(self.opens)} – {_clock(self.closes)}"


def lay_out(works: Sequence[Work], *, now: int = OPENS) -> Axis:
    """Placed work where it is; the rest, in the order given, into the free time from `now` on.

    >>> axis = lay_out([Work(1, 60), Work(2, 120), Work(3, 30, time(9, 0))])
    >>> [(block.key, block.clock, block.length) for block in axis.blocks]
    [(3, '09:00', 30), (1, '09:30', 60), (0, '12:00', 90), (2, '13:30', 120)]
    """
    taken = [Block(0, NOON, AFTERNOON - NOON, is_placed=True)]
    for work in works:
        if work.starts_at is not None:
            start = _down(work.starts_at.hour * 60 + work.starts_at.minute)
            taken.append(Block(work.key, start, _length(work), is_placed=True))
    for work in works:
        if work.starts_at is None:
            start = _free_from(_up(max(now, OPENS)), _length(work), taken)
            taken.append(Block(work.key, start, _length(work), is_placed=False))
    blocks = sorted(taken, key=lambda block: (block.start, block.key))
    opens = min(OPENS, blocks[0].start // 60 * 60)
    return Axis(tuple(blocks), opens, min(max(CLOSES, *(block.end for block in blocks)), LATEST))


def _length(work: Work) -> int:
    return max(_up(work.minutes or USUAL), LEAST)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _free_from(start: int, length: int, taken: Iterable[Block]) -> int:
    """The first start from which nothing is in the way; work is not cut in two."""
    for block in sorted(taken, key=lambda block: block.start):
        if block.start < start + length and start < block.end:
            start = block.end
    return start


def _up(minutes: int) -> int:
    return -(-minutes // STEP) * STEP


def _down(minutes: int) -> int:
    return minutes // STEP * STEP
