"""How far forecasts miss: shapes of standardised misses, by how noisy an account is.

Steady accounts miss in another way than noisy ones: many small misses and a rare jump. So the pool
is cut into groups by predicted spread, each drawn towards the whole while it has few rows. They
share one middle: a group's own would only add noise to the median. And no miss is foretold that is
much larger than any seen: a steady account's jump, in units of its own tiny spread, must not be
multiplied by a noisy account's spread.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yunce.engines.forecasts.distribution import LEVELS, MIDDLE
from yunce.engines.forecasts.fitting import quantiles
from yunce.engines.forecasts.panel import Values

GROUPS = 3  # by predicted spread
GROUP_ROWS = 60.0  # a group of so many rows counts as much as the whole pool
REACH = 0.995  # quantile of the misses seen …
REACH_WIDER = 1.25  # … times this is the largest one foretold
PRIOR_REACH = 2.5  # on the log: twelve times as much, or a twelfth


@dataclass(frozen=True, eq=False)
class Misses:
    """The misses to expect, on the log of the total."""

    edges: Values  # [g − 1] predicted spreads that part the groups
    shapes: Values  # [g, levels] standardised misses at LEVELS
    reach: Values  # [g, 2] the lowest and the highest miss

    def at(self, spread: Values) -> Values:
        """Misses at LEVELS of accounts with these predicted spreads [n, levels]."""
        group = np.searchsorted(self.edges, spread)
        low, high = self.reach[group].T
        return np.asarray(
            np.clip(spread[:, None] * self.shapes[group], low[:, None], high[:, None])
        )


def prior_misses(shape: Values) -> Misses:
    """One group, of the prior's shape at LEVELS."""
    return Misses(np.empty(0), shape[np.newaxis, :], np.array([[-PRIOR_REACH, PRIOR_REACH]]))


def pooled_misses(
    missed: Values, spread: Values, weights: Values, *, row: float, wider: float
) -> Misses:
    """From misses [n] with their predicted spreads and weights.

    ``row``: what one row of weight 1 counts for (rows overlap). ``wider``: a factor on all misses.
    """
    edges = quantiles(spread, weights, np.arange(1, GROUPS) / GROUPS)
    group = np.searchsorted(edges, spread)
    whole, far = _shape_and_reach(missed, spread, weights)
    shapes, reach = np.tile(whole, (GROUPS, 1)), np.tile(far, (GROUPS, 1))
    for at in range(GROUPS):
        inside = group == at
        rows = float(weights[inside].sum()) * row
        share = rows / (rows + GROUP_ROWS)
        own, own_far = _shape_and_reach(missed[inside], spread[inside], weights[inside])
        shapes[at] = share * (own - own[MIDDLE] + whole[MIDDLE]) + (1 - share) * whole
        reach[at] = share * own_far + (1 - share) * far
    return Misses(edges, shapes * wider, reach * wider)


def _shape_and_reach(missed: Values, spread: Values, weights: Values) -> tuple[Values, Values]:
    shape = quantiles(missed / spread, weights, LEVELS)
    return shape, quantiles(missed, weights, np.array([1 - REACH, REACH])) * REACH_WIDER


def mixed(own: Misses, prior: Misses, *, share: float, wider: float) -> Misses:
    """``share`` of the team's own misses, the rest of the prior's, which is made ``wider``."""
    rest = 1 - share
    return Misses(
        own.edges,
        share * own.shapes + rest * wider * prior.shapes,
        share * own.reach + rest * prior.reach,
    )
