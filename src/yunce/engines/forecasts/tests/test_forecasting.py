"""A month's end: honest, never looking ahead, and never an exception or NaN on odd data."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from yunce.engines.forecasts import (
    Campaign,
    Flag,
    Kind,
    MonthForecasts,
    Panel,
    Status,
    forecast_month,
)
from yunce.engines.forecasts.tests.panels import FIRST, steady

DECEMBER, JANUARY = date(2024, 12, 1), date(2025, 1, 1)
MIDDLE = date(2024, 12, 11)


def seen(panel: Panel, *, as_of: date = MIDDLE, kind: Kind = Kind.SUM) -> MonthForecasts:
    return forecast_month(panel, kind=kind, first=DECEMBER, end=JANUARY, as_of=as_of)


def one(values: list[float]) -> Panel:
    return Panel(
        ("号",), MIDDLE - timedelta(days=len(values)), np.array([values], dtype=np.float64)
    )


@pytest.mark.parametrize("change", [np.nan, 10.0])
def test_the_future_is_not_looked_at(change: float) -> None:
    panel = steady()
    other = panel.values.copy()
    other[:, panel.index(MIDDLE) :] *= change
    changed = Panel(panel.accounts, panel.first, other)
    for kind in (Kind.SUM, Kind.LAST):
        ours, theirs = (seen(p, kind=kind).distribution.values for p in (panel, changed))
        assert ours.tobytes() == theirs.tobytes()


def test_a_steady_team_is_forecast_closely() -> None:
    panel = steady()
    actual = panel.values[:, panel.index(DECEMBER) : panel.index(JANUARY)].sum(axis=1)
    found = seen(panel)
    assert np.median(np.abs(found.q(0.5) - actual) / actual) < 0.05
    inside = (found.q(0.1) <= actual) & (actual <= found.q(0.9))
    assert 0.6 <= inside.mean() <= 1.0


def test_the_end_of_the_month_is_no_forecast_any_more() -> None:
    panel = steady()
    found = seen(panel, as_of=JANUARY)
    actual = panel.values[:, panel.index(DECEMBER) : panel.index(JANUARY)].sum(axis=1)
    assert found.days_left == 0
    assert np.allclose(found.q(0.1), actual)
    assert np.allclose(found.q(0.9), actual)


def test_probabilities_fall_with_the_target() -> None:
    found = seen(steady())
    chances = [found.p_hit(found.q(0.5) * times)[0] for times in (0.5, 0.95, 1.0, 1.05, 3.0)]
    assert chances == sorted(chances, reverse=True)
    assert (chances[0], chances[-1]) == (1.0, 0.0)
    assert found.p_hit(found.q(0.5))[0] == pytest.approx(0.5, abs=0.03)


def test_lower_is_better_turns_the_chance_round() -> None:
    found = seen(steady())
    target = found.q(0.3)
    assert found.p_hit(target, lower_is_better=True)[0] == pytest.approx(0.3, abs=0.03)


def test_a_viral_day_neither_explodes_nor_silences_the_forecast() -> None:
    panel = steady()
    values = panel.values.copy()
    values[0, panel.index(MIDDLE) - 20] *= 1_000
    spiked = seen(Panel(panel.accounts, panel.first, values))
    plain = seen(panel)
    assert Flag.SPIKE in spiked.flags[0]
    assert 0.5 < spiked.q(0.5)[0] / plain.q(0.5)[0] < 2


def test_a_stopped_account_brings_nothing_more() -> None:
    panel = steady()
    values = panel.values.copy()
    values[3, panel.index(MIDDLE) - 16 :] = 0
    found = seen(Panel(panel.accounts, panel.first, values))
    assert Flag.STOPPED in found.flags[3]
    assert found.q(0.9)[3] == 0
    assert found.p_hit(1.0)[3] == 0


def test_gaps_are_gaps_and_not_zeros() -> None:
    panel = steady()
    values = panel.values.copy()
    dice = np.random.default_rng(1)
    values[:, : panel.index(MIDDLE)][dice.random((30, panel.index(MIDDLE))) < 0.2] = np.nan
    found, full = seen(Panel(panel.accounts, panel.first, values)), seen(panel)
    assert all(Flag.GAP in flags for flags in found.flags)
    assert np.median(found.q(0.5) / full.q(0.5)) == pytest.approx(1.0, abs=0.06)


def test_a_stock_ends_at_its_level_plus_what_comes() -> None:
    days = 400
    values = 1_000 + 10 * np.arange(days, dtype=np.float64)[None, :]
    found = seen(Panel(("粉丝",), FIRST, values), kind=Kind.LAST)
    # 11 December is day 345: 10 December stands at 4,440, and 21 days bring 10 each
    assert found.known[0] == 4_440
    assert found.q(0.5)[0] == pytest.approx(4_650, rel=0.02)


def test_losses_make_negative_months_possible() -> None:
    dice = np.random.default_rng(3)
    values = dice.normal(-5, 20, (10, 400))
    found = seen(Panel(tuple(map(str, range(10))), FIRST, values))
    assert all(Flag.NEGATIVE in flags for flags in found.flags)
    assert (found.q(0.1) < found.q(0.9)).all()
    assert np.median(found.q(0.5)) < 0


def test_a_team_total_is_a_series_of_its_own() -> None:
    panel = steady()
    whole = seen(panel.together("全队"))
    assert whole.q(0.5)[0] == pytest.approx(seen(panel).q(0.5).sum(), rel=0.05)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ([5.0] * 5, Status.INSUFFICIENT),
        ([5.0] * 20, Status.WEAK),
        ([5.0] * 40, Status.OK),
        ([0.0] * 200, Status.OK),
        ([7.0] * 200, Status.OK),
        ([float("nan")] * 100, Status.INSUFFICIENT),
        ([float("nan")] * 90 + [3.0] * 10, Status.INSUFFICIENT),
        ([1.0] * 199 + [1e12], Status.OK),
        ([-3.0] * 100, Status.OK),
    ],
)
def test_odd_histories_have_an_answer_with_a_status(values: list[float], status: Status) -> None:
    for kind in (Kind.SUM, Kind.LAST):
        found = seen(one(values), kind=kind)
        assert found.status == (status,)
        assert np.isfinite(found.distribution.values).all()
        assert np.isnan(found.q(0.5)).all() == (status is Status.INSUFFICIENT)


def test_an_empty_panel_says_nothing() -> None:
    assert seen(one([])).status == (Status.INSUFFICIENT,)


@pytest.mark.parametrize("target", [float("inf"), float("nan"), -5.0, 0.0])
def test_a_strange_target_gets_a_chance_or_none(target: float) -> None:
    chance = seen(steady()).p_hit(target)[0]
    assert np.isnan(chance) if not np.isfinite(target) else chance == 1.0


def test_a_ratio_is_forecast_as_a_ratio() -> None:
    under = steady()
    dice = np.random.default_rng(5)
    over = Panel(
        under.accounts, under.first, dice.binomial(under.values.astype(int), 0.08).astype(float)
    )
    found = forecast_month(
        over,
        kind=Kind.RATIO,
        first=DECEMBER,
        end=JANUARY,
        as_of=MIDDLE,
        denominators=under,
    )
    assert np.median(found.q(0.5)) == pytest.approx(0.08, rel=0.05)
    assert (found.q(0.1) <= found.q(0.9)).all()


def test_known_campaign_days_are_taken_out_and_put_back() -> None:
    panel = steady(accounts=40)
    values = panel.values.copy()
    past = [MIDDLE - timedelta(days=n) for n in (60, 40, 20)]
    for day in past:
        values[:, panel.index(day)] *= 4
    lifted = Panel(panel.accounts, panel.first, values)
    planned = {date(2024, 12, 18), date(2024, 12, 25)}
    without = seen(lifted)
    with_days = forecast_month(
        lifted,
        kind=Kind.SUM,
        first=DECEMBER,
        end=JANUARY,
        as_of=MIDDLE,
        campaigns={"live": Campaign({*past, *planned})},
    )
    # in days' worth: 10 known, 21 + 2 × 3 to come; against 21 at a level one event lifts by 3 ÷ 28
    assert np.median(with_days.q(0.5) / without.q(0.5)) == pytest.approx(37 / 33.25, abs=0.03)
