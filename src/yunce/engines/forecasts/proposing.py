"""必达 and 挑战 from a forecast, rounded the way people round."""

from __future__ import annotations

import math
from dataclasses import dataclass

from yunce.engines.forecasts.evaluating import MUST, STRETCH
from yunce.engines.forecasts.forecasting import MonthForecasts, Status

DIGITS = 2  # significant figures people write in a plan


@dataclass(frozen=True)
class Proposal:
    """Targets for one account (or total), with how likely they are; None where nothing is said."""

    must: float | None
    stretch: float | None
    p_must: float | None
    p_stretch: float | None


def propose(
    forecasts: MonthForecasts,
    account: int = 0,
    *,
    lower_is_better: bool = False,
    digits: int = DIGITS,
) -> Proposal:
    """must is reached in about 7 months of 10, stretch in about 1 of 4."""
    if forecasts.status[account] is Status.INSUFFICIENT:
        return Proposal(None, None, None, None)
    easy, hard = (1 - MUST, 1 - STRETCH) if lower_is_better else (MUST, STRETCH)
    must = rounded(float(forecasts.q(easy)[account]), digits=digits)
    stretch = rounded(float(forecasts.q(hard)[account]), digits=digits)
    p = [
        float(forecasts.p_hit(target, lower_is_better=lower_is_better)[account])
        for target in (must, stretch)
    ]
    return Proposal(must, stretch, p[0], p[1])


def rounded(value: float, *, digits: int = DIGITS) -> float:
    """To so many significant figures, half away from zero.

    >>> rounded(12_345), rounded(0.0847), rounded(0.0)
    (12000.0, 0.085, 0.0)
    """
    if value == 0 or not math.isfinite(value):
        return 0.0
    step = math.floor(math.log10(abs(value))) - digits + 1
    scaled = math.floor(abs(value) / 10.0**step + 0.5)
    return math.copysign(round(scaled * 10.0**step, max(0, -step)), value)
