"""Known days: holidays and 调休, which move every account alike; campaigns are apart.

The uplift of each kind of day is measured on the team's own past against the accounts' usual days,
shrunk towards none, taken out of the history and put on the days to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, timedelta

import numpy as np

from yunce.engines.forecasts.panel import Panel, Values

Events = Mapping[str, Set[date]]  # kind of day → its days, past and planned
PSEUDO_DAYS = 2.0  # account-days of «no uplift», counted into every kind
LARGEST = 8.0
AROUND = 28  # days before a day that tell what is usual


def uplifts(panel: Panel, events: Events) -> dict[str, float]:
    """Kind → factor; 1 where the past has no such day."""
    found: dict[str, float] = {}
    for kind, days in events.items():
        logs = [value for day in days for value in _logs(panel, day, events)]
        pulled = float(np.sum(logs)) / (len(logs) + PSEUDO_DAYS) if logs else 0.0
        found[kind] = float(np.clip(np.exp(pulled), 1 / LARGEST, LARGEST))
    return found


def factors(first: date, many: int, events: Events, uplift: Mapping[str, float]) -> Values:
    """The factor of each of ``many`` days from ``first``; of several kinds the farthest from 1."""
    result = np.ones(many)
    for kind, days in events.items():
        factor = uplift.get(kind, 1.0)
        for day in days:
            at = (day - first).days
            if 0 <= at < many and abs(np.log(factor)) > abs(np.log(result[at])):
                result[at] = factor
    return result


def _logs(panel: Panel, day: date, events: Events) -> list[float]:
    at = panel.index(day)
    if not 7 <= at < panel.days:
        return []
    marked = {other for days in events.values() for other in days}
    usual = [
        column
        for column in range(max(0, at - AROUND), at)
        if panel.first + timedelta(days=column) not in marked
    ]
    if len(usual) < 7:
        return []
    before = panel.values[:, usual]
    known = (~np.isnan(before)).sum(axis=1) >= 7
    then = panel.values[:, at]
    usable = known & ~np.isnan(then)
    if not usable.any():
        return []
    mean = np.nanmean(np.maximum(before[usable], 0), axis=1)
    big = mean >= 1
    return [*np.log((np.maximum(then[usable][big], 0) + 0.5) / (mean[big] + 0.5))]
