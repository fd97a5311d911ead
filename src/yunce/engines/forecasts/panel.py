"""A panel: daily values of several accounts, with gaps as NaN, and windows of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Panel:
    """Accounts × days. A day nobody reported is NaN; it is never taken for zero."""

    accounts: tuple[str, ...]
    first: date  # of the first column
    values: Values  # [accounts, days]

    @property
    def days(self) -> int:
        return int(self.values.shape[1])

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    @property
    def weekdays(self) -> NDArray[np.int64]:
        """Monday 0 … Sunday 6 of every column."""
        return (self.first.weekday() + np.arange(self.days)) % 7

    def index(self, day: date) -> int:
        return (day - self.first).days

    def until(self, day: date) -> Panel:
        """What is known before ``day``: the day itself and all after it are cut off."""
        return Panel(self.accounts, self.first, self.values[:, : max(0, self.index(day))])

    def last_days(self, many: int) -> Panel:
        """The newest ``many`` days."""
        cut = max(0, self.days - many)
        return Panel(self.accounts, self.first + timedelta(days=cut), self.values[:, cut:])

    def increments(self) -> Panel:
        """Day-to-day differences of levels; a step over a gap is spread evenly over its days."""
        return Panel(self.accounts, self.first, _differences(self.values))

    def together(self, name: str = "") -> Panel:
        """The sum of all accounts as a series of its own; a day with none reported is a gap."""
        known = ~np.isnan(self.values)
        summed = np.where(known.any(axis=0), np.nansum(self.values, axis=0), np.nan)
        return Panel((name,), self.first, summed[np.newaxis, :])


def panel_of(rows: Iterable[tuple[str, date, float]]) -> Panel:
    """Long rows (account, day, value) → panel. Values that are no finite number are gaps.

    Of two rows for one account and day the last counts. ValueError when there are no rows.
    """
    listed = list(rows)
    if not listed:
        raise ValueError("a panel needs at least one row")
    accounts = {name: at for at, name in enumerate(dict.fromkeys(row[0] for row in listed))}
    first, last = min(row[1] for row in listed), max(row[1] for row in listed)
    values = np.full((len(accounts), (last - first).days + 1), np.nan)
    for name, day, value in listed:
        values[accounts[name], (day - first).days] = value
    values[~np.isfinite(values)] = np.nan
    return Panel(tuple(accounts), first, values)


def _differences(levels: Values) -> Values:
    found = np.full_like(levels, np.nan)
    for row, out in zip(levels, found, strict=True):
        known = np.flatnonzero(~np.isnan(row))
        steps = np.diff(known)
        each = np.diff(row[known]) / steps
        for at, step, value in zip(known[1:], steps, each, strict=True):
            out[at - step + 1 : at + 1] = value
    return found
