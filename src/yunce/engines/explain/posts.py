"""Posts against their own account: at equal age, by multiple of its median and by percentile."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, isfinite, log

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
WINDOW = 90  # days of an account's history a post is measured by
LEAST_POSTS = 20  # in that window; fewer give a rank and nothing else
FEW = 5  # posts of history a median needs
AGE, NEAR = 7, 1  # days after publishing; a reading so many days off still counts


@dataclass(frozen=True)
class RankedPost:
    """One post; ``place`` is its row in what was asked."""

    place: int
    value: float
    rank: int  # among its account's posts of the window, 1 = best
    of: int  # posts compared, itself included
    multiple: float | None  # of the account's median post; None: too few posts, or a median of 0
    percentile: float | None  # share of the others it is above (ties half), 0 … 100


def at_equal_age(
    readings: Mapping[float, float], *, age: float = AGE, near: float = NEAR
) -> float | None:
    """A cumulative count when the post was ``age`` days old; None when it is younger or unread.

    Between two readings it is drawn in (on a log scale, as counts grow); a single reading counts
    when it is at most ``near`` days off.

    >>> at_equal_age({5: 99.0, 9: 399.0})
    199.0
    >>> at_equal_age({2: 50.0}) is None
    True
    """
    known = sorted((when, value) for when, value in readings.items() if isfinite(value))
    before = [each for each in known if each[0] <= age]
    after = [each for each in known if each[0] >= age]
    if not before or not after:
        close = [each for each in known if abs(each[0] - age) <= near]
        return min(close, key=lambda each: abs(each[0] - age))[1] if close else None
    (when, low), (later, high) = before[-1], after[0]
    if when == later:
        return low
    share = (age - when) / (later - when)
    low, high = max(low, 0.0), max(high, 0.0)
    return round(exp(log(low + 1) * (1 - share) + log(high + 1) * share) - 1, 9)


def rank_posts(
    values: ArrayLike, accounts: ArrayLike, published: ArrayLike, *, window: int = WINDOW
) -> list[RankedPost]:
    """Every post with a known value, best first by multiple, then by value.

    ``values`` at equal age (NaN = unknown), ``published`` in days. A post is compared with its
    account's posts of the ``window`` days up to its own day; later ones are not looked at.
    """
    counts, whose, days = _read(values, accounts, published)
    found: list[RankedPost] = []
    for account in np.unique(whose):
        places = np.flatnonzero((whose == account) & np.isfinite(counts))
        places = places[np.argsort(days[places], kind="stable")]
        of_account, when = counts[places], days[places]
        firsts = np.searchsorted(when, when - window, side="right")
        lasts = np.searchsorted(when, when, side="right")
        told = of_account.tolist()
        found += [
            _ranked(place, value, peers)
            for place, value, peers in zip(
                places.tolist(), told, _windows(told, firsts, lasts), strict=True
            )
        ]
    return sorted(found, key=lambda post: (-(post.multiple or 0.0), -post.value, post.place))


def _windows(
    values: Sequence[float], firsts: NDArray[np.intp], lasts: NDArray[np.intp]
) -> Iterator[list[float]]:
    """The ordered values from each first to before its last; both only ever move on."""
    inside: list[float] = []
    entered = left = 0
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        for value in values[entered:last]:
            insort(inside, value)
        for value in values[left:first]:
            del inside[bisect_left(inside, value)]
        entered, left = last, first
        yield inside


def _middle(ordered: Sequence[float]) -> float:
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def _ranked(place: int, value: float, peers: Sequence[float]) -> RankedPost:
    """``peers`` in order, the post itself among them."""
    count, below = len(peers), bisect_left(peers, value)
    above = count - bisect_right(peers, value)
    if count < LEAST_POSTS:
        return RankedPost(place, value, above + 1, count, None, None)
    ties, middle = count - above - below, _middle(peers)
    percentile = 100 * (below + (ties - 1) / 2) / (count - 1)
    multiple = value / middle if middle > 0 else None
    return RankedPost(place, value, above + 1, count, multiple, percentile)


def scores(
    values: ArrayLike, accounts: ArrayLike, published: ArrayLike, *, window: int = WINDOW
) -> Floats:
    """x = log1p(value) − the account's median of the ``window`` days before; NaN = unknown.

    A post is not measured by itself or by later ones, except its account's first ones, which have
    no history: those by the median of all the account's posts.
    """
    counts, whose, days = _read(values, accounts, published)
    logs = np.log1p(np.maximum(counts, 0.0))
    found = np.full(len(logs), np.nan)
    for account in np.unique(whose):
        places = np.flatnonzero((whose == account) & np.isfinite(logs))
        places = places[np.argsort(days[places], kind="stable")]
        mine, when = logs[places], days[places]
        firsts = np.searchsorted(when, when - window, side="left")
        lasts = np.searchsorted(when, when, side="left")
        whole = np.median(mine) if len(mine) else 0.0
        told = mine.tolist()
        found[places] = [
            x - (_middle(peers) if len(peers) >= FEW else whole)
            for x, peers in zip(told, _windows(told, firsts, lasts), strict=True)
        ]
    return found


def _read(
    values: ArrayLike, accounts: ArrayLike, published: ArrayLike
) -> tuple[Floats, NDArray[np.generic], Floats]:
    counts = np.array(values, dtype=np.float64)
    counts[~np.isfinite(counts)] = np.nan
    return counts, np.asarray(accounts), np.asarray(published, dtype=np.float64)
