"""The month's plan, its goals and what they are made of."""

from __future__ import annotations

from yunce.loop.goals.models.changes import (
    ChangeState,
    ChangeVerb,
    Moment,
    PlanChange,
    PlanVersion,
    SubjectKind,
)
from yunce.loop.goals.models.checks import ForecastCheck
from yunce.loop.goals.models.goals import Goal, Importance, Shape
from yunce.loop.goals.models.months import DimensionChoice, MonthPlan, PlanState
from yunce.loop.goals.models.objectives import Horizon, Objective, PeriodKind
from yunce.loop.goals.models.parts import CurveDay, Part, PartKind, PartWords

__all__ = [
    "ChangeState",
    "ChangeVerb",
    "CurveDay",
    "DimensionChoice",
    "ForecastCheck",
    "Goal",
    "Horizon",
    "Importance",
    "Moment",
    "MonthPlan",
    "Objective",
    "Part",
    "PartKind",
    "PartWords",
    "PeriodKind",
    "PlanChange",
    "PlanState",
    "PlanVersion",
    "Shape",
    "SubjectKind",
]
