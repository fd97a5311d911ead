"""Totals that may be negative (net followers): additive instead of logarithmic.

base + spread × shape: what pseudo-months missed by, in units of the series' own daily spread times
the square root of the days, pooled over the team.
"""

from __future__ import annotations

import numpy as np

from yunce.engines.forecasts.calibrating import (
    DECAY,
    MOST,
    NEEDED,
    OVERLAP,
    PRIOR_ROWS,
    STEP,
    WIDER,
)
from yunce.engines.forecasts.distribution import LEVELS
from yunce.engines.forecasts.fitting import quantiles
from yunce.engines.forecasts.panel import Values

WINDOW = 28
SHAPE: Values = np.interp(
    LEVELS,
    (0.005, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.995),
    (-6.0, -3.8, -2.0, -0.9, 0.0, 0.9, 2.0, 3.8, 6.0),
)  # wider than a normal: days of one month move together


def totals(values: Values, horizon: int, *, lead: int = 0) -> tuple[Values, float]:
    """(totals of the days after ``lead`` others at LEVELS [n, levels], effective own rows)."""
    level, spread = _level(values)
    missed: list[Values] = []
    weights: list[Values] = []
    for back in range(MOST):
        at = values.shape[1] - horizon - lead - STEP * back
        if at < NEEDED:
            break
        future = values[:, at + lead : at + lead + horizon]
        known = (~np.isnan(future)).sum(axis=1)
        then, wide = _level(values[:, :at])
        total = np.nansum(future, axis=1) * horizon / np.maximum(known, 1)
        missed.append((total - then * horizon) / (wide * np.sqrt(horizon)))
        weights.append(np.where(known >= horizon / 2, DECAY**back, 0.0))
    rows = float(sum(weight.sum() for weight in weights)) * OVERLAP
    share = rows / (rows + PRIOR_ROWS)
    shape = (1 - share) * SHAPE * WIDER
    if missed:
        shape = shape + share * quantiles(np.concatenate(missed), np.concatenate(weights), LEVELS)
    found = (level * horizon)[:, None] + (spread * np.sqrt(horizon))[:, None] * shape
    return np.maximum.accumulate(found, axis=1), rows


def _level(values: Values) -> tuple[Values, Values]:
    """Mean and robust spread of the last four weeks; one viral day cannot carry them."""
    recent = values[:, -WINDOW:]
    with np.errstate(invalid="ignore"):
        empty = np.asarray(np.isnan(recent).all(axis=1))[:, None]
        middle = np.nan_to_num(np.nanmedian(np.where(empty, 0, recent), axis=1))
        apart = np.abs(recent - middle[:, None])
        usual = np.nanmedian(np.where(empty, 0, apart), axis=1)
        limit = 8 * (1.4826 * np.nan_to_num(usual) + 0.5)
        tamed = np.clip(recent, (middle - limit)[:, None], (middle + limit)[:, None])
        known = np.maximum((~np.isnan(tamed)).sum(axis=1), 1)
        mean = np.nansum(tamed, axis=1) / known
        spread = np.sqrt(np.nansum((tamed - mean[:, None]) ** 2, axis=1) / known)
    return mean, spread + 0.5
