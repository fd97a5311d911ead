"""What a forecast rests on: how far it may be relied on, and what to mind when reading it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from yunce.engines.forecasts.panel import Panel, Values

ENOUGH, LITTLE = 28, 14  # days of own history for «ok», and for saying anything at all
STOPPED = 14  # days of nothing in a row
SHIFTED, BEFORE = 14, 28  # days of a new level, and of the one it is compared with
CLEAR = 1.3  # the quieter side of one against the busier side of the other


class Status(StrEnum):
    """How far a forecast may be relied on."""

    OK = "ok"
    WEAK = "weak"  # little history: the range is honest but wide
    INSUFFICIENT = "insufficient"  # no statement; the reason says why


class Flag(StrEnum):
    """What to mind when reading a forecast."""

    SPIKE = "spike"  # a viral day was cut back
    GAP = "gap"  # days are missing
    NEGATIVE = "negative"  # values below zero
    UNTRIED = "untried"  # events are planned whose like has not been seen
    NEW = "new_account"
    SHIFT = "level_shift"  # the last two weeks stand clear of the four before them
    STOPPED = "stopped"  # nothing for two weeks
    EMPTY = "no_data"


@dataclass(frozen=True, eq=False)
class Minded:
    """What the arithmetic met on its way."""

    spiked: NDArray[np.bool_]  # [n]
    has_untried: bool = False


def has_stopped(values: Values) -> NDArray[np.bool_]:
    """Two weeks of nothing after something."""
    if values.shape[1] <= STOPPED:
        return np.zeros(len(values), dtype=bool)
    recent, before = values[:, -STOPPED:], values[:, :-STOPPED]
    silent = np.nan_to_num(recent).max(axis=1) <= 0
    return np.asarray(silent & (np.nansum(np.maximum(before[:, -56:], 0), axis=1) >= 56))


def _shifted(values: Values) -> NDArray[np.bool_]:
    """Two weeks whose quiet days are above the busy days of the four before, or the reverse."""
    if values.shape[1] < SHIFTED + BEFORE:
        return np.zeros(len(values), dtype=bool)
    now, then = values[:, -SHIFTED:], values[:, -SHIFTED - BEFORE : -SHIFTED]
    enough = ((~np.isnan(now)).sum(axis=1) >= SHIFTED / 2) & (
        (~np.isnan(then)).sum(axis=1) >= BEFORE / 2
    )
    found = np.zeros(len(values), dtype=bool)
    if enough.any():
        quiet, busy = (np.nanquantile(now[enough], level, axis=1) for level in (0.2, 0.8))
        calm, full = (np.nanquantile(then[enough], level, axis=1) for level in (0.2, 0.8))
        found[enough] = (quiet > CLEAR * np.maximum(full, 1)) | (calm > CLEAR * np.maximum(busy, 1))
    return found


def flags_of(
    known: Panel,
    window: Panel,
    missing: Values,
    minded: Minded,
    stopped: NDArray[np.bool_],
) -> tuple[frozenset[Flag], ...]:
    days = (~np.isnan(window.values)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        told = {
            Flag.SPIKE: minded.spiked,
            Flag.UNTRIED: np.full(len(days), minded.has_untried),
            Flag.GAP: (missing > 0) | (np.isnan(window.values[:, -28:]).sum(axis=1) > 0),
            Flag.NEGATIVE: (window.values < 0).any(axis=1),
            Flag.NEW: (days < 2 * ENOUGH) & (days > 0),
            Flag.SHIFT: _shifted(window.values) & ~stopped,
            Flag.STOPPED: stopped,
            Flag.EMPTY: days == 0,
        }
    return tuple(
        frozenset(flag for flag, holds in told.items() if holds[row])
        for row in range(len(known.accounts))
    )


def statuses_of(
    values: Values, flags: tuple[frozenset[Flag], ...], usable: NDArray[np.bool_] | None = None
) -> tuple[Status, ...]:
    days = (~np.isnan(values)).sum(axis=1)
    found: list[Status] = []
    for row, many in enumerate(days):
        if many < LITTLE or Flag.EMPTY in flags[row] or (usable is not None and not usable[row]):
            found.append(Status.INSUFFICIENT)
        elif many < ENOUGH:
            found.append(Status.WEAK)
        else:
            found.append(Status.OK)
    return tuple(found)
