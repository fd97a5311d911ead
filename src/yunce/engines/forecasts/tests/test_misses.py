"""Misses of unlike accounts: one jump must not make everybody's range absurd."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from yunce.engines.forecasts import Kind, Panel, forecast_month
from yunce.engines.forecasts.calibrating import MOST, POOL, pairs
from yunce.engines.forecasts.distribution import LEVELS
from yunce.engines.forecasts.misses import mixed, pooled_misses, prior_misses
from yunce.engines.forecasts.tests.panels import FIRST, steady

MAY, JUNE, MIDDLE = date(2024, 5, 1), date(2024, 6, 1), date(2024, 5, 21)


def steady_and_wild(accounts: int = 60, days: int = 180) -> Panel:
    """Half the accounts never move but for one jump; the other half wander widely."""
    dice = np.random.default_rng(3)
    still = np.full((accounts, days), 50.0)
    for at in range(0, accounts, 4):
        still[at, 70 + at :] *= 3
    wander = np.exp(np.cumsum(dice.normal(0, 0.3, (accounts, days)), axis=1))
    wild = np.exp(dice.normal(5, 1, accounts))[:, None] * wander
    return Panel(tuple(map(str, range(2 * accounts))), FIRST, np.concatenate([still, wild]))


def test_a_range_stays_within_what_was_ever_seen() -> None:
    panel = steady_and_wild()
    found = forecast_month(panel, kind=Kind.SUM, first=MAY, end=JUNE, as_of=MIDDLE)
    rest = found.q(0.995) - found.known
    known = panel.until(MIDDLE).values
    windows = np.lib.stride_tricks.sliding_window_view(known, 11, axis=1).sum(axis=2)
    assert np.all(rest <= 30 * (windows.max(axis=1) + 11))


def test_no_miss_is_foretold_much_beyond_the_largest_seen() -> None:
    missed = np.linspace(-0.5, 0.5, 201)
    spread = np.where(np.arange(201) % 2, 0.01, 2.0)
    found = pooled_misses(missed, spread, np.ones(201), row=1.0, wider=1.0)
    assert np.abs(found.reach) == pytest.approx(0.62, abs=0.02)
    assert np.abs(found.at(spread)).max() <= 0.63


def test_groups_share_one_middle() -> None:
    dice = np.random.default_rng(1)
    spread = np.exp(dice.normal(-1, 1, 600))
    found = pooled_misses(
        dice.normal(0, 1, 600) * spread + 0.3 * (spread > 0.5),
        spread,
        np.ones(600),
        row=1.0,
        wider=1.0,
    )
    middles = found.shapes[:, len(LEVELS) // 2]
    assert np.ptp(middles) < 1e-9
    assert len({round(float(width), 6) for width in np.ptp(found.shapes, axis=1)}) == 3


def test_shares_of_own_and_prior_are_taken() -> None:
    own = pooled_misses(np.linspace(-1, 1, 99), np.ones(99), np.ones(99), row=1.0, wider=1.0)
    prior = prior_misses(np.linspace(-2, 2, len(LEVELS)))
    alone = mixed(own, prior, share=0.0, wider=1.5)
    assert np.allclose(alone.shapes, 1.5 * prior.shapes)
    assert (alone.reach == prior.reach).all()
    assert (mixed(own, prior, share=1.0, wider=1.5).reach == own.reach).all()


def test_a_large_panel_is_sampled_the_same_from_every_pseudo_month() -> None:
    panel = steady(accounts=1_100, days=180)
    seen, wanted, weights = pairs(panel.values, panel.weekdays, 20)
    assert len(seen) == MOST
    assert {len(each.base) for each in seen} == {1_100 // (1_100 * MOST // POOL)}
    assert len(wanted) == len(weights) == MOST * len(seen[0].base)
