"""The rolling back-test: what would have been said on past months, and how true it was.

Leak-free by construction: a forecast is given the panel cut off before its origin.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import numpy as np

from yunce.engines.forecasts.distribution import Distribution
from yunce.engines.forecasts.evidence import Status
from yunce.engines.forecasts.forecasting import (
    HISTORY,
    Kind,
    MonthForecasts,
    forecast_month,
)
from yunce.engines.forecasts.pace import CONFIRM, RED
from yunce.engines.forecasts.panel import Flags, Panel, Values
from yunce.engines.forecasts.run_rate import run_rate

MUST, STRETCH = 0.30, 0.75  # quantiles proposed as 必达 and 挑战
COMPLETE = 0.5  # share of a month's days that must be known for it to be an answer
SMALLEST = 0.05  # of the panel's usual month: an account that begins has no scale of its own yet
LAST_ALERT = 20  # days into the month by which an alert still helps


@dataclass(frozen=True)
class OriginScore:
    """One origin day over all accounts and months. Shares are 0–1; None where undefined."""

    origin: int  # days of the month already known
    n: int
    mdape: float | None  # median absolute error of the median, as a share of the actual
    cov80: float | None
    cov95: float | None
    crps: float | None  # in units of the account's own usual month, mean
    crps_vs_runrate: float | None  # −0.10 = a tenth better than the run rate
    must_realised: float | None
    stretch_realised: float | None
    red_precision: float | None  # of red alerts raised by this day: months that were missed
    red_false: float | None  # of months that hit must: share with a red alert
    red_caught: float | None  # of months that missed must: share with a red alert
    brier: float | None  # mean (P(hit must) − hit)²; always saying 0.7 has 0.21
    reds: int = 0  # alerts behind red_precision
    missed: int = 0  # months behind red_caught


@dataclass(frozen=True)
class Told:
    """What was said of one account's month from one origin day, and what came."""

    account: str
    month: str  # 2025-05
    origin: int
    low: float  # 10 %
    middle: float
    high: float  # 90 %
    actual: float

    @property
    def is_inside(self) -> bool:
        slack = 1e-9 * (1 + abs(self.actual))
        return self.low - slack <= self.actual <= self.high + slack


@dataclass(frozen=True)
class Backtest:
    """The scores, by origin."""

    origins: tuple[OriginScore, ...]
    months: tuple[str, ...]
    accounts: int
    seconds: float
    told: tuple[Told, ...] = ()  # of the accounts asked for, by month and origin

    def to_json(self) -> dict[str, Any]:
        return {
            "origins": {str(score.origin): _plain(score) for score in self.origins},
            "months": list(self.months),
            "accounts": self.accounts,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, eq=False)
class _Month:
    """One past month: what came, and whose answer counts."""

    first: date
    end: date
    actual: Values
    usual: Values  # the account's mean month before it; scale of the CRPS
    counts: Values  # bool


def backtest(
    panel: Panel,
    *,
    kind: Kind = Kind.SUM,
    origins: Sequence[int] = (0, 10, 20),
    months: int = 6,
    tell: Collection[str] = (),
) -> Backtest:
    """The last ``months`` complete months, each forecast from every origin day.

    ``must`` of the alerts is the 30 % quantile at the month's first day. Of the accounts of
    ``tell`` every single forecast is handed out, too.
    """
    began = perf_counter()
    tests = [month for month in _months(panel, kind, months) if month.counts.any()]
    days = sorted({*origins, 0, *range(1, min(LAST_ALERT, max(origins, default=0)) + 1)})
    told = {day: [_forecast(panel, kind, month, day) for month in tests] for day in days}
    musts = [forecasts.distribution.q(MUST) for forecasts in told[0]]
    reds = _reds(told, musts, days)
    scores = tuple(_score(panel, kind, day, tests, told, musts, reds) for day in origins)
    names = tuple(f"{month.first:%Y-%m}" for month in tests)
    singles = tuple(_singles(panel, tests, told, origins, frozenset(tell))) if tell else ()
    return Backtest(scores, names, len(panel.accounts), perf_counter() - began, singles)


def _singles(
    panel: Panel,
    tests: list[_Month],
    told: dict[int, list[MonthForecasts]],
    origins: Sequence[int],
    tell: frozenset[str],
) -> Iterator[Told]:
    rows = [at for at, name in enumerate(panel.accounts) if name in tell]
    for place, month in enumerate(tests):
        for origin in origins:
            forecasts = told[origin][place]
            low, middle, high = (forecasts.distribution.q(level) for level in (0.1, 0.5, 0.9))
            for row in rows:
                if month.counts[row] and forecasts.status[row] is not Status.INSUFFICIENT:
                    yield Told(
                        account=panel.accounts[row],
                        month=f"{month.first:%Y-%m}",
                        origin=origin,
                        low=float(low[row]),
                        middle=float(middle[row]),
                        high=float(high[row]),
                        actual=float(month.actual[row]),
                    )


def _months(panel: Panel, kind: Kind, many: int) -> Iterator[_Month]:
    end = (panel.last + timedelta(days=1)).replace(day=1)
    spans: list[tuple[date, date]] = []
    while len(spans) < many and end > panel.first:
        first = (end - timedelta(days=1)).replace(day=1)
        spans.append((first, end))
        end = first
    for first, end in reversed(spans):
        if panel.index(first) < 2 * 14:
            continue
        inside = panel.values[:, panel.index(first) : panel.index(end)]
        known = (~np.isnan(inside)).sum(axis=1)
        before = panel.until(first).last_days(HISTORY).values
        usual = np.nan_to_num(_mean(np.abs(before))) * _days(first) + 1
        if kind is Kind.LAST:
            last = np.argmax(~np.isnan(inside)[:, ::-1], axis=1)
            actual = inside[np.arange(len(inside)), inside.shape[1] - 1 - last]
            usual = np.abs(np.nan_to_num(_mean(before))) + 1
            counts = known > 0
        else:
            actual, counts = np.nansum(inside, axis=1), known >= inside.shape[1] * COMPLETE
        usual = np.maximum(usual, SMALLEST * np.median(usual))
        yield _Month(first, end, np.nan_to_num(actual), usual, counts.astype(np.float64))


def _forecast(panel: Panel, kind: Kind, month: _Month, day: int) -> MonthForecasts:
    as_of = min(month.first + timedelta(days=day), month.end)
    return forecast_month(panel, kind=kind, first=month.first, end=month.end, as_of=as_of)


def _reds(
    told: dict[int, list[MonthForecasts]], musts: list[Values], days: list[int]
) -> dict[int, list[Flags]]:
    """Day → by month: which accounts have had a red alert by then."""
    found: dict[int, list[Flags]] = {}
    running = [np.zeros(len(must)) for must in musts]
    raised = [np.zeros(len(must), dtype=bool) for must in musts]
    for day in days:
        if day > 0:
            for at, forecasts in enumerate(told[day]):
                p = forecasts.distribution.p_at_least(musts[at])
                running[at] = np.where(p < RED, running[at] + 1, 0)
                raised[at] = raised[at] | (running[at] >= CONFIRM)
        found[day] = [each.copy() for each in raised]
    return found


def _score(
    panel: Panel,
    kind: Kind,
    day: int,
    tests: list[_Month],
    told: dict[int, list[MonthForecasts]],
    musts: list[Values],
    reds: dict[int, list[Flags]],
) -> OriginScore:
    parts: dict[str, list[Values | Flags]] = {name: [] for name in _NAMES}
    for at, month in enumerate(tests):
        forecasts = told[day][at]
        said = np.array([status is not Status.INSUFFICIENT for status in forecasts.status])
        use = (month.counts > 0) & said
        as_of = min(month.first + timedelta(days=day), month.end)
        plain = run_rate(panel, kind=kind, first=month.first, end=month.end, as_of=as_of)
        _add(
            parts,
            forecasts.distribution,
            plain,
            month,
            musts[at],
            reds[min(day, LAST_ALERT)][at],
            use,
        )
    pooled: dict[str, Values] = {
        name: np.concatenate(each).astype(np.float64) if each else np.empty(0)
        for name, each in parts.items()
    }
    hit, red = pooled["hit"] > 0, pooled["red"] > 0
    has_alerts = day > 0
    return OriginScore(
        origin=day,
        n=len(pooled["crps"]),
        mdape=_middle(pooled["ape"]),
        cov80=_share(pooled["in80"]),
        cov95=_share(pooled["in95"]),
        crps=_share(pooled["crps"]),
        crps_vs_runrate=_against(pooled["crps"], pooled["plain"]),
        must_realised=_share(pooled["must"]),
        stretch_realised=_share(pooled["stretch"]),
        red_precision=_share(~hit[red]) if has_alerts else None,
        red_false=_share(red[hit]) if has_alerts else None,
        red_caught=_share(red[~hit]) if has_alerts else None,
        brier=_share(pooled["brier"]),
        reds=int(red.sum()) if has_alerts else 0,
        missed=int((~hit).sum()),
    )


_NAMES = ("ape", "in80", "in95", "crps", "plain", "must", "stretch", "hit", "red", "brier")


def _add(
    parts: dict[str, list[Values | Flags]],
    told: Distribution,
    plain: Distribution,
    month: _Month,
    must: Values,
    red: Flags,
    use: Flags,
) -> None:
    actual = month.actual
    slack = 1e-9 * (1 + np.abs(actual))
    above = use & (np.abs(actual) > 0)
    parts["ape"].append((np.abs(told.q(0.5) - actual) / np.maximum(np.abs(actual), 1e-12))[above])
    for name, low, high in (("in80", 0.1, 0.9), ("in95", 0.025, 0.975)):
        inside = (actual >= told.q(low) - slack) & (actual <= told.q(high) + slack)
        parts[name].append(inside[use])
    parts["crps"].append((told.crps(actual) / month.usual)[use])
    parts["plain"].append((plain.crps(actual) / month.usual)[use])
    parts["must"].append((actual >= told.q(MUST) - slack)[use])
    parts["stretch"].append((actual >= told.q(STRETCH) - slack)[use])
    hit = actual >= must - slack
    parts["hit"].append(hit[use])
    parts["brier"].append(((told.p_at_least(must) - hit) ** 2)[use])
    parts["red"].append(red[use])


def _against(ours: Values, theirs: Values) -> float | None:
    base = float(theirs.mean()) if len(theirs) else 0.0
    return None if base <= 0 else float(ours.mean()) / base - 1


def _share(values: Values | Flags) -> float | None:
    return float(values.mean()) if len(values) else None


def _middle(values: Values) -> float | None:
    return float(np.median(values)) if len(values) else None


def _mean(values: Values) -> Values:
    known = np.maximum((~np.isnan(values)).sum(axis=1), 1)
    return np.asarray(np.nansum(values, axis=1) / known)


def _days(first: date) -> int:
    return calendar.monthrange(first.year, first.month)[1]


def _plain(score: OriginScore) -> dict[str, Any]:
    told = {name: getattr(score, name) for name in score.__dataclass_fields__ if name != "origin"}
    return {name: round(v, 5) if isinstance(v, float) else v for name, v in told.items()}
