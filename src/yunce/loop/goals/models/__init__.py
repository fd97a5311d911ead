"""The month's plan, its goals and what they are made of."""

from __future__ import annotations

from yunce.loop.goals.models.goals import Goal, Importance
from yunce.loop.goals.models.months import DimensionChoice, MonthPlan, PlanState
from yunce.loop.goals.models.parts import CurveDay, Part, PartKind

__all__ = [
    "CurveDay",
    "DimensionChoice",
    "Goal",
    "Importance",
    "MonthPlan",
    "Part",
    "PartKind",
    "PlanState",
]
