"""Alerts from probabilities: 黄, 红 and recovery, and what each day still has to bring.

If P(hit) is calibrated, the threshold is the tolerated share of wrong alerts; asking for two days
running keeps one odd day from crying wolf.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

YELLOW, RED, RECOVERED = 0.3, 0.2, 0.5
CONFIRM = 2  # days running


class Level(StrEnum):
    """How worried to be."""

    CALM = "calm"
    YELLOW = "yellow"
    RED = "red"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PaceStatus:
    """The alert level at the end of a run of daily probabilities."""

    level: Level
    p: float | None  # today's probability
    since: int | None  # index of the day the level began


def pace(
    probabilities: Sequence[float | None],
    *,
    yellow: float = YELLOW,
    red: float = RED,
    confirm: int = CONFIRM,
    recover: float = RECOVERED,
) -> PaceStatus:
    """Day by day: red below ``red`` on ``confirm`` days running, yellow below ``yellow`` likewise.

    An alert stays until P is above ``recover``. Unknown days neither raise nor end one.

    >>> pace([0.6, 0.18, 0.15]).level
    <Level.RED: 'red'>
    >>> pace([0.6, 0.18, 0.55]).level
    <Level.CALM: 'calm'>
    """
    rules = {"yellow": yellow, "red": red, "confirm": confirm, "recover": recover}
    told = levels(probabilities, **rules)
    level = told[-1] if told else Level.UNKNOWN
    began = len(told)
    while began and told[began - 1] is level:
        began -= 1
    known = [p for p in probabilities if p is not None]
    since = None if level is Level.UNKNOWN else began
    return PaceStatus(level, known[-1] if known else None, since)


def levels(
    probabilities: Sequence[float | None],
    *,
    yellow: float = YELLOW,
    red: float = RED,
    confirm: float = CONFIRM,
    recover: float = RECOVERED,
) -> list[Level]:
    """The alert level at the end of every day; before the first known one «unknown»."""
    level = Level.UNKNOWN
    below_red = below_yellow = 0
    told: list[Level] = []
    for p in probabilities:
        if p is not None:
            below_red = below_red + 1 if p < red else 0
            below_yellow = below_yellow + 1 if p < yellow else 0
            level = _next(level, p, below_red >= confirm, below_yellow >= confirm, recover)
        told.append(level)
    return told


def _next(level: Level, p: float, is_red: bool, is_yellow: bool, recover: float) -> Level:
    if is_red:
        return Level.RED
    if level is Level.RED:
        return Level.CALM if p > recover else Level.RED
    if is_yellow:
        return Level.YELLOW
    if level is Level.YELLOW:
        return Level.CALM if p > recover else Level.YELLOW
    return Level.CALM


def needed_per_day(target: float, so_far: float, days_left: int) -> float | None:
    """What every day left must bring; None when no day is left."""
    return max(0.0, target - so_far) / days_left if days_left > 0 else None
