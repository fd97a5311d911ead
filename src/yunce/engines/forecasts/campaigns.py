"""Livestreams, events, launches: what such a day brings more, per account, past and to come.

One livestream may bring fifty usual days to one account and nothing to the others, so amounts are
measured on each account's own past, in its own unit: the day less the mean of its unmarked days in
the four weeks before. Whether an amount is more than a noisy day is judged by positive-part James
and Stein (1961) shrinkage; how far events of a kind differ widens the range of those to come. What
nobody has tried is taken at the plan's word, with a wide range, or guessed from the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np

from yunce.engines.forecasts.distribution import LEVELS, MIDDLE
from yunce.engines.forecasts.features import row_medians
from yunce.engines.forecasts.panel import Panel, Values

AROUND = 28  # days before an event that tell what is usual
LEAST = 7  # of them must be known
UNLIKE = 0.3  # events of a kind differ by such a share of their mean, as long as few are known
UNLIKE_DAYS = 2.0  # events that share counts for
NORMAL: Values = np.array([NormalDist().inv_cdf(float(level)) for level in LEVELS])
PLANNED = 0.5  # standard deviation of an untried event, as a share of what the plan says


@dataclass(frozen=True)
class Campaign:
    """Events of one kind."""

    days: Set[date]  # past and planned
    expected: float | None = None  # what the plan says one brings to the panel's first account


Kinds = Mapping[str, Campaign]


@dataclass(frozen=True, eq=False)
class Campaigns:
    """What marked days brought, and what those to come may bring."""

    past: Values  # [n, t] to take out of the history
    ahead: Values  # [n] what the planned days bring more, together
    spread: Values  # [n] standard deviation of it
    untried: int  # planned days of kinds no account has seen yet

    def put_back(self, rest: Values) -> Values:
        """``rest`` [n, levels] without events → with them; independent spreads add as squares."""
        middle = rest[:, MIDDLE : MIDDLE + 1]
        wide = np.hypot(rest - middle, NORMAL * self.spread[:, None])
        return np.asarray(middle + self.ahead[:, None] + np.sign(NORMAL) * wide)


@dataclass(frozen=True, eq=False)
class _Kind:
    """Events of one kind, by account."""

    mean: Values  # amount an event brings, shrunk towards nothing
    spread: Values  # of one event's amount
    count: Values  # events this rests on
    taken: Mapping[int, Values]  # column of the window → what its event brought [n]


def campaigns(window: Panel, kinds: Kinds, *, start: date, days: int) -> Campaigns:
    """Events before the window's end teach; those of the ``days`` from ``start`` are foretold."""
    many = len(window.accounts)
    marked = {window.index(day) for kind in kinds.values() for day in kind.days}
    noise = _noise(window.values, marked)
    learnt = {name: _learn(window, kind.days, marked, noise, kinds) for name, kind in kinds.items()}
    past = np.zeros(window.values.shape)
    ahead, variance, untried = np.zeros(many), np.zeros(many), 0
    for name, found in learnt.items():
        for column, amount in found.taken.items():
            past[:, column] += amount
        coming = sum(0 <= (day - start).days < days for day in kinds[name].days)
        if coming and not found.count.any():
            untried += coming
            found = _untried(kinds[name], list(learnt.values()), many)
        ahead += coming * found.mean
        variance += (coming + coming**2 / np.maximum(found.count, 1)) * found.spread**2
    return Campaigns(past, ahead, np.sqrt(variance), untried)


def _learn(window: Panel, when: Set[date], marked: Set[int], noise: Values, kinds: Kinds) -> _Kind:
    columns = sorted(at for day in when if 0 <= (at := window.index(day)) < window.days)
    amounts = np.full((len(window.accounts), len(columns)), np.nan)
    for at, column in enumerate(columns):
        amounts[:, at] = _amount(window.values, column, marked) / _sharers(window, column, kinds)
    count = (~np.isnan(amounts)).sum(axis=1).astype(np.float64)
    plain = np.nansum(amounts, axis=1) / np.maximum(count, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        real = np.maximum(0.0, 1 - noise**2 / (count * plain**2))
    real = np.nan_to_num(real, posinf=0.0, neginf=0.0)
    apart = np.nansum((amounts - plain[:, None]) ** 2, axis=1)
    guess = UNLIKE_DAYS * (UNLIKE * plain) ** 2
    spread = np.sqrt((apart + guess) / (np.maximum(count - 1, 0) + UNLIKE_DAYS)) * real
    taken = {c: np.nan_to_num(amounts[:, at]) * real for at, c in enumerate(columns)}
    return _Kind(plain * real, spread, count, taken)


def _untried(kind: Campaign, learnt: list[_Kind], many: int) -> _Kind:
    """As the plan says; else as the kinds tried were on average, but anything up to twice it."""
    if kind.expected is not None:
        mean = np.zeros(many)
        mean[:1] = kind.expected
        return _Kind(mean, PLANNED * np.abs(mean), np.ones(many), {})
    tried = [kind.mean for kind in learnt if kind.count.any()]
    mean = np.mean(tried, axis=0) if tried else np.zeros(many)
    return _Kind(mean, np.abs(mean), np.ones(many), {})


def _amount(values: Values, column: int, marked: Set[int]) -> Values:
    """The day less the mean of the unmarked days before it; NaN where either is unknown."""
    usual = [at for at in range(max(0, column - AROUND), column) if at not in marked]
    before = values[:, usual]
    known = (~np.isnan(before)).sum(axis=1)
    mean = np.nansum(before, axis=1) / np.maximum(known, 1)
    return np.where(known >= LEAST, values[:, column] - mean, np.nan)


def _sharers(window: Panel, column: int, kinds: Kinds) -> int:
    """Kinds that fall on the same day share what it brought."""
    return sum(any(window.index(day) == column for day in kind.days) for kind in kinds.values())


def _noise(values: Values, marked: Set[int]) -> Values:
    """Robust standard deviation of an account's unmarked days (1.4826 × MAD) [n]."""
    calm = values[:, [at for at in range(values.shape[1]) if at not in marked]]
    middle = row_medians(calm)
    apart = row_medians(np.abs(calm - middle[:, None]))
    return np.asarray(1.4826 * np.nan_to_num(apart))
