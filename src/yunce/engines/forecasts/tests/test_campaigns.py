"""What an event brings is learnt from its like, on the account it happened to."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from yunce.engines.forecasts import Campaign, Flag, Kind, MonthForecasts, Panel, forecast_month
from yunce.engines.forecasts.campaigns import campaigns

MAY, TODAY, JUNE = date(2025, 5, 1), date(2025, 5, 20), date(2025, 6, 1)
LIVE = {date(2025, 5, 10), date(2025, 5, 20), date(2025, 5, 30)}
FISSION = {date(2025, 5, 15), date(2025, 5, 25)}


def team(*, days: int = 140, live: float = 3_000, fission: float = 1_500) -> Panel:
    """The total and two accounts of 50 and 30 a day; the first goes live, the second calls."""
    dice = np.random.default_rng(5)
    first = TODAY - timedelta(days=days)
    one, two = 50 + dice.normal(0, 5, days), 30 + dice.normal(0, 5, days)
    one[(date(2025, 5, 10) - first).days] += live
    two[(date(2025, 5, 15) - first).days] += fission
    return Panel(("合计", "抖音", "公众号"), first, np.array([one + two, one, two]))


def seen(panel: Panel, **events: set[date]) -> MonthForecasts:
    kinds = {name: Campaign(days) for name, days in events.items()}
    return forecast_month(panel, kind=Kind.SUM, first=MAY, end=JUNE, as_of=TODAY, campaigns=kinds)


def test_planned_events_bring_what_their_like_brought() -> None:
    found = seen(team(), live=LIVE, fission=FISSION)
    plain = seen(team(live=0, fission=0))
    more = found.q(0.5) - plain.q(0.5) - (found.known - plain.known)
    # two livestreams and one fission event are to come: 2 × 3,000 + 1,500, each where it happens
    assert more == pytest.approx([7_500, 6_000, 1_500], rel=0.06)
    assert Flag.UNTRIED not in found.flags[0]


def test_the_range_tells_that_events_differ() -> None:
    found = seen(team(), live=LIVE, fission=FISSION)
    plain = seen(team(live=0, fission=0))
    wide, narrow = (each.q(0.9) - each.q(0.1) for each in (found, plain))
    # 30 % of 3,000, twice, and once more for one event is all that is known
    assert wide[0] > narrow[0] + 2_000
    assert (found.q(0.1) > found.known).all()


def test_more_events_of_one_size_make_the_range_narrower() -> None:
    def spread(many: int) -> float:
        values = np.full((1, 200), 10.0) + np.random.default_rng(1).normal(0, 1, (1, 200))
        past = [40 + 30 * n for n in range(many)]
        values[0, past] += 500
        panel = Panel(("号",), TODAY - timedelta(days=200), values)
        days = {panel.first + timedelta(days=at) for at in past} | {date(2025, 5, 30)}
        return float(campaigns(panel, {"live": Campaign(days)}, start=TODAY, days=12).spread[0])

    assert spread(5) < spread(2) < spread(1)


def test_a_marked_day_like_any_other_brings_nothing() -> None:
    panel = team(live=0, fission=0)
    found = campaigns(panel, {"交稿": Campaign(LIVE)}, start=TODAY, days=12)
    assert np.abs(found.ahead).max() < 15


def test_events_nobody_has_tried_are_guessed_from_the_others_and_said() -> None:
    found = seen(team(), live={date(2025, 5, 10)}, launch={date(2025, 5, 28)})
    assert found.q(0.5)[1] == pytest.approx(found.known[1] + 12 * 50 + 3_000, rel=0.1)
    assert Flag.UNTRIED in found.flags[1]
    assert found.q(0.1)[1] < found.known[1] + 12 * 50  # it may bring nothing


def test_without_any_like_an_event_counts_for_nothing() -> None:
    found = seen(team(live=0, fission=0), launch={date(2025, 5, 28)})
    plain = seen(team(live=0, fission=0))
    assert found.q(0.5) == pytest.approx(plain.q(0.5))
    assert Flag.UNTRIED in found.flags[0]


def test_what_nobody_has_tried_is_taken_at_the_plan_s_word_with_a_wide_range() -> None:
    panel, launch = team(live=0, fission=0), {date(2025, 5, 28)}
    kinds = {"launch": Campaign(launch, expected=2_000)}
    found = forecast_month(panel, kind=Kind.SUM, first=MAY, end=JUNE, as_of=TODAY, campaigns=kinds)
    plain = seen(panel)
    assert found.q(0.5) - plain.q(0.5) == pytest.approx([2_000, 0, 0], abs=1)
    # 50 % of 2,000, for one event and for the guess: 80 % within 1.28 × 1,414
    assert found.q(0.5)[0] - found.q(0.1)[0] == pytest.approx(1_815, rel=0.05)
    assert Flag.UNTRIED in found.flags[0]


def test_what_was_tried_speaks_for_itself() -> None:
    kinds = {"live": Campaign(LIVE, expected=9_000)}
    found = campaigns(team(), kinds, start=TODAY, days=12)
    assert found.ahead[0] == pytest.approx(6_000, rel=0.02)
    assert found.untried == 0


def test_two_kinds_on_one_day_share_it() -> None:
    day = Campaign({date(2025, 5, 10)})
    found = campaigns(team(), {"live": day, "sale": day}, start=date(2025, 5, 10), days=1)
    assert found.ahead[1] == pytest.approx(3_000, rel=0.01)


def test_an_event_is_no_spike_and_no_new_level() -> None:
    found = seen(team(), live=LIVE, fission=FISSION)
    assert not {Flag.SPIKE, Flag.SHIFT} & found.flags[0]


def test_a_stock_grows_by_its_events() -> None:
    grown = team().values.cumsum(axis=1) + 10_000
    panel = Panel(("合计", "抖音", "公众号"), team().first, grown)
    kinds = {"live": Campaign(LIVE), "fission": Campaign(FISSION)}
    found = forecast_month(panel, kind=Kind.LAST, first=MAY, end=JUNE, as_of=TODAY, campaigns=kinds)
    assert found.q(0.5)[0] == pytest.approx(grown[0, -1] + 12 * 80 + 7_500, rel=0.02)


def test_gaps_and_the_window_s_ends_are_no_events() -> None:
    panel = team()
    panel.values[:, panel.index(date(2025, 5, 10))] = np.nan
    live = Campaign(LIVE | {panel.first, date(2024, 1, 1)})
    found = campaigns(panel, {"live": live}, start=TODAY, days=12)
    assert np.isfinite(found.past).all()
    assert found.untried == 2
    assert (found.ahead == 0).all()
