"""Robust ridge regression and weighted quantiles."""

from __future__ import annotations

import numpy as np

from yunce.engines.forecasts.panel import Values

HUBER = 1.345  # robust spreads beyond which a residual counts less (Huber 1964)
ROUNDS = 6


def ridge(
    features: Values,
    wanted: Values,
    weights: Values,
    *,
    strength: float,
    prior: Values | None = None,
    prior_rows: float = 0.0,
) -> Values:
    """Huber-weighted ridge by re-weighting; the first column (the constant) is not shrunk.

    With ``prior``, coefficients are drawn towards it as by ``prior_rows`` observations whose
    features have the spread of unit variance.
    """
    columns = features.shape[1]
    towards = np.zeros(columns) if prior is None else prior
    penalty = np.full(columns, strength)
    penalty[0] = 1e-9
    penalty += prior_rows * 0.15
    beta = towards.copy()
    if not len(wanted):
        return beta
    robust = np.ones(len(wanted))
    for _round in range(ROUNDS):
        scaled = features * (weights * robust)[:, None]
        left = scaled.T @ features + np.diag(penalty)
        beta = np.asarray(
            np.linalg.solve(left, scaled.T @ wanted + penalty * towards), dtype=np.float64
        )
        apart = np.abs(wanted - features @ beta)
        spread = 1.4826 * _median_weighted(apart, weights) + 1e-9
        robust = np.minimum(1.0, HUBER * spread / np.maximum(apart, 1e-12))
    return np.asarray(beta)


def quantiles(values: Values, weights: Values, levels: Values) -> Values:
    """Weighted quantiles, in between by straight lines; rows of weight 0 do not count."""
    order = np.argsort(values, kind="stable")
    ordered, heavy = values[order], weights[order]
    total = heavy.sum()
    if total <= 0:
        return np.zeros(len(levels))
    at = (np.cumsum(heavy) - heavy / 2) / total
    return np.asarray(np.interp(levels, at, ordered))


def _median_weighted(values: Values, weights: Values) -> float:
    return float(quantiles(values, weights, np.array([0.5]))[0])
