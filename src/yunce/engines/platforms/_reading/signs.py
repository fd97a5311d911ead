"""Tags and numbers of a long XML, looked at all together: what is not as expected is not plain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.uint8]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


class NotPlainError(ValueError):
    """The sheet may be fine, but it is not for us to read."""


@dataclass(frozen=True)
class Tags:
    """Where the tags of a stretch open, and the first sign of each name."""

    signs: Signs
    opens: Places
    first: Signs

    @classmethod
    def of(cls, signs: Signs, start: int, stop: int) -> Tags:
        opens = np.flatnonzero(signs[start:stop] == ord("<")) + start
        return cls(signs, opens, signs[opens + 1])

    def called(self, sign: str) -> Places:
        """The numbers of the tags whose names begin so."""
        return np.flatnonzero(self.first == ord(sign))

    def behind(self, which: Places, name: bytes) -> Places:
        """The places right behind ``<name``; all these tags must be called so."""
        if len(which) and which[-1] >= len(self.opens):
            raise NotPlainError("a tag without an end")
        places: Places = self.opens[which] + 1
        demand(self.signs, places, name)
        return places + len(name)


def demand(signs: Signs, places: Places, text: bytes) -> None:
    """At each of the places stands this text."""
    for offset, sign in enumerate(text):
        if (signs[places + offset] != sign).any():
            raise NotPlainError(f"{text!r} is not everywhere it should be")


def counted(
    signs: Signs, at: Places, zero: str, base: int, most: int, *, lowest: int = 0
) -> tuple[Places, Places]:
    """Numbers of at most so many digits, the first of them ``zero``, and the places behind them."""
    numbers, goes_on = np.zeros(len(at), np.int64), np.ones(len(at), np.bool_)
    for _digit in range(most):
        digits = signs[at] - np.uint8(ord(zero))  # what is below turns out high
        goes_on = goes_on & (digits < base)
        if not goes_on.any():
            break
        numbers = np.where(goes_on, numbers * base + digits + lowest, numbers)
        at = at + goes_on
    return numbers, at


def gathered(signs: Signs, begin: Places, end: Places) -> bytes:
    """The texts between places, each but the last with the sign behind it, which is ``<``."""
    lengths = end - begin + 1
    firsts = np.cumsum(lengths) - lengths
    where = np.repeat(begin - firsts, lengths) + np.arange(int(lengths.sum()))
    return signs[where[:-1]].tobytes()
