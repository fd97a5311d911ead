"""How far a lift strays by itself: the same statistic on windows in which nothing happened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yunce.engines.explain.windows import PRE, log_ratios

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
TRIM = 0.2  # of the controls at either end say nothing of what is common
GROUPS = 200  # drawn, where several accounts were treated at once
PRIOR = 4.0  # windows that the team's spread counts for in an account's own
LEAST_OWN = 3  # windows an account must have to be looked at
APART = 0.25  # of a window: nearer ones do not judge each other's spread
OVERLAP = 2.0  # windows that overlap reach as far as so many times those that do not
TAIL = 3.0  # half of what Student's t adds for 5 to 19 windows, as they overlap


@dataclass(frozen=True)
class Placebos:
    """Windows before the campaign. Rows are the watched accounts: treated and controls."""

    x: Floats  # [accounts, windows] log ratios, NaN = unknown
    starts: Places
    length: int
    beta: float
    stray: Floats  # x − β · what the other watched accounts did
    sigma: Floats  # of each account: what one window strays (log points); NaN = unknown

    @property
    def count(self) -> int:
        return int(np.isfinite(self.stray).sum())

    @property
    def fresh(self) -> float:
        """Windows that do not overlap: so many say something new."""
        if not self.count:
            return 0.0
        by_account = np.isfinite(self.stray).sum(axis=1)
        return float(np.maximum(1.0, (by_account[by_account > 0] - 1) / self.length + 1).sum())

    def quantiles(self, treated: Places, alpha: float) -> tuple[float, float]:
        """What the treated accounts' mean strays to at α/2 and at 1 − α/2 (log points)."""
        scores = self._scores(self._drawn(treated))
        scale = float(np.sqrt((self.sigma[treated] ** 2).sum())) / len(treated)
        windows = self.fresh / max(1, len(treated))
        # Conformal: the campaign's own window is one more of them. Too few: the tail is guessed.
        level = min(1.0, (1 - alpha / 2) * (1 + 1 / (OVERLAP * windows)))
        scale *= 1 + TAIL * max(0.0, 1 / windows - alpha / (2 - alpha))
        low, high = (np.quantile(scores, [1 - level, level]) * scale).tolist()
        return low, high

    def _drawn(self, treated: Places) -> Places:
        size = len(treated)
        usable = np.flatnonzero(np.isfinite(self.sigma))
        if size == 1:
            return usable[:, None]
        if len(usable) <= size:
            return treated[None, :]
        random = np.random.default_rng(20251)  # the same question has the same answer
        return np.array([random.choice(usable, size, replace=False) for _time in range(GROUPS)])

    def _scores(self, drawn: Places) -> Floats:
        """Each group's stray in each window ÷ the spread its accounts have in the others."""
        apart = np.abs(self.starts[:, None] - self.starts) >= APART * self.length
        known = np.isfinite(self.stray)
        square = np.where(known, self.stray, 0.0) ** 2
        variance = _shrunk(
            square @ apart, known.astype(np.float64) @ apart, _team(square, known), self.length
        )
        stray = self.x[drawn].mean(axis=1) - self.beta * common(self.x, drawn)
        scale = np.sqrt(variance[drawn].sum(axis=1)) / drawn.shape[1]
        scores: Floats = stray / np.maximum(scale, 1e-9)
        return scores[np.isfinite(scores)]


def placebos_of(
    days: Floats,
    *,
    start: int,
    length: int,
    placebo_days: int,
    has_controls: bool,
    under: Floats | None = None,
) -> Placebos:
    """Every window of ``length`` days inside the ``placebo_days`` before ``start``."""
    first = max(PRE, start - placebo_days)
    starts = np.arange(first, start - length + 1, dtype=np.int64)
    before = None if under is None else under[:, :start]
    x = log_ratios(days[:, :start], starts, length, before)
    others = common(x, np.arange(len(x))[:, None])
    beta = _beta(x, others) if has_controls else 0.0
    stray = x - beta * others
    known = np.isfinite(stray)
    square = np.where(known, stray, 0.0) ** 2
    count = known.sum(axis=1)
    variance = _shrunk(square.sum(axis=1), count, _team(square, known), length)
    sigma = np.where(count >= LEAST_OWN, np.sqrt(np.maximum(variance, 1e-12)), np.nan)
    return Placebos(x, starts, length, beta, stray, sigma)


def common(x: Floats, groups: Places) -> Floats:
    """[groups, windows]: the trimmed mean of everyone outside a group; 0 where there is no one.

    Of one sort for all: the middle of the ordered values less the group's own, clipped to it. For
    groups of one that is exactly the trimmed mean of the others.
    """
    size = groups.shape[1]
    ordered = np.sort(x, axis=0)  # NaN last
    known = np.isfinite(x)
    count = known.sum(axis=0)
    cut = np.floor(np.maximum(count - size, 0) * TRIM).astype(np.int64)
    places = np.arange(len(x))[:, None]
    middle = np.where((places >= cut) & (places < count - cut), np.nan_to_num(ordered), 0.0)
    columns = np.arange(x.shape[1])
    low = ordered[np.minimum(cut, len(x) - 1), columns]
    high = ordered[np.maximum(count - 1 - cut, 0), columns]
    own = np.where(known, np.clip(np.nan_to_num(x), low, high), 0.0)[groups].sum(axis=1)
    left = count - 2 * cut - known[groups].sum(axis=1)
    whole = middle.sum(axis=0) - own
    found: Floats = np.divide(whole, left, out=np.zeros_like(whole), where=left > 0)
    return found


def _beta(x: Floats, others: Floats) -> float:
    """How far accounts follow the others, pooled: least squares through 0, inside [0, 1]."""
    known = np.isfinite(x) & np.isfinite(others)
    mine, theirs = x[known], others[known]
    power = float((theirs**2).sum())
    return float(np.clip((mine * theirs).sum() / power, 0.0, 1.0)) if power > 0 else 0.0


def _team(square: Floats, known: NDArray[np.bool_]) -> float:
    """The middle account's variance."""
    count = known.sum(axis=1)
    has = count >= LEAST_OWN
    return float(np.median(square.sum(axis=1)[has] / count[has])) if has.any() else 0.0


def _shrunk(total: Floats, count: Floats | Places, team: float, length: int) -> Floats:
    """Variances drawn towards the team's: overlapping windows count for what they add."""
    own = np.divide(total, count, out=np.zeros_like(total), where=count > 0)
    fresh = count / length
    found: Floats = (fresh * own + PRIOR * team) / (fresh + PRIOR)
    return found
