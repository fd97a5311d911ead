"""What a history says about the days to come: a base, and ratios of recent means to it.

Everything is relative to the mean of the last 28 days, so that accounts of any size share one
calibration. Units: ``base`` is in the metric's own unit for the whole of the days to come.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yunce.engines.forecasts.panel import Values

SPANS = (7, 14, 28, 56, 112)  # days of the means
WEEKS = 8  # of the weekday profile
PSEUDO_DAYS = 2.0  # an average day, counted so often into every weekday
PROFILE_CAP = 4.0  # a viral Tuesday must not make all Tuesdays big: × median
SPIKE = 12.0  # a day above so many medians is cut back to it
SMOOTH = 0.25  # added per day before logarithms: small counts stay calm
FAR = 2.5  # a log ratio beyond this tells no more
PERIOD = 7


@dataclass(frozen=True)
class Features:
    """Of each account, seen from one day."""

    base: Values  # [n] expected total over the days to come, before any correction
    mean: Values  # [n, k] what moves the expectation
    noise: Values  # [n, m] what moves the spread
    spiked: NDArray[np.bool_]  # [n] a day was cut back
    known: NDArray[np.int64]  # [n] days known in the window


def features(
    values: Values, weekdays: NDArray[np.int64], ahead: NDArray[np.int64], days: Values
) -> Features:
    """``values`` [n, t] up to today; ``ahead`` [h] weekdays to come; ``days`` [n, h] 1 = counts.

    Values below zero are taken as zero here; see ``models.signed`` for series that go both ways.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        recent = values[:, -4 * 28 :]
        capped, spiked = _without_spikes(np.maximum(recent, 0.0))
        dow = weekdays[-recent.shape[1] :]
        profile = _profile(capped[:, -PERIOD * WEEKS :], dow[-PERIOD * WEEKS :])
        calm = capped / profile[:, dow]
        means = {span: _mean(calm[:, -span:]) for span in SPANS}
        level = np.where(np.isnan(means[28]), means[112], means[28])
        level = np.nan_to_num(level)
        horizon = np.maximum(days.sum(axis=1), 1.0)
        base = level * (profile[:, ahead] * days).sum(axis=1)
        ratios = [_log_ratio(means[span], level) for span in (7, 14, 56, 112)]
        # Of less than one a day the median is 0 whatever comes: it tells little of small counts.
        middle = _log_ratio(row_medians(calm[:, -28:]), level) * level / (level + 1)
        ones = np.ones(len(values))
        weekly = _weekly(calm)
        noise = [
            ones,
            np.log(_spread(weekly) + 0.03),
            np.log(_spread(np.diff(weekly, axis=1)) + 0.03),
            np.log(1 / np.sqrt(base + 1.0) + 0.01),
            np.abs(ratios[0]),
            np.abs(middle),
            np.log(horizon / 30),
        ]
    return Features(
        base=base,
        mean=np.column_stack([ones, *ratios, middle]),
        noise=np.column_stack(noise),
        spiked=spiked,
        known=(~np.isnan(values)).sum(axis=1),
    )


def _without_spikes(values: Values) -> tuple[Values, NDArray[np.bool_]]:
    middle = np.nan_to_num(row_medians(values))
    usual = np.nan_to_num(_mean(np.minimum(values, (middle[:, None] + 1.0) * SPIKE)))
    limit = (np.maximum(middle, usual / 2) + 1.0)[:, None] * SPIKE
    cut = np.minimum(values, limit)
    return cut, np.asarray(np.any(values > limit, axis=1), dtype=np.bool_)


def _profile(values: Values, dow: NDArray[np.int64]) -> Values:
    """Weekday factors around 1 [n, 7]."""
    limit = PROFILE_CAP * np.nan_to_num(row_medians(values))[:, None]
    capped = np.where(limit > 0, np.minimum(values, limit), values)
    overall = np.nan_to_num(_mean(capped))
    factors = np.ones((len(values), PERIOD))
    for weekday in range(PERIOD):
        of_day = capped[:, dow == weekday]
        known = (~np.isnan(of_day)).sum(axis=1)
        total = np.nansum(of_day, axis=1) + PSEUDO_DAYS * overall
        factors[:, weekday] = total / (known + PSEUDO_DAYS)
    overall = np.where(overall > 0, overall, 1.0)
    factors = np.where(factors.sum(axis=1, keepdims=True) > 0, factors / overall[:, None], 1.0)
    return np.asarray(
        np.clip(factors, 0.15, 5.0) / np.clip(factors, 0.15, 5.0).mean(axis=1, keepdims=True)
    )


def _weekly(values: Values) -> Values:
    """Log means of the last eight whole weeks [n, 8], gaps filled with the row's mean."""
    many = min(WEEKS, max(2, values.shape[1] // PERIOD))
    wanted = many * PERIOD
    if values.shape[1] < wanted:
        values = np.pad(values, ((0, 0), (wanted - values.shape[1], 0)), constant_values=np.nan)
    blocks = values[:, -wanted:].reshape(len(values), many, PERIOD)
    known = (~np.isnan(blocks)).sum(axis=2)
    means = np.nansum(blocks, axis=2) / np.maximum(known, 1)
    logs = np.where(known > 0, np.log(means + SMOOTH), np.nan)
    middle = np.nan_to_num(_mean(logs))
    return np.where(np.isnan(logs), middle[:, None], logs)


def _spread(values: Values) -> Values:
    return np.asarray(values.std(axis=1))


def _log_ratio(part: Values, whole: Values) -> Values:
    found = np.log((part + SMOOTH / 2) / (whole + SMOOTH / 2))
    return np.asarray(np.clip(np.nan_to_num(found), -FAR, FAR))


def _mean(values: Values) -> Values:
    known = (~np.isnan(values)).sum(axis=1)
    return np.asarray(np.where(known > 0, np.nansum(values, axis=1) / np.maximum(known, 1), np.nan))


def row_medians(values: Values) -> Values:
    """Row medians that ignore gaps; quick for the usual row without any."""
    if not np.isnan(values).any():
        return np.asarray(np.median(values, axis=1)) if values.shape[1] else np.zeros(len(values))
    ordered = np.sort(values, axis=1)  # gaps go last
    known = (~np.isnan(values)).sum(axis=1)
    rows = np.arange(len(values))
    low, high = np.maximum(known - 1, 0) // 2, known // 2
    high = np.minimum(high, values.shape[1] - 1)
    middle = (ordered[rows, low] + ordered[rows, np.where(known > 0, high, 0)]) / 2
    return np.asarray(np.where(known > 0, middle, np.nan))
