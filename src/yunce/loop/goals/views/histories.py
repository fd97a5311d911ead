"""What a page shows of a goal's earlier months."""

from __future__ import annotations

from decimal import Decimal

from yunce.loop.goals.models import Goal
from yunce.loop.goals.rules.history import History, reach_words


def history_words(goal: Goal, told: History) -> dict[str, object]:
    known = len(told.known)
    stretch_hits = told.hits(goal.stretch) if goal.stretch is not None else None
    return {
        "goal": goal,
        "told": told,
        "unit": goal.spec.unit,
        "known": known,
        "hits": told.hits(goal.must),
        "stretch_hits": stretch_hits,
        "reach": reach_words(told, goal.must, goal.spec.unit),
        "bars": [(each, _height(each.value, told)) for each in told.months],
    }


def _height(value: Decimal | None, told: History) -> int:
    """Per cent of the tallest month."""
    most = max(told.known, default=None)
    return int(value * 100 / most) if value is not None and most else 0
