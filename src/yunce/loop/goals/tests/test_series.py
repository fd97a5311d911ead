"""What forecasts read: the days of a metric say what its answer says."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from yunce.ground.channels.models import Account
from yunce.ground.facts.queries import answer
from yunce.loop.goals.models import MonthPlan
from yunce.loop.goals.queries.series import Series, series_of
from yunce.loop.goals.tests.test_outlook import TENTH, told

FIRST = date(2025, 5, 1)


def series(plan: MonthPlan, metric: str) -> Series:
    found = series_of(plan.team, [metric], known=plan.catalogue, until=TENTH, history=10)[metric]
    assert found is not None
    return found


def ratio(found: Series) -> float:
    assert found.over is not None
    assert found.under is not None
    return float(np.nansum(found.over.values[0]) / np.nansum(found.under.values[0]))


def said(plan: MonthPlan, metric: str) -> float | None:
    known = plan.catalogue
    return answer(plan.team, [metric], start=FIRST, end=TENTH, known=known).value(metric)


def days(*numbers: int) -> list[date]:
    return [date(2025, 5, day) for day in numbers]


def test_works_before_the_first_of_a_part_count(plan: MonthPlan, account: Account) -> None:
    told(account, "pieces", dict.fromkeys(days(1, 2, 4, 6, 9), 1.0))
    told(account, "pieces_original", dict.fromkeys(days(4, 9), 1.0))
    assert ratio(series(plan, "original_share")) == said(plan, "original_share") == 2 / 5


def test_spend_of_a_month_booked_once_is_over_all_its_days(
    plan: MonthPlan, account: Account
) -> None:
    told(account, "gmv", dict.fromkeys(days(*range(1, 11)), 100.0))
    told(account, "cost", dict.fromkeys(days(8), 250.0))
    assert ratio(series(plan, "roi")) == pytest.approx(4.0)
    assert said(plan, "roi") == pytest.approx(4.0)


def test_a_gap_of_what_is_expected_daily_stays_a_gap(plan: MonthPlan, account: Account) -> None:
    told(account, "clicks", dict.fromkeys(days(1, 2, 5), 3.0))
    told(account, "exposures", dict.fromkeys(days(2, 3, 4, 5), 100.0))
    found = series(plan, "click_rate")
    assert ratio(found) == said(plan, "click_rate") == 0.03
    assert found.over is not None
    assert np.isnan(found.over.values[0][2])
