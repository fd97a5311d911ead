"""A running month as it accumulated: what stood at the end of every day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from yunce.engines.forecasts import Kind as Way
from yunce.engines.forecasts.panel import Flags, Values
from yunce.kit.months import Month
from yunce.kit.numbers import as_decimal
from yunce.loop.goals.queries.series import Series

WEEK = 7


def so_far(series: Series, month: Month, *, until: date) -> dict[date, Decimal]:
    """Day → the team's month up to its end; a day nobody reported is absent.

    A flow's sum, a stock's level, a ratio's Σ ÷ Σ.
    """
    over = _row(series, month, until)
    if over is None:
        return {}
    known = ~np.isnan(over)
    if series.recipe.way is Way.SUM:
        values = np.nancumsum(over)
    elif series.recipe.way is Way.LAST:
        values = over
    else:
        values, known = _ratio(series, over, month, until)
    return {
        month.first + timedelta(days=int(at)): as_decimal(float(values[at]))
        for at in np.flatnonzero(known)
    }


def recent_mean(series: Series, *, until: date, days: int = WEEK) -> Decimal | None:
    """A flow's mean of its newest days; None when they are unknown."""
    if series.over is None or series.recipe.way is not Way.SUM:
        return None
    newest = series.over.until(until + timedelta(days=1)).values[0][-days:]
    known = newest[~np.isnan(newest)]
    return as_decimal(float(known.mean())) if len(known) else None


def _row(series: Series, month: Month, until: date, *, is_under: bool = False) -> Values | None:
    panel = series.under if is_under else series.over
    if panel is None or until < month.first:
        return None
    start = max(0, panel.index(month.first))
    end = panel.index(min(until, month.last)) + 1
    return np.asarray(panel.values[0][start:end])


def _ratio(series: Series, over: Values, month: Month, until: date) -> tuple[Values, Flags]:
    under = _row(series, month, until, is_under=True)
    if under is None:
        return over, np.zeros(len(over), dtype=bool)
    # Σ ÷ Σ as every answer counts it: of days that have both, or over the level known last.
    told = ~np.isnan(over) | ~np.isnan(under)
    top = np.nancumsum(over)
    bottom = under if series.recipe.is_level else np.nancumsum(under)
    usable = told & (np.nan_to_num(bottom) > 0)
    found = np.divide(top, bottom, out=np.zeros(len(top)), where=usable)
    return np.asarray(found), np.asarray(usable)
