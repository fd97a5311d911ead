"""Quantities by day: exact in sum, heavier where it weighs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunce.engines.targets import TargetTreeError, by_week, expected_by, spread
from yunce.engines.targets.curves import shared_out

THURSDAY = date(2025, 5, 1)
DAYS = [THURSDAY + timedelta(days=n) for n in range(31)]


def test_twelve_thousand_over_thirty_one_days_is_whole_and_exact() -> None:
    days = spread(Decimal(12_000), dict.fromkeys(DAYS, Decimal(1)))
    # 387.096…: three days get 388, the others 387
    assert sorted(set(days.values())) == [387, 388]
    assert sum(days.values()) == 12_000


def test_a_livestream_day_weighs_more_and_a_rest_day_nothing() -> None:
    weights = {DAYS[0]: Decimal(0), DAYS[1]: Decimal(1), DAYS[2]: Decimal(3)}
    assert [*spread(Decimal(8), weights).values()] == [0, 2, 6]


def test_weeks_begin_on_monday() -> None:
    weeks = by_week(dict.fromkeys(DAYS, Decimal(1)))
    assert [*weeks.values()] == [4, 7, 7, 7, 6]
    assert next(iter(weeks)) == date(2025, 4, 28)


def test_expected_by_follows_the_curve() -> None:
    weights = {DAYS[0]: Decimal(1), DAYS[1]: Decimal(1), DAYS[2]: Decimal(2)}
    assert expected_by(Decimal(100), weights, DAYS[1]) == 50


@pytest.mark.parametrize("weights", [{}, {"a": Decimal(0)}, {"a": Decimal(2), "b": Decimal(-1)}])
def test_weights_must_weigh_something(weights: dict[str, Decimal]) -> None:
    with pytest.raises(TargetTreeError, match="权重"):
        shared_out(Decimal(1), weights)


@given(
    st.decimals(0, 10**9, places=2),
    st.lists(st.decimals(0, 1000, places=3), min_size=1, max_size=40).filter(any),
    st.sampled_from([Decimal(1), Decimal("0.01"), Decimal(100)]),
)
def test_shares_always_sum_to_the_whole(
    whole: Decimal, weights: list[Decimal], step: Decimal
) -> None:
    shares = shared_out(whole, dict(enumerate(weights)), step=step)
    assert sum(shares.values()) == whole
    base = sum(weights)
    for key, weight in enumerate(weights):
        assert abs(shares[key] - whole * weight / base) < 2 * step
