"""Log ratios of windows to what the four weeks before them led one to expect. Vectorised."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PRE = 28  # days a window is compared with
PROFILE = 56  # days the weekday profile is learnt from
PSEUDO = 2.0  # days of an ordinary weekday mixed into each weekday's mean
CAP = 4.0  # × the mean of the profile's days: a viral day is no weekday pattern
LEAST_KNOWN = 0.5  # of the days of a window, or of the weeks before it, must be known


def log_ratios(
    panel: Floats, starts: NDArray[np.int64], length: int, under: Floats | None = None
) -> Floats:
    """x[i, k] = log(mean of the window ÷ expected mean) of each series and window start.

    NaN where too few days are known or nothing happened. ``panel`` is [n, days]; unknown = NaN.
    Of a ratio ``panel`` has the numerators and ``under`` the denominators: Σ ÷ Σ, not the mean of
    daily ratios.
    """
    if under is not None:
        return log_ratios(panel, starts, length) - log_ratios(under, starts, length)
    found = np.full((len(panel), len(starts)), np.nan)
    for place, start in enumerate(starts.tolist()):
        if start >= PRE and start + length <= panel.shape[1]:
            found[:, place] = _log_ratio(panel[:, : start + length], start)
    return found


def _log_ratio(panel: Floats, start: int) -> Floats:
    pre, window = panel[:, start - PRE : start], panel[:, start:]
    # Weekdays are counted back from the start: which of them is Monday does not matter.
    factors = _weekday_factors(panel[:, max(0, start - PROFILE) : start])
    days = factors[:, np.arange(window.shape[1]) % 7]
    pre_days = factors[:, np.arange(-pre.shape[1], 0) % 7]
    level, known_pre = _level(pre, pre_days)
    now, known = _level(window, days)
    enough = (known_pre >= LEAST_KNOWN * PRE) & (known >= LEAST_KNOWN * window.shape[1])
    with np.errstate(all="ignore"):
        # One over the days: half a view is not infinitely less than one.
        found = np.log((now + 1 / window.shape[1]) / (level + 1 / window.shape[1]))
    return np.where(enough & (level > 0) & np.isfinite(found), found, np.nan)


def _level(days: Floats, factors: Floats) -> tuple[Floats, Floats]:
    """(mean day of an ordinary weekday, how many days are known)"""
    known = ~np.isnan(days)
    weight = np.where(known, factors, 0.0).sum(axis=1)
    total = np.where(known, days, 0.0).sum(axis=1)
    level = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return np.maximum(level, 0.0), known.sum(axis=1)


def _weekday_factors(before: Floats) -> Floats:
    """[n, 7], mean 1; place 0 is the weekday of the day after ``before``."""
    width = before.shape[1] // 7 * 7
    weeks = before[:, -width:].reshape(len(before), -1, 7)
    known = ~np.isnan(weeks)
    clean = np.where(known, np.maximum(weeks, 0.0), 0.0)
    counts = np.maximum(known.sum(axis=(1, 2)), 1)
    mean = (clean.sum(axis=(1, 2)) / counts)[:, None]
    capped = np.minimum(clean, CAP * mean[:, :, None])
    factors = (capped.sum(axis=1) + PSEUDO * mean) / (known.sum(axis=1) + PSEUDO)
    whole = factors.mean(axis=1, keepdims=True)
    found: Floats = np.divide(factors, whole, out=np.ones_like(factors), where=whole > 0)
    return found


def expected_days(panel: Floats, start: int, length: int, under: Floats | None = None) -> Floats:
    """[PRE + length]: what the PRE days before and the window's days led one to expect, summed.

    Of a ratio the ratio of the sums. NaN where nothing is known. ``panel`` are the series to sum.
    """
    if under is not None:
        above, below = expected_days(panel, start, length), expected_days(under, start, length)
        return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
    factors = _weekday_factors(panel[:, max(0, start - PROFILE) : start])
    days = factors[:, np.arange(-PRE, length) % 7]
    level, _known = _level(panel[:, start - PRE : start], days[:, :PRE])
    return np.asarray((level[:, None] * days).sum(axis=0))
