"""Days of an account's numbers, for tests of what looks at many of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from yunce.engines.metrics import FactRow
from yunce.ground.channels.models import Account
from yunce.ground.facts.actions import Source, record
from yunce.ground.facts.models import BatchKind


def uneven(level: float, days: int, *, seed: int, noise: float = 0.1) -> list[float]:
    """Days around a level that nothing happens in, whole numbers, the same every time."""
    luck = np.random.default_rng(seed)
    return [float(value) for value in np.round(level * np.exp(noise * luck.standard_normal(days)))]


def days_of(account: Account, metric: str, first: date, values: Sequence[float | None]) -> None:
    """One value a day from the first on; None is a day nobody tells of."""
    rows = [
        FactRow(account.team_id, account.pk, 0, metric, first + timedelta(days=n), "", float(value))
        for n, value in enumerate(values)
        if value is not None
    ]
    source = Source(kind=BatchKind.FILE, account=account)
    record(team=account.team, by=None, source=source, rows=rows)
