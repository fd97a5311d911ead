"""The month's end as a distribution, for every account of a panel at once.

``sum``: the month's total of a flow. ``last``: a stock's last value. ``ratio``: Σ numerator ÷
Σ denominator. A team's total is a series of its own (``Panel.together``): adding accounts up as if
they were independent makes intervals far too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from yunce.engines.forecasts.calibrating import fit, smoothing
from yunce.engines.forecasts.campaigns import Kinds
from yunce.engines.forecasts.campaigns import campaigns as expected_of
from yunce.engines.forecasts.distribution import LEVELS, Distribution
from yunce.engines.forecasts.events import Events, factors, uplifts
from yunce.engines.forecasts.evidence import (
    ENOUGH,
    Flag,
    Minded,
    Status,
    flags_of,
    has_stopped,
    statuses_of,
)
from yunce.engines.forecasts.features import features
from yunce.engines.forecasts.fitting import quantiles
from yunce.engines.forecasts.panel import Panel, Values
from yunce.engines.forecasts.signed import SHAPE, totals

HISTORY = 180  # days looked back
SIGNED = 0.02  # share of days below zero from which a series counts as going both ways


class Kind(StrEnum):
    """How days make a month."""

    SUM = "sum"
    LAST = "last"
    RATIO = "ratio"


@dataclass(frozen=True, eq=False)
class MonthForecasts:
    """Forecasts of one month, by account in the panel's order."""

    accounts: tuple[str, ...]
    kind: Kind
    distribution: Distribution
    known: Values  # [n] of sum: the month's total so far; of last: the newest value
    days_left: int
    status: tuple[Status, ...]
    flags: tuple[frozenset[Flag], ...]
    rows: float  # effective own months behind the calibration

    def q(self, level: float) -> Values:
        """NaN where the status is insufficient."""
        return np.where(self._said, self.distribution.q(level), np.nan)

    def p_hit(self, target: Values | float, *, lower_is_better: bool = False) -> Values:
        """Probability of reaching the target [n]; NaN where nothing can be said."""
        wanted = np.broadcast_to(np.asarray(target, dtype=np.float64), self.known.shape)
        reached = self.distribution.p_reached(wanted, lower_is_better=lower_is_better)
        return np.where(self._said & np.isfinite(wanted), reached, np.nan)

    @property
    def _said(self) -> NDArray[np.bool_]:
        return np.array([status is not Status.INSUFFICIENT for status in self.status])


def forecast_month(
    panel: Panel,
    *,
    kind: Kind,
    first: date,
    end: date,
    as_of: date,
    events: Events | None = None,
    campaigns: Kinds | None = None,
    denominators: Panel | None = None,
) -> MonthForecasts:
    """The month [first, end) seen at the start of ``as_of``, the first day not known yet.

    Whatever the panel holds from ``as_of`` on is not looked at. A month that has not begun is
    calibrated on pseudo-months that began as many days after their own today. ``events``: days that
    move all accounts alike; ``campaigns``: days that may bring one account much. ``denominators``:
    for ``ratio``, with the same accounts and days as the panel of numerators.
    """
    known = panel.until(as_of)
    if kind is Kind.RATIO and denominators is not None:
        return _ratio(known, denominators.until(as_of), first=first, end=end, as_of=as_of)
    flow = known.increments() if kind is Kind.LAST else known
    window = flow.last_days(HISTORY)
    so_far, missing = _so_far(flow, first=first, as_of=as_of)
    start = _newest(known.values) if kind is Kind.LAST else so_far
    start_day = as_of if kind is Kind.LAST else max(as_of, first)  # a stock moves before it too
    left = max(0, (end - start_day).days)
    extra = np.zeros(len(panel.accounts)) if kind is Kind.LAST else missing
    lead = (start_day - as_of).days  # days that belong to no answer
    rest, rows, minded = _rest(window, start_day, lead, left, extra, events or {}, campaigns or {})
    stopped = has_stopped(window.values)
    values = start[:, None] + np.where((stopped & (kind is Kind.SUM))[:, None], 0.0, rest)
    flags = flags_of(known, window, missing, minded, stopped)
    return MonthForecasts(
        panel.accounts,
        kind,
        Distribution(np.maximum.accumulate(np.nan_to_num(values), axis=1)),
        start,
        left,
        statuses_of(known.values, flags),
        flags,
        rows,
    )


def _rest(
    window: Panel,
    start: date,
    lead: int,
    left: int,
    extra: Values,
    events: Events,
    campaigns: Kinds,
) -> tuple[Values, float, Minded]:
    """What ``left`` days from ``start`` (and the month's missing days) bring, at LEVELS."""
    many = len(window.accounts)
    horizon = max(1, left)
    values = window.values
    with np.errstate(invalid="ignore"):
        known = np.maximum((~np.isnan(values)).sum(axis=1), 1)
        both_ways = (values < 0).sum(axis=1) / known > SIGNED
    uplift = uplifts(window, events)
    planned = expected_of(window, campaigns, start=start, days=left)
    past = factors(window.first, window.days, events, uplift)
    ahead = factors(start, horizon, events, uplift)
    days = np.tile(ahead, (many, 1)) * (1.0 if left else 0.0)
    calm = (values - planned.past) / past
    weekdays = (start.weekday() + np.arange(horizon)) % 7
    seen = features(calm, window.weekdays, weekdays, days)
    calibrator = fit(calm[~both_ways], window.weekdays, horizon, lead=lead)
    share = 1 + extra / np.maximum(days.sum(axis=1), 1.0)
    small = smoothing(days)
    base = seen.base * share
    found = np.maximum(0, (base + small)[:, None] * np.exp(calibrator.logs(seen)) - small[:, None])
    if both_ways.any():
        found[both_ways] = totals(calm[both_ways], horizon, lead=lead)[0]
    if not left:
        found = np.where(extra[:, None] > 0, found, 0.0)
    found = planned.put_back(found)
    found[~both_ways] = np.maximum(found[~both_ways], 0.0)
    return found, calibrator.rows, Minded(seen.spiked, planned.untried > 0)


def _ratio(over: Panel, under: Panel, *, first: date, end: date, as_of: date) -> MonthForecasts:
    """log(ratio) is calibrated directly: numerator and denominator move together."""
    upper, lower = over.last_days(HISTORY), under.last_days(HISTORY)
    left = max(0, (end - max(as_of, first)).days)
    horizon = max(1, left)
    up, down = (
        _so_far(over, first=first, as_of=as_of)[0],
        _so_far(under, first=first, as_of=as_of)[0],
    )
    rate = _rate(upper.values, lower.values, 28)
    lead = max(0, (first - as_of).days)
    missed, weights = _ratio_misses(upper.values, lower.values, horizon, lead)
    shape = _ratio_shape(missed, weights)
    ahead = np.nan_to_num(_mean_days(lower.values, 28)) * horizon * (1.0 if left else 0.0)
    coming = rate[:, None] * np.exp(shape[None, :])
    whole = np.maximum(down + ahead, 1e-12)[:, None]
    values = (up[:, None] + coming * ahead[:, None]) / whole
    flags = flags_of(
        over, upper, np.zeros(len(up)), Minded(np.zeros(len(up), bool)), has_stopped(lower.values)
    )
    return MonthForecasts(
        over.accounts,
        Kind.RATIO,
        Distribution(np.maximum.accumulate(np.nan_to_num(values), axis=1)),
        np.where(down > 0, up / np.maximum(down, 1e-12), np.nan),
        left,
        statuses_of(lower.values, flags, usable=np.isfinite(rate) & (rate > 0)),
        flags,
        float(weights.sum()) * 7 / 30,
    )


def _rate(over: Values, under: Values, days: int) -> Values:
    both = ~np.isnan(over[:, -days:]) & ~np.isnan(under[:, -days:])
    top = np.where(both, over[:, -days:], 0).sum(axis=1)
    bottom = np.where(both, under[:, -days:], 0).sum(axis=1)
    return np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1), np.nan)


def _ratio_misses(over: Values, under: Values, horizon: int, lead: int) -> tuple[Values, Values]:
    missed: list[Values] = []
    for back in range(16):
        at = over.shape[1] - horizon - lead - 7 * back
        if at < ENOUGH:
            break
        month = slice(at + lead, at + lead + horizon)
        then = _rate(over[:, :at], under[:, :at], 28)
        came = _rate(over[:, month], under[:, month], horizon)
        with np.errstate(divide="ignore", invalid="ignore"):
            missed.append(np.log(came / then))
    if not missed:
        return np.empty(0), np.empty(0)
    found = np.concatenate(missed)
    usable = np.isfinite(found)
    return np.where(usable, found, 0.0), usable.astype(np.float64)


def _ratio_shape(missed: Values, weights: Values) -> Values:
    rows = float(weights.sum()) * 7 / 30
    share = rows / (rows + 30.0)
    return np.asarray((1 - share) * SHAPE * 0.15 + share * quantiles(missed, weights, LEVELS))


def _mean_days(values: Values, days: int) -> Values:
    recent = values[:, -days:]
    known = (~np.isnan(recent)).sum(axis=1)
    return np.where(known > 0, np.nansum(recent, axis=1) / np.maximum(known, 1), np.nan)


def _so_far(panel: Panel, *, first: date, as_of: date) -> tuple[Values, Values]:
    """(total of the month's known days, how many of its days gone by nobody reported)."""
    gone = panel.values[:, max(0, panel.index(first)) :] if as_of > first else panel.values[:, :0]
    elapsed = max(0, (as_of - first).days)
    return np.nansum(gone, axis=1), elapsed - (~np.isnan(gone)).sum(axis=1).astype(np.float64)


def _newest(values: Values) -> Values:
    """The last known value of each row; 0 where there is none."""
    known = ~np.isnan(values)
    if not values.shape[1]:
        return np.zeros(len(values))
    at = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), values[np.arange(len(values)), at], 0.0)
