"""Made-up panels with known shape."""

from __future__ import annotations

from datetime import date

import numpy as np

from yunce.engines.forecasts import Panel

FIRST = date(2024, 1, 1)  # a Monday


def steady(accounts: int = 30, days: int = 400, *, seed: int = 7) -> Panel:
    """Accounts of different size, a weekend dip, noise around a level."""
    dice = np.random.default_rng(seed)
    level = np.exp(dice.normal(4, 1, accounts))[:, None]
    week = np.array([1.1, 1.1, 1.1, 1.1, 1.1, 0.75, 0.75])[np.arange(days) % 7]
    values = dice.poisson(level * week * np.exp(dice.normal(0, 0.2, (accounts, days))))
    return Panel(tuple(f"账号 {n}" for n in range(accounts)), FIRST, values.astype(np.float64))
