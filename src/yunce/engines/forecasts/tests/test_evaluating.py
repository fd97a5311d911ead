"""The back-test judges by what came, and stays within its gates on public data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from yunce.engines.forecasts import PUBLISHED, Kind, Panel, backtest, read_panel
from yunce.engines.forecasts.tests.panels import steady

WIKIPEDIA = (
    Path(__file__).parents[6] / "shared/data/wikipedia_page_views/kaggle_web_traffic_1000.tsf"
)


def test_months_and_accounts_are_counted() -> None:
    found = backtest(steady(), months=3, origins=(0, 20))
    assert found.months == ("2024-11", "2024-12", "2025-01")
    assert [score.n for score in found.origins] == [90, 90]


def test_errors_shrink_as_the_month_goes_on() -> None:
    early, late = backtest(steady(), origins=(0, 20)).origins
    assert early.mdape is not None
    assert late.mdape is not None
    assert late.mdape < early.mdape < 0.1


def test_a_stock_is_judged_by_where_it_ends() -> None:
    panel = steady()
    levels = Panel(panel.accounts, panel.first, panel.values.cumsum(axis=1) + 5_000)
    (score,) = backtest(levels, kind=Kind.LAST, origins=(10,)).origins
    assert score.mdape is not None
    assert score.mdape < 0.01


def test_single_forecasts_are_told_of_the_accounts_asked_for() -> None:
    panel = steady()
    name = panel.accounts[3]
    found = backtest(panel, months=3, origins=(0, 20), tell=[name])
    assert [(each.month, each.origin) for each in found.told] == [
        (month, origin) for month in found.months for origin in (0, 20)
    ]
    assert {each.account for each in found.told} == {name}
    assert all(each.low < each.middle < each.high for each in found.told)
    whole = backtest(panel, months=3, origins=(0, 20), tell=panel.accounts)
    held = [each.is_inside for each in whole.told if each.origin == 20]
    assert np.mean(held) == pytest.approx(whole.origins[1].cov80)
    january = panel.values[3, panel.index(date(2025, 1, 1)) : panel.index(date(2025, 2, 1))]
    assert found.told[-1].actual == january.sum()


def test_probabilities_late_in_the_month_are_sharper_than_the_base_rate() -> None:
    early, late = backtest(steady(), origins=(0, 20)).origins
    assert early.brier is not None and late.brier is not None
    assert late.brier < early.brier <= 0.3
    assert late.missed == early.missed > 0


def test_the_published_scores_are_of_the_origins_that_are_shown() -> None:
    assert set(PUBLISHED) == {0, 10, 20}
    assert all(0.74 <= (score.cov80 or 0) <= 0.86 for score in PUBLISHED.values())


def test_too_short_a_history_has_no_months() -> None:
    panel = steady(days=40)
    assert backtest(panel).months == ()


def test_its_json_is_plain() -> None:
    told = backtest(steady(), origins=(0,), months=1).to_json()
    assert set(told) == {"origins", "months", "accounts", "seconds"}
    assert set(told["origins"]["0"]) >= {
        "n",
        "mdape",
        "cov80",
        "cov95",
        "crps",
        "crps_vs_runrate",
        "must_realised",
        "stretch_realised",
        "red_precision",
        "red_false",
        "red_caught",
        "brier",
    }


@pytest.mark.skipif(not WIKIPEDIA.exists(), reason="shared/data is not beside this checkout")
def test_the_gates_hold_on_a_part_of_the_wikipedia_set() -> None:
    whole = read_panel(WIKIPEDIA)
    panel = Panel(whole.accounts[:300], whole.first, whole.values[:300])
    scores = backtest(panel, months=4).origins
    for score in scores:
        assert 0.74 <= (score.cov80 or 0) <= 0.86
        assert 0.91 <= (score.cov95 or 0) <= 0.985
        assert (score.crps_vs_runrate or 0) < 0
    must = np.mean([score.must_realised or 0 for score in scores])
    stretch = np.mean([score.stretch_realised or 0 for score in scores])
    assert 0.62 <= must <= 0.78
    assert 0.18 <= stretch <= 0.32
    assert (scores[-1].red_precision or 0) >= 0.8  # of 205 alerts; ≥ 0.85 on the whole set
    assert (scores[-1].red_false or 1) <= 0.07
    assert (scores[-1].red_caught or 0) >= 0.45
