"""The forecasts themselves, each worked out once for the very same numbers.

A forecast follows from nothing but the days it is given, so what was asked before with the same
days is not worked out again: a new day costs one forecast a goal, not a whole month of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from yunce.engines.forecasts import (
    Campaign,
    Distribution,
    Flag,
    MonthForecasts,
    Panel,
    Status,
)
from yunce.engines.forecasts import Kind as Way
from yunce.engines.forecasts import forecast_month as _forecast
from yunce.loop.goals.queries.remembering import Memory
from yunce.loop.goals.queries.series import Series

KEPT = 4096  # forecasts; each is fifty numbers
WINDOW = 181  # days a forecast looks at, and the one before them for a stock's first step
NOTHING = 1e-12
DAY = timedelta(days=1)
Events = Mapping[str, Set[date]]
Campaigns = Mapping[str, Campaign]


@dataclass(frozen=True, eq=False)
class Ending:
    """How a period may end for the team as a whole, in the metric's own unit."""

    distribution: Distribution
    status: Status
    flags: frozenset[Flag]
    by_account: Mapping[str, frozenset[Flag]]  # only accounts with any flag
    known: float  # so far; of a stock the newest value; NaN of a ratio without a denominator
    rows: float  # effective own months behind the calibration

    @property
    def is_said(self) -> bool:
        return self.status is not Status.INSUFFICIENT

    def q(self, level: float) -> float | None:
        return float(self.distribution.q(level)[0]) if self.is_said else None

    def chance(self, target: float, *, lower_is_better: bool) -> float | None:
        if not self.is_said or not np.isfinite(target):
            return None
        wanted = np.array([target])
        return float(self.distribution.p_reached(wanted, lower_is_better=lower_is_better)[0])


def ending_of(
    series: Series,
    *,
    first: date,
    last: date,
    as_of: date,
    events: Events,
    campaigns: Campaigns | None = None,
) -> Ending:
    """The days from ``first`` to ``last`` as they look at the end of ``as_of``."""
    seen = replace(series, over=_seen(series.over, as_of), under=_seen(series.under, as_of))
    start = as_of - WINDOW * DAY
    inside = {
        kind: frozenset(day for day in days if start < day <= last) for kind, days in events.items()
    }
    known = _Known(inside, _inside(campaigns or {}, start, last))
    return _KEPT.get(
        _key(seen, (first, last, as_of), known),
        lambda: _worked_out(seen, first=first, last=last, as_of=as_of, known=known),
    )


@dataclass(frozen=True)
class _Known:
    """Days out of the ordinary, past and planned."""

    events: Events
    campaigns: Campaigns

    @property
    def unplanned(self) -> _Known:
        """For a numerator: what the plan expects is of the ratio, not of it."""
        kinds = {name: replace(kind, expected=None) for name, kind in self.campaigns.items()}
        return _Known(self.events, kinds)


def _inside(campaigns: Campaigns, start: date, last: date) -> Campaigns:
    return {
        kind: replace(each, days=frozenset(day for day in each.days if start < day <= last))
        for kind, each in campaigns.items()
    }


def _seen(panel: Panel | None, as_of: date) -> Panel | None:
    """What a forecast looks at, however far back was read: the same days, the same key."""
    return panel.until(as_of + DAY).last_days(WINDOW) if panel else None


_KEPT: Memory[Ending] = Memory(KEPT)


def _key(series: Series, days: tuple[date, date, date], known: _Known) -> bytes:
    told = hashlib.blake2b(repr((series.recipe, days)).encode(), digest_size=20)
    for kind, when in sorted(known.events.items()):
        told.update(repr((kind, sorted(when))).encode())
    for kind, each in sorted(known.campaigns.items()):
        told.update(repr((kind, sorted(each.days), each.expected)).encode())
    for panel in (series.over, series.under):
        told.update(repr((panel.accounts, panel.first) if panel else None).encode())
        told.update(panel.values.tobytes() if panel else b"")
    return told.digest()


def _worked_out(series: Series, *, first: date, last: date, as_of: date, known: _Known) -> Ending:
    over, recipe = series.over, series.recipe
    assert over is not None  # noqa: S101 - asked only of series with numbers
    days, nothing = (first, last + DAY, as_of + DAY), _Known({}, {})
    if recipe.way is not Way.RATIO or series.under is None:
        return _ending(_asked(recipe.way, over, days, known), over)
    if not recipe.is_level:
        return _ending(_asked(Way.RATIO, over, days, nothing, under=series.under), over)
    level = float(np.nan_to_num(_asked(Way.LAST, series.under, days, nothing).q(0.5)[0]))
    told = _asked(Way.SUM, over, days, known.unplanned)
    return _ending(told, over, scale=level)


def _asked(
    way: Way,
    panel: Panel,
    days: tuple[date, date, date],
    known: _Known,
    under: Panel | None = None,
) -> MonthForecasts:
    first, end, as_of = days
    return _forecast(
        panel,
        kind=way,
        first=first,
        end=end,
        as_of=as_of,
        denominators=under,
        events=known.events or None,
        campaigns=known.campaigns or None,
    )


def _ending(told: MonthForecasts, panel: Panel, *, scale: float = 1.0) -> Ending:
    has_scale = scale > NOTHING
    values = told.distribution.values[:1] / (scale if has_scale else 1.0)
    named = zip(panel.accounts[1:], told.flags[1:], strict=True)
    return Ending(
        Distribution(values),
        told.status[0] if has_scale else Status.INSUFFICIENT,
        told.flags[0],
        {name: flags for name, flags in named if flags},
        float(told.known[0]) / (scale if has_scale else 1.0),
        told.rows,
    )
