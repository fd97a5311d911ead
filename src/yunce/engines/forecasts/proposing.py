"""必达 and 挑战 from a forecast, rounded the way people round."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from yunce.engines.forecasts.distribution import Distribution
from yunce.engines.forecasts.evaluating import MUST, STRETCH

DIGITS = 2  # significant figures people write in a plan
MOST_DIGITS = 5  # of a stock, whose months differ only in the last ones
SLACK = 0.05  # how far rounding may move the chance before one more figure is written


@dataclass(frozen=True)
class Proposal:
    """Targets with how likely they are; None where the forecast gives none worth setting."""

    must: float | None
    stretch: float | None
    p_must: float | None
    p_stretch: float | None


def propose(
    distribution: Distribution,
    account: int = 0,
    *,
    lower_is_better: bool = False,
    least: float = 0.0,
) -> Proposal:
    """must is reached in about 7 months of 10, stretch in about 1 of 4.

    ``least``: the smallest step the metric is written in (1 of whole things). A target of nothing
    is none; neither is a stretch that rounds to must.
    """
    easy, hard = (1 - MUST, 1 - STRETCH) if lower_is_better else (MUST, STRETCH)
    must = _near(distribution, account, easy, least=least)
    stretch = _near(distribution, account, hard, least=least)
    if must <= 0:
        return Proposal(None, None, None, None)
    p_must = chance(distribution, account, must, lower_is_better=lower_is_better)
    if stretch == must or stretch <= 0:
        return Proposal(must, None, p_must, None)
    p_stretch = chance(distribution, account, stretch, lower_is_better=lower_is_better)
    return Proposal(must, stretch, p_must, p_stretch)


def chance(
    distribution: Distribution, account: int, target: float, *, lower_is_better: bool
) -> float:
    """Probability of reaching the target."""
    wanted = np.full(len(distribution.values), target)
    return float(distribution.p_reached(wanted, lower_is_better=lower_is_better)[account])


def _near(distribution: Distribution, account: int, level: float, *, least: float) -> float:
    """The quantile in as few figures as keep its chance."""
    exact = float(distribution.q(level)[account])
    found = exact
    for digits in range(DIGITS, MOST_DIGITS + 1):
        found = rounded(exact, digits=digits, least=least)
        moved = 1 - level - chance(distribution, account, found, lower_is_better=False)
        if abs(moved) <= SLACK:
            break
    return found


def rounded(value: float, *, digits: int = DIGITS, least: float = 0.0) -> float:
    """To so many significant figures and no finer than ``least``, half away from zero.

    >>> rounded(12_345), rounded(0.0847), rounded(0.0), rounded(3.4, least=1)
    (12000.0, 0.085, 0.0, 3.0)
    """
    if value == 0 or not math.isfinite(value):
        return 0.0
    step = math.floor(math.log10(abs(value))) - digits + 1
    if least:
        step = max(step, round(math.log10(least)))
    scaled = math.floor(abs(value) / 10.0**step + 0.5)
    return math.copysign(round(scaled * 10.0**step, max(0, -step)), value)
