"""Forecasts, contributions and effects: how long the judgement takes, on made-up accounts.

``forecast_5000_s``, ``forecast_5000_rss_mb``  a month's end of 5,000 accounts × 180 days, seen at
    its first day; a process of its own on one core, whose whole memory (Python, NumPy) is counted
``explain_10k_segments_ms``  a ratio of 10,000 segments as rate and mix, and rolled up once
``effect_ms``  a fortnight's campaign of one account among 50 controls, 112 days of placebos
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from statistics import median

import numpy as np

from yunce.engines.explain import Ratio, Segment, campaign_effect, explain_ratio
from yunce.engines.forecasts import Kind, Panel, Status, forecast_month

ACCOUNTS, DAYS = 5_000, 180
AS_OF, END = date(2025, 6, 1), date(2025, 7, 1)
SEGMENTS = 10_000
CONTROLS, PAST, FORTNIGHT = 50, 180, 14
TIMES = 7
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def measure() -> dict[str, float]:
    # Read when NumPy is loaded, so before the process starts.
    os.environ.update(dict.fromkeys(THREADS, "1"))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        seconds, megabytes = process.submit(forecast).result()
    return {
        "forecast_5000_s": seconds,
        "forecast_5000_rss_mb": megabytes,
        "explain_10k_segments_ms": explain(),
        "effect_ms": effect(),
    }


def forecast() -> tuple[float, float]:
    """(seconds, peak MB)"""
    values = _days(ACCOUNTS, DAYS)
    names = tuple(map(str, range(ACCOUNTS)))
    panel = Panel(names, AS_OF - timedelta(days=DAYS), values)
    started = time.perf_counter()
    found = forecast_month(panel, kind=Kind.SUM, first=AS_OF, end=END, as_of=AS_OF)
    spent = time.perf_counter() - started
    assert Status.INSUFFICIENT not in found.status
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def explain() -> float:
    luck = np.random.default_rng(1)
    names: list[Segment] = [(f"平台{n % 12}", f"账号{n}") for n in range(SEGMENTS)]
    parts = [
        dict(zip(names, luck.lognormal(size, 1, SEGMENTS).tolist(), strict=True))
        for size in (3, 6, 3, 6)
    ]
    before, after = Ratio(parts[0], parts[1]), Ratio(parts[2], parts[3])
    dims = ("platform", "account")

    def once() -> None:
        found = explain_ratio(before, after, dims=dims)
        assert len(found.rows) == 2 * SEGMENTS
        assert len(found.by("platform").rows) == 2 * 12

    return _median_ms(once)


def effect() -> float:
    panel = _days(CONTROLS + 1, PAST + FORTNIGHT)

    def once() -> None:
        assert not campaign_effect(panel, [0], PAST, PAST + FORTNIGHT).is_refused

    return _median_ms(once)


def _days(accounts: int, days: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Levels from small to large, quieter weekends, noise."""
    luck = np.random.default_rng(2)
    level = np.exp(luck.normal(5, 1.5, (accounts, 1)))
    week = np.where(np.arange(days) % 7 < 5, 1.1, 0.75)
    noise = np.exp(luck.normal(0, 0.4, (accounts, days)))
    return luck.poisson(level * week * noise).astype(np.float64)


def _median_ms(work: Callable[[], None]) -> float:
    times = []
    for _time in range(TIMES):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)
