"""What a campaign did is told with an interval that placebos agree with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from yunce.engines.explain import Verdict, campaign_effect, expected_days

WIKIPEDIA = (
    Path(__file__).parents[6] / "shared/data/wikipedia_page_views/kaggle_web_traffic_1000.tsf"
)
START, END = 150, 164


def steady(count: int = 12, *, days: int = 170, noise: float = 0.1) -> NDArray[np.float64]:
    luck = np.random.default_rng(4)
    levels = luck.uniform(200, 2000, (count, 1))
    weekday = 1 + 0.3 * np.sin(np.arange(days) * 2 * np.pi / 7)
    return np.asarray(levels * weekday * np.exp(noise * luck.standard_normal((count, days))))


def lifted(share: float) -> NDArray[np.float64]:
    panel = steady()
    panel[0, START:END] *= 1 + share
    return panel


def test_a_real_lift_is_found_and_measured() -> None:
    found = campaign_effect(lifted(0.3), [0], START, END)
    assert found.verdict is Verdict.WORKED
    assert found.lift == pytest.approx(0.3, abs=0.08)
    assert found.lo is not None and found.hi is not None
    assert found.lo < 0.3 < found.hi


def test_a_loss_is_called_one() -> None:
    assert campaign_effect(lifted(-0.4), [0], START, END).verdict is Verdict.HARMED


def test_nothing_is_called_unclear_with_the_smallest_visible_lift() -> None:
    found = campaign_effect(lifted(0.0), [0], START, END)
    assert found.verdict is Verdict.UNCLEAR
    assert found.mde is not None and 0 < found.mde < 0.3
    assert campaign_effect(lifted(1.5 * found.mde), [0], START, END).verdict is Verdict.WORKED


def test_what_everybody_gained_is_not_the_campaigns() -> None:
    panel = lifted(0.0)
    panel[:, 120:] *= np.linspace(1, 1.5, 50)  # the platform grows for all
    found = campaign_effect(panel, [0], START, END)
    assert found.verdict is Verdict.UNCLEAR


def test_what_went_with_the_others_is_told_apart() -> None:
    tide = np.exp(0.4 * np.sin(np.arange(170) / 9))  # the platform's, for every account
    panel = steady() * tide
    found = campaign_effect(panel, [0], START, END)
    assert found.has_controls and abs(found.drift) > 0.05
    assert found.verdict is Verdict.UNCLEAR
    assert not campaign_effect(panel[:1], [0], START, END).has_controls


def test_a_ratio_is_judged_as_a_ratio_of_sums() -> None:
    """A tenth of the reads are clicks; more reads alone are no effect, more clicks per read are."""
    reads = steady()
    clicks = 0.1 * reads * np.exp(0.05 * np.random.default_rng(8).standard_normal(reads.shape))
    more_reads, more_clicks = reads.copy(), clicks.copy()
    more_reads[0, START:END] *= 2
    more_clicks[0, START:END] *= 2
    none = campaign_effect(more_clicks, [0], START, END, denominators=more_reads)
    assert none.verdict is Verdict.UNCLEAR and none.mde is not None and none.mde < 0.2
    more_clicks[0, START:END] *= 1.4
    found = campaign_effect(more_clicks, [0], START, END, denominators=more_reads)
    assert found.verdict is Verdict.WORKED
    assert found.lift == pytest.approx(0.4, abs=0.1)


def test_denominators_of_another_shape_are_refused() -> None:
    assert campaign_effect(steady(), [0], START, END, denominators=steady(3)).is_refused


def test_the_expected_days_follow_level_and_weekday() -> None:
    panel = steady(noise=0.0)
    told = expected_days(panel[:2], START, END - START)
    assert told.shape == (28 + 14,)
    truth = panel[:2, START - 28 : END].sum(axis=0)
    assert told == pytest.approx(truth, rel=0.1)
    halved = expected_days(panel[:2] / 2, START, 14, panel[:2])
    assert halved == pytest.approx(np.full(42, 0.5))


def test_without_controls_it_says_that_it_only_compares_before_and_after() -> None:
    found = campaign_effect(steady(3), [0, 1, 2], START, END)
    assert "没有对照" in found.assumptions[0]


def test_a_start_after_an_unusual_week_is_pointed_out() -> None:
    panel = steady()
    panel[0, START - 7 : START] *= 3
    assert any("开始前一周" in told for told in campaign_effect(panel, [0], START, END).assumptions)


@pytest.mark.parametrize("change", ["nan", "times ten"])
def test_what_comes_after_the_window_changes_nothing(change: str) -> None:
    panel = lifted(0.3)
    other = panel.copy()
    other[:, END:] = np.nan if change == "nan" else other[:, END:] * 10
    assert campaign_effect(panel, [0], START, END) == campaign_effect(other, [0], START, END)


def test_placebos_are_from_before_the_start() -> None:
    panel = steady()
    other = panel.copy()
    other[0, START:] *= 2  # the lift doubles; what strays by itself stays
    one, two = (campaign_effect(each, [0], START, END) for each in (panel, other))
    assert (one.mde, one.n_placebo) == (two.mde, two.n_placebo)


def test_too_short_a_history_is_refused_in_a_sentence() -> None:
    found = campaign_effect(steady()[:, :40], [0], 20, 34)
    assert found.is_refused
    assert "只有 20 天" in found.reason


@pytest.mark.parametrize(
    "panel",
    [
        np.zeros((4, 170)),
        np.full((4, 170), np.nan),
        np.full((4, 170), 5.0),
        np.full((4, 170), -3.0),
        np.where(np.eye(4, 170, 3) > 0, np.inf, 7.0),
        np.zeros((0, 170)),
    ],
)
def test_odd_data_is_answered_or_refused(panel: NDArray[np.float64]) -> None:
    found = campaign_effect(panel, [0], START, END)
    assert found.is_refused == bool(found.reason)
    numbers = [each for each in (found.lift, found.lo, found.hi, found.mde) if each is not None]
    assert np.isfinite(numbers).all()


def test_wrong_windows_are_refused() -> None:
    assert campaign_effect(steady(), [0], 164, 150).is_refused
    assert campaign_effect(steady(), [99], START, END).is_refused
    assert campaign_effect(steady(), [], START, END).is_refused


@pytest.mark.skipif(not WIKIPEDIA.exists(), reason="shared/data is not beside this checkout")
@pytest.mark.parametrize("length", [7, 14])
@pytest.mark.parametrize("controls", [3, 30])
def test_tests_of_nothing_cry_wolf_as_often_as_they_say(length: int, controls: int) -> None:
    views = _page_views()
    luck = np.random.default_rng(20 + length + controls)
    found = []
    for _trial in range(250):
        rows = luck.choice(len(views), controls + 1, replace=False)
        start = int(luck.integers(160, views.shape[1] - length))
        told = campaign_effect(views[rows, : start + length], [0], start, start + length)
        if told.verdict:
            found.append(told.verdict is not Verdict.UNCLEAR)
    # 7–13 % (judgement §7); 250 trials stray by 2 % themselves.
    assert 0.05 <= np.mean(found) <= 0.15


def _page_views() -> NDArray[np.float64]:
    lines = WIKIPEDIA.read_text("latin1").split("@data\n")[1].splitlines()
    return np.array([line.rsplit(":", 1)[1].split(",") for line in lines], dtype=np.float64)
