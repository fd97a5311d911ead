"""A forecast's distribution: values at fixed levels, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from yunce.engines.forecasts.panel import Values

LEVELS: Values = np.concatenate(
    [[0.005, 0.01, 0.025], np.arange(0.05, 0.951, 0.025), [0.975, 0.99, 0.995]]
)
MIDDLE = len(LEVELS) // 2  # the median's place


@dataclass(frozen=True, eq=False)
class Distribution:
    """Values at ``LEVELS`` of each account [n, levels], not falling."""

    values: Values

    def q(self, level: float) -> Values:
        """The value not exceeded with probability ``level`` [n]."""
        at = int(np.clip(np.searchsorted(LEVELS, level), 1, len(LEVELS) - 1))
        low, high = LEVELS[at - 1], LEVELS[at]
        share = float(np.clip((level - low) / (high - low), 0.0, 1.0))
        return np.asarray(self.values[:, at - 1] * (1 - share) + self.values[:, at] * share)

    def p_at_least(self, target: Values) -> Values:
        """Probability that the value comes to at least ``target`` [n]."""
        below = self.values < target[:, None]
        many = below.sum(axis=1)
        rows = np.arange(len(target))
        low, high = np.clip(many - 1, 0, None), np.clip(many, None, len(LEVELS) - 1)
        start, end = self.values[rows, low], self.values[rows, high]
        gap = np.where(end > start, end - start, 1.0)
        inside = np.where(end > start, (target - start) / gap, 0.0)
        level = LEVELS[low] + (LEVELS[high] - LEVELS[low]) * np.clip(inside, 0.0, 1.0)
        level = np.where(many == 0, 0.0, np.where(many == len(LEVELS), 1.0, level))
        return np.asarray(1.0 - level)

    def p_reached(self, target: Values, *, lower_is_better: bool) -> Values:
        """Probability of at least the target, or of at most it where lower is better [n]."""
        if not lower_is_better:
            return self.p_at_least(target)
        return 1 - self.p_at_least(np.nextafter(target, np.inf))

    def crps(self, actual: Values) -> Values:
        """Continuous ranked probability score [n], as twice the mean pinball loss."""
        apart = actual[:, None] - self.values
        loss = np.maximum(LEVELS * apart, (LEVELS - 1) * apart)
        widths = np.gradient(LEVELS)
        return np.asarray(2 * (loss * widths).sum(axis=1) / widths.sum())
