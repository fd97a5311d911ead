"""Alerts need two days, stay until recovered, and ignore days nobody knows."""

from __future__ import annotations

import pytest

from yunce.engines.forecasts import Level, needed_per_day, pace
from yunce.engines.forecasts.proposing import rounded


@pytest.mark.parametrize(
    ("chances", "level", "since"),
    [
        ([], Level.UNKNOWN, None),
        ([None, None], Level.UNKNOWN, None),
        ([0.6], Level.CALM, 0),
        ([0.6, 0.1], Level.CALM, 0),
        ([0.6, 0.1, 0.1], Level.RED, 2),
        ([0.6, 0.1, None, 0.1], Level.RED, 3),
        ([0.6, 0.25, 0.25], Level.YELLOW, 2),
        ([0.6, 0.25, 0.25, 0.1, 0.1], Level.RED, 4),
        ([0.1, 0.1, 0.4], Level.RED, 1),
        ([0.1, 0.1, 0.51], Level.CALM, 2),
        ([0.25, 0.25, 0.4], Level.YELLOW, 1),
    ],
)
def test_alerts_are_raised_kept_and_taken_back(
    chances: list[float | None], level: Level, since: int | None
) -> None:
    found = pace(chances)
    assert (found.level, found.since) == (level, since)


def test_what_every_day_must_bring() -> None:
    assert needed_per_day(12_000, 6_900, 10) == 510
    assert needed_per_day(12_000, 13_000, 10) == 0
    assert needed_per_day(12_000, 6_900, 0) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [(12_345, 12_000), (0.0847, 0.085), (99.6, 100), (-149, -150), (0, 0), (float("nan"), 0)],
)
def test_targets_are_rounded_as_people_round(value: float, said: float) -> None:
    assert rounded(value) == said
