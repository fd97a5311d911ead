"""The referee: the last 28 days carried on, with conformal intervals pooled over the accounts."""

from __future__ import annotations

from datetime import date

import numpy as np

from yunce.engines.forecasts.calibrating import MOST, NEEDED, STEP
from yunce.engines.forecasts.distribution import LEVELS, Distribution
from yunce.engines.forecasts.features import SMOOTH
from yunce.engines.forecasts.fitting import quantiles
from yunce.engines.forecasts.forecasting import HISTORY, Kind
from yunce.engines.forecasts.panel import Panel, Values

WINDOW = 28


def run_rate(panel: Panel, *, kind: Kind, first: date, end: date, as_of: date) -> Distribution:
    """What a careful spreadsheet would say of the month [first, end) at the start of ``as_of``."""
    known = panel.until(as_of)
    flow = known.increments() if kind is Kind.LAST else known
    window = flow.last_days(HISTORY).values
    gone = flow.values[:, flow.index(first) :] if as_of > first else flow.values[:, :0]
    start = _newest(known.values) if kind is Kind.LAST else np.nansum(gone, axis=1)
    horizon = max(0, (end - max(as_of, first)).days)
    if not horizon:
        return Distribution(np.repeat(start[:, None], len(LEVELS), axis=1))
    small = SMOOTH * horizon
    missed = [
        np.log(
            (_total(window[:, at : at + horizon]) + small)
            / (_base(window[:, :at], horizon) + small)
        )
        for back in range(MOST)
        if (at := window.shape[1] - horizon - STEP * back) >= NEEDED
    ]
    shape = np.zeros(len(LEVELS))
    if missed:
        every = np.concatenate(missed)
        shape = quantiles(every, np.ones(len(every)), LEVELS)
    base = _base(window, horizon)
    rest = np.maximum(0, (base + small)[:, None] * np.exp(shape) - small)
    return Distribution(start[:, None] + rest)


def _base(values: Values, horizon: int) -> Values:
    recent = values[:, -WINDOW:]
    known = np.maximum((~np.isnan(recent)).sum(axis=1), 1)
    return np.asarray(np.nansum(np.maximum(recent, 0), axis=1) / known * horizon)


def _total(values: Values) -> Values:
    known = np.maximum((~np.isnan(values)).sum(axis=1), 1)
    return np.asarray(np.nansum(np.maximum(values, 0), axis=1) * values.shape[1] / known)


def _newest(values: Values) -> Values:
    known = ~np.isnan(values)
    if not values.shape[1]:
        return np.zeros(len(values))
    at = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), values[np.arange(len(values)), at], 0.0)
