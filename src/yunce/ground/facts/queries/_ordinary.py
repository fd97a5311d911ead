"""How far each part of a sum strays in an ordinary month: σ of the forecast made before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from yunce.engines.explain import Segment
from yunce.engines.forecasts import Kind, forecast_month, panel_of
from yunce.engines.metrics import Catalogue
from yunce.engines.metrics import Kind as MetricKind
from yunce.ground.facts.queries import answer
from yunce.ground.teams.models import Team

HISTORY = 180  # days
SPREAD = 2 * 1.2816  # σ between the quantiles at 10 % and at 90 %
SEP = "\x1f"


def strays(
    team: Team, code: str, *, start: date, end: date, by: Sequence[str], known: Catalogue
) -> dict[Segment, float]:
    """σ by segment in the metric's unit; nothing for what has no days, or too short a history."""
    if known.is_of_period(code) or known[code].kind is not MetricKind.FLOW:
        return {}
    day = timedelta(days=1)
    found = answer(
        team,
        [code],
        start=start - HISTORY * day,
        end=start - day,
        by=(*by, "day"),
        known=known,
    )
    rows = [
        (SEP.join(map(str, row.group[:-1])), row.group[-1], row.value)
        for row in found.rows
        if row.value is not None and isinstance(row.group[-1], date)
    ]
    if not rows:
        return {}
    panel = panel_of(rows)
    told = forecast_month(panel, kind=Kind.SUM, first=start, end=end + day, as_of=start)
    sigma = (told.q(0.9) - told.q(0.1)) / SPREAD
    return {
        tuple(name.split(SEP)): float(value)
        for name, value in zip(told.accounts, sigma, strict=True)
        if np.isfinite(value)
    }
