"""From an account's own past, and its neighbours': how far bases were off, and how widely.

Pseudo-months that ended before today are forecast as today would be; what they missed by, on the
log of the *sum*, is regressed on the features (mean and spread) and pooled over the team. A prior
fitted on public data stands in while the team is young.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yunce.engines.forecasts.distribution import LEVELS
from yunce.engines.forecasts.features import SMOOTH, Features, features
from yunce.engines.forecasts.fitting import ridge
from yunce.engines.forecasts.misses import Misses, mixed, pooled_misses, prior_misses
from yunce.engines.forecasts.panel import Values

STEP = 3  # days between pseudo-months
MOST = 28  # pseudo-months an account
POOL = 10_000  # rows of the pool, about: of many accounts each pseudo-month takes every k-th
NEEDED = 28  # days of history before a pseudo-month
DECAY = 0.978  # weight lost with each step back
OVERLAP = STEP / 30  # pseudo-months overlap: each counts as this share of a row
RIDGE = 10.0
PRIOR_ROWS = 150.0
WIDER = 1.3  # the prior's spread while the team has few rows of its own
FEW_ROWS = 40.0
PRIOR = Path(__file__).with_name("prior.json")
MONTH_EFFECT = 1.5  # overlapping pseudo-months show only part of how months differ
FEW_ACCOUNTS = 8  # with fewer, what months share cannot be told from chance
TINY = 0.05  # of a residual, before its logarithm


@dataclass(frozen=True, eq=False)
class Calibrator:
    """What a base must be multiplied by, as a distribution of its logarithm."""

    mean: Values  # coefficients of Features.mean
    noise: Values  # coefficients of Features.noise, for the log of the spread
    misses: Misses
    rows: float  # effective own rows behind it

    def logs(self, seen: Features) -> Values:
        """log(total ÷ base) at LEVELS [n, levels]."""
        middle = seen.mean @ self.mean
        return np.asarray(middle[:, None] + self.misses.at(spreads(seen.noise, self.noise)))


def spreads(noise: Values, coefficients: Values) -> Values:
    """Predicted spread of the misses, on the log of the total [n]."""
    return np.asarray(np.exp(np.clip(noise @ coefficients, -5.0, 1.5)))


def smoothing(days: Values) -> Values:
    """Added to totals before logarithms, by how many days are to come [n]."""
    return np.asarray(SMOOTH * np.maximum(days.sum(axis=1), 1.0))


def fit(values: Values, weekdays: NDArray[np.int64], horizon: int, *, lead: int = 0) -> Calibrator:
    """``values`` [n, t] known so far; ``horizon`` days are to come, after ``lead`` others."""
    seen, wanted, weights = pairs(values, weekdays, horizon, lead=lead)
    prior = _prior(horizon)
    rows = float(weights.sum()) * OVERLAP
    own = PRIOR_ROWS / OVERLAP
    mean_x = (
        np.concatenate([each.mean for each in seen]) if seen else np.empty((0, len(prior.mean)))
    )
    noise_x = np.concatenate([e.noise for e in seen]) if seen else np.empty((0, len(prior.noise)))
    mean = ridge(mean_x, wanted, weights, strength=RIDGE, prior=prior.mean, prior_rows=own)
    missed = wanted - mean_x @ mean
    size = np.log(np.abs(missed) + TINY)
    noise = ridge(noise_x, size, weights, strength=RIDGE, prior=prior.noise, prior_rows=own)
    wider = WIDER if rows < FEW_ROWS else 1 + (WIDER - 1) * FEW_ROWS / max(rows, FEW_ROWS)
    pool = prior.misses
    if len(missed):
        spread = spreads(noise_x, noise)
        common = _common(missed / spread, weights, len(seen))
        pool = pooled_misses(missed, spread, weights, row=OVERLAP, wider=common)
    share = rows / (rows + PRIOR_ROWS)
    return Calibrator(mean, noise, mixed(pool, prior.misses, share=share, wider=wider), rows)


def _common(scaled: Values, weights: Values, months: int) -> float:
    """How much wider a month to come is than the pool: whole months run high or low together.

    The pool is centred over the pseudo-months it saw; a new month has a middle of its own, whose
    variance is that of the pseudo-months' means.
    """
    blocks = np.clip(scaled.reshape(months, -1), -4.0, 4.0)
    heavy = weights.reshape(months, -1)
    total = heavy.sum(axis=1)
    used = total > 0
    many = float((heavy > 0).sum(axis=1)[used].mean()) if used.any() else 0.0
    if used.sum() < 3 or many < FEW_ACCOUNTS:
        return 1.0
    means = (blocks * heavy).sum(axis=1)[used] / total[used]
    inside = float((heavy[used] * (blocks[used] - means[:, None]) ** 2).sum() / total[used].sum())
    common = max(0.0, float(np.var(means)) - inside / many)
    return float(np.sqrt(1 + MONTH_EFFECT * common / max(inside, 1e-9)))


def pairs(
    values: Values, weekdays: NDArray[np.int64], horizon: int, *, lead: int = 0
) -> tuple[list[Features], Values, Values]:
    """(features, log(total ÷ base), weights) of the pseudo-months that ended before today.

    Every pseudo-month brings equally many rows; the lists run over pseudo-months.
    """
    seen: list[Features] = []
    wanted: list[Values] = []
    weights: list[Values] = []
    every = max(1, len(values) * MOST // POOL)
    for back in range(MOST):
        at = values.shape[1] - horizon - lead - STEP * back
        if at < NEEDED:
            break
        month = slice(at + lead, at + lead + horizon)
        some = values[back % every :: every][: len(values) // every]
        future = some[:, month]
        known = (~np.isnan(future)).sum(axis=1)
        total = np.nansum(np.maximum(future, 0.0), axis=1) * horizon / np.maximum(known, 1)
        days = np.ones_like(future)
        found = features(some[:, :at], weekdays[:at], weekdays[month], days)
        small = smoothing(days)
        usable = (known >= horizon / 2) & (found.known >= NEEDED // 2)
        seen.append(found)
        wanted.append(np.log((total + small) / (found.base + small)))
        weights.append(np.where(usable, DECAY**back * known / horizon, 0.0))
    if not seen:
        return [], np.empty(0), np.empty(0)
    return seen, np.concatenate(wanted), np.concatenate(weights)


def _prior(horizon: int) -> Calibrator:
    """In between the horizons it was fitted for, by straight lines."""
    table = prior_table()
    known = np.array(sorted(table))
    parts: dict[str, Values] = {}
    for name in ("mean", "noise", "shape"):
        columns = np.array([table[int(days)][name] for days in known])
        parts[name] = np.array([np.interp(horizon, known, column) for column in columns.T])
    shape = np.interp(LEVELS, np.array(SHAPE_LEVELS), parts["shape"])
    return Calibrator(parts["mean"], parts["noise"], prior_misses(shape), 0.0)


SHAPE_LEVELS = (0.005, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.995)


@cache
def prior_table() -> Mapping[int, Mapping[str, list[float]]]:
    """Horizon → coefficients; how they were fitted stands in the file."""
    told = json.loads(PRIOR.read_text(encoding="utf-8"))
    return {int(days): parts for days, parts in told["horizons"].items()}
